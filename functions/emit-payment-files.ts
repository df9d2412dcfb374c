import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { DEFAULT_PROFILE } from '../domain/bankfiles/profile.ts';
import { releasePain001 } from '../domain/bankfiles/release.ts';
import { Bug } from '../domain/kernel/assert.ts';
import { hashOf, sha256 } from '../domain/kernel/hash.ts';
import { endToEndIds, keyedHash, uetr } from '../domain/kernel/ids.ts';
import { Refused, unwrap } from '../domain/kernel/result.ts';
import { shardName } from '../domain/kernel/shards.ts';
import type { Instruction } from '../domain/payments/instruction.ts';
import type { Payable } from '../domain/payments/payable.ts';
import { paymentList } from '../domain/payments/payment-list.ts';
import { attemptOf } from '../domain/payments/undelivered.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import type { PayeeRecord } from './calculate-transfers.ts';
import { type Proposal, proposalKey } from './cross-check.ts';
import {
  approvalKey,
  bulk,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, readJson, writeOnce } from './support/jsonl.ts';

const Input = ShardRef.extend({ manifestHash: z.string() });
const Output = z.object({ files: z.number().int(), count: z.number().int(), totalMinor: z.number().int() });

/** A payment file as it goes to the bank, with what its receiver must find in it. */
export type PaymentFile = {
  readonly messageId: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly count: number;
  readonly sumMinor: number;
  /** Sum of the last nine digits of the creditors' accounts: shows a changed account. */
  readonly accountHashTotal: string;
};
export const filesKey = (cycle: { prefix: string }, shard: number) =>
  bulk(`${cycle.prefix}/files/${shardName(shard)}.json`);

/**
 * Writes the approved payables of a shard as pain.001 files and as instructions for the reconciliation. Refuses to
 * write anything for a manifest that is not the approved one (STALE_MANIFEST), and halts where the payables are not,
 * byte for byte, those that the approvers bound themselves to.
 */
export const handler = step(
  'EmitPaymentFiles',
  { input: Input, output: Output },
  async (input, { ports }) => {
    const approval = await ports.control.get(approvalKey(input.programme, input.period));
    if (approval?.status !== 'APPROVED' || approval.manifestHash !== input.manifestHash)
      throw new Refused({
        code: 'STALE_MANIFEST',
        message: 'no payment file is written for a manifest that is not approved',
        next: 'approve the current proposal',
      });
    const inputs = await frozenInputs(ports, input);
    const { definition } = await frozenProgramme(ports, inputs);
    const payables: Payable[] = [];
    for (const record of parseLines<PayeeRecord>(await approvedTransfers(ports, input)))
      payables.push(...record.payables);
    const instructions = await instructionsOf(ports, definition, inputs, input.shard, payables);
    const index = new JsonLines();
    const files: PaymentFile[] = [];
    const perFile = DEFAULT_PROFILE.maxPayments;
    for (let part = 0; part * perFile < instructions.length; part++) {
      const slice = instructions.slice(part * perFile, (part + 1) * perFile);
      const file = await writeFile(ports, definition, inputs, input, part, slice);
      files.push(file);
      for (const item of slice)
        index.add({ ...item, messageId: file.messageId } satisfies IndexedInstruction);
    }
    await writeOnce(ports.objects, bulk(stageKey(input, 'instructed', input.shard)), index.bytes());
    await writeOnce(ports.objects, filesKey(input, input.shard), JSON.stringify(files));
    const totalMinor = files.reduce((sum, file) => sum + file.sumMinor, 0);
    return { files: files.length, count: instructions.length, totalMinor };
  },
);

/** A shard's transfers, held against the hash that the approved manifest has of them. */
async function approvedTransfers(ports: Ports, input: z.output<typeof Input>): Promise<Uint8Array> {
  const proposal = await readJson<Proposal>(ports.objects, proposalKey(input));
  const body = await readBytes(ports.objects, bulk(stageKey(input, 'transfers', input.shard)));
  const approved = proposal.transfers.find(({ shard }) => shard === input.shard)?.sha256;
  if (hashOf(proposal) !== input.manifestHash || sha256(body) !== approved)
    throw new Bug(
      `transfers of shard ${input.shard} changed after they were approved; no payment file is written`,
    );
  return body;
}

/** An instruction with the payment file that carries it. */
export type IndexedInstruction = Instruction & { readonly messageId: string };

async function instructionsOf(
  ports: Ports,
  definition: ProgrammeDefinition,
  inputs: FrozenInputs,
  shard: number,
  payables: readonly Payable[],
): Promise<readonly Instruction[]> {
  const key = await ports.keys.hmacKey();
  const id = endToEndIds(key);
  const hmac = keyedHash(key);
  const list = paymentList(payables, {
    programme: inputs.programme,
    cycle: inputs.period,
    attempt: (payable) => attemptOf(payable.purpose),
    endToEndId: ({ payeeId, purpose, attempt }) =>
      id({
        programmeCode: definition.code,
        cycle: inputs.period,
        sequence: inputs.sequence,
        payee: payeeId,
        purpose,
        attempt,
        shard,
      }),
    uetr: (endToEndId) => uetr(hmac, endToEndId),
  });
  return unwrap(list).instructions;
}

async function writeFile(
  ports: Ports,
  definition: ProgrammeDefinition,
  inputs: FrozenInputs,
  input: ShardRef,
  part: number,
  instructions: readonly Instruction[],
): Promise<PaymentFile> {
  const stem = `${definition.code}${input.period.replace('-', '')}${String(inputs.sequence).padStart(2, '0')}`;
  const messageId = `${stem}-${shardName(input.shard)}-${part + 1}`;
  const request = {
    messageId,
    createdAt: ports.clock.now(),
    initiatingParty: definition.name.es,
    debtor: inputs.payer,
    requestedExecutionDate: ports.clock.now().slice(0, 10),
    paymentInfoIds: { account: `${messageId}-A`, cash: `${messageId}-C` },
  };
  const released = unwrap(releasePain001(request, instructions));
  const name = `${messageId}.xml`;
  await writeOnce(ports.objects, bulk(`${input.prefix}/pain001/${name}`), released.bytes);
  return {
    messageId,
    name,
    sha256: released.sha256,
    bytes: released.bytes.length,
    count: released.count,
    sumMinor: released.sumMinor,
    accountHashTotal: released.accountHashTotal,
  };
}
