import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { Bug } from '../domain/kernel/assert.ts';
import { hashOf, sha256 } from '../domain/kernel/hash.ts';
import { endToEndIds, keyedHash, uetr } from '../domain/kernel/ids.ts';
import { Refused } from '../domain/kernel/result.ts';
import type { Payable } from '../domain/payments/payable.ts';
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
import { parseLines, readBytes, readJson } from './support/jsonl.ts';
import { type FileIds, storedMoment, writePaymentFiles } from './support/payment-files.ts';

const Input = ShardRef.extend({ manifestHash: z.string() });
const Output = z.object({ files: z.number().int(), count: z.number().int(), totalMinor: z.number().int() });

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
    const ids = await keyedIds(ports, definition, inputs, input);
    const files = await writePaymentFiles(ports.objects, { definition, inputs }, input, payables, ids);
    return {
      files: files.length,
      count: files.reduce((sum, file) => sum + file.count, 0),
      totalMinor: files.reduce((sum, file) => sum + file.sumMinor, 0),
    };
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

async function keyedIds(
  ports: Ports,
  definition: ProgrammeDefinition,
  inputs: FrozenInputs,
  lane: ShardRef,
): Promise<FileIds> {
  const key = await ports.keys.hmacKey();
  const id = endToEndIds(key);
  const hmac = keyedHash(key);
  return {
    endToEndId: ({ payeeId, purpose, attempt }) =>
      id({
        programmeCode: definition.code,
        cycle: inputs.period,
        sequence: inputs.sequence,
        payee: payeeId,
        purpose,
        attempt,
        shard: lane.shard,
      }),
    uetr: (endToEndId) => uetr(hmac, endToEndId),
    // A file that an interrupted run of this step has written stays as it is: time has passed since.
    moment: async (messageId) => {
      const createdAt = ports.clock.now();
      const now = { createdAt, requestedExecutionDate: createdAt.slice(0, 10) };
      return (await storedMoment(ports.objects, lane, messageId)) ?? now;
    },
  };
}
