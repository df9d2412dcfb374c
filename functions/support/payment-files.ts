import type { ObjectStore } from '../../adapters/ports.ts';
import type { Pain001Request } from '../../domain/bankfiles/pain001.ts';
import { DEFAULT_PROFILE } from '../../domain/bankfiles/profile.ts';
import { releasePain001 } from '../../domain/bankfiles/release.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { shardName } from '../../domain/kernel/shards.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import type { Payable } from '../../domain/payments/payable.ts';
import { type PaymentListOptions, paymentList } from '../../domain/payments/payment-list.ts';
import { attemptOf } from '../../domain/payments/undelivered.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import { bulk, type FrozenInputs, type ShardRef, stageKey } from './cycle.ts';
import { JsonLines, writeOnce } from './jsonl.ts';

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
/** An instruction with the payment file that carries it. */
export type IndexedInstruction = Instruction & { readonly messageId: string };

export const filesKey = (cycle: { prefix: string }, shard: number) =>
  bulk(`${cycle.prefix}/files/${shardName(shard)}.json`);
export const paymentFileKey = (cycle: { prefix: string }, name: string) =>
  bulk(`${cycle.prefix}/pain001/${name}`);

/** When a file is written, ISO 8601 UTC, and the day on which the bank is to pay. */
export type Moment = Pick<Pain001Request, 'createdAt' | 'requestedExecutionDate'>;

/** What a payment file does not take from the payables: the ids of its payments, and when it is written. */
export type FileIds = Pick<PaymentListOptions, 'endToEndId' | 'uetr'> & {
  readonly moment: (messageId: string) => Promise<Moment>;
};

const HEAD_BYTES = 4096;

/** The moment that a stored payment file gives itself; undefined where there is no such file. */
export async function storedMoment(
  objects: Pick<ObjectStore, 'get'>,
  cycle: { readonly prefix: string },
  messageId: string,
): Promise<Moment | undefined> {
  const bytes = await objects.get(paymentFileKey(cycle, `${messageId}.xml`));
  if (!bytes) return undefined;
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('utf8');
  const createdAt = /<CreDtTm>([^<]*)</.exec(head)?.[1] ?? '';
  const requestedExecutionDate = /<ReqdExctnDt>\s*<Dt>([^<]*)</.exec(head)?.[1] ?? '';
  return { createdAt, requestedExecutionDate };
}

/** What all payment ids of a cycle begin with, and its files' message ids: programme, period, sequence. */
export const paymentStem = (definition: Pick<ProgrammeDefinition, 'code'>, inputs: FrozenInputs): string =>
  `${definition.code}${inputs.period.replace('-', '')}${String(inputs.sequence).padStart(2, '0')}`;

/**
 * Writes the payables of a lane as pain.001 files, as instructions for the reconciliation and as the list of those
 * files. The same payables, ids and moments give the same bytes.
 */
export async function writePaymentFiles(
  objects: ObjectStore,
  { definition, inputs }: { readonly definition: ProgrammeDefinition; readonly inputs: FrozenInputs },
  lane: ShardRef,
  payables: readonly Payable[],
  ids: FileIds,
): Promise<readonly PaymentFile[]> {
  const { instructions } = unwrap(
    paymentList(payables, {
      programme: inputs.programme,
      cycle: inputs.period,
      attempt: (payable) => attemptOf(payable.purpose),
      ...ids,
    }),
  );
  const index = new JsonLines();
  const files: PaymentFile[] = [];
  const perFile = DEFAULT_PROFILE.maxPayments;
  for (let part = 0; part * perFile < instructions.length; part++) {
    const slice = instructions.slice(part * perFile, (part + 1) * perFile);
    const messageId = `${paymentStem(definition, inputs)}-${shardName(lane.shard)}-${part + 1}`;
    const request = {
      messageId,
      ...(await ids.moment(messageId)),
      initiatingParty: definition.name.es,
      debtor: inputs.payer,
      paymentInfoIds: { account: `${messageId}-A`, cash: `${messageId}-C` },
    };
    const released = unwrap(releasePain001(request, slice));
    const name = `${messageId}.xml`;
    await writeOnce(objects, paymentFileKey(lane, name), released.bytes);
    const { sha256, bytes, count, sumMinor, accountHashTotal } = released;
    files.push({ messageId, name, sha256, bytes: bytes.length, count, sumMinor, accountHashTotal });
    for (const item of slice) index.add({ ...item, messageId } satisfies IndexedInstruction);
  }
  await writeOnce(objects, bulk(stageKey(lane, 'instructed', lane.shard)), index.bytes());
  await writeOnce(objects, filesKey(lane, lane.shard), JSON.stringify(files));
  return files;
}
