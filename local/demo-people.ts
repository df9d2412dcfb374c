import type { Ports } from '../adapters/ports.ts';
import { hashOf } from '../domain/kernel/hash.ts';
import type { Day } from '../domain/kernel/period.ts';
import { lastDay, type Month } from '../domain/kernel/period.ts';
import { shardName } from '../domain/kernel/shards.ts';
import type { Payer } from '../domain/records/payer.ts';
import { sentIn } from '../functions/support/control-file.ts';
import { approvalKey, bulk, windowKey } from '../functions/support/cycle.ts';
import { parseLines, readBytes, readJson } from '../functions/support/jsonl.ts';
import type { PaymentFile } from '../functions/support/payment-files.ts';
import { filesKey, type IndexedInstruction } from '../functions/support/payment-files.ts';
import { attempt } from './attempt.ts';
import { type SentFile, simulateBank } from './bank-simulator/simulate.ts';
import { failed } from './failure.ts';
import type { Session } from './session.ts';

/** People of the demonstration; each does one thing, as the real ones must. */
export const DEMO = {
  maker: 'demo.administradora',
  checkers: ['demo.aprobadora.1', 'demo.aprobador.2'],
  bankOperator: 'demo.banco',
} as const;

export type Cycle = { readonly programme: string; readonly period: Month };

/** Approves the pending proposal as the demo checkers, one after the other. True where something was decided. */
export async function approveAsDemo(session: Session, cycle: Cycle): Promise<boolean> {
  const approval = await session.ports.control.get(approvalKey(cycle.programme, cycle.period));
  if (approval?.status !== 'PENDING') return false;
  const person = approval.checker1 === undefined ? DEMO.checkers[0] : DEMO.checkers[1];
  await session.call('RecordApproval', {
    ...cycle,
    person,
    manifestHash: approval.manifestHash,
    decision: 'approve',
  });
  return true;
}

/** The maker takes the pending proposal back, so that somebody else can make it again. Nothing has gone to the bank. */
export async function withdrawAsDemo(session: Session, cycle: Cycle): Promise<void> {
  const approval = await session.ports.control.get(approvalKey(cycle.programme, cycle.period));
  if (approval?.status !== 'PENDING') return;
  const { maker: person, manifestHash } = approval;
  await session.call('RecordApproval', { ...cycle, person, manifestHash, decision: 'withdraw' });
}

/**
 * Gives again the answers that people had given when the process died: it may have died between the record of an
 * answer and the word to the workflow that waits for it. An answer that did arrive is simply gone.
 */
export async function repeatAnswers(session: Session, cycle: Cycle): Promise<void> {
  const { control } = session.ports;
  const approval = await control.get(approvalKey(cycle.programme, cycle.period));
  const person = approval?.withdrawn ? approval.maker : (approval?.checker2 ?? approval?.checker1);
  if (approval && approval.status !== 'PENDING' && typeof person === 'string') {
    const decision = approval.withdrawn ? 'withdraw' : approval.status === 'APPROVED' ? 'approve' : 'refuse';
    const { manifestHash } = approval;
    await session.call('RecordApproval', { ...cycle, person, manifestHash, decision });
  }
  const window = await control.get(windowKey(cycle.programme, cycle.period));
  if (window?.status === 'ENDED')
    await session.call('EndBankWindow', { ...cycle, person: DEMO.bankOperator });
}

export type BankPlan = {
  readonly seed: number;
  readonly payer: Payer;
  readonly everyOutcome: boolean;
  readonly asOf: Day;
  readonly firstSequence: number;
};

/**
 * Plays the bank: answers every payment file of the cycle, then ends the payment window. Everything follows
 * from the seed, so that a run that was killed goes on with the very same answers.
 */
export async function playBank(session: Session, cycle: Cycle, plan: BankPlan): Promise<boolean> {
  const { ports } = session;
  const window = await ports.control.get(windowKey(cycle.programme, cycle.period));
  if (window?.status !== 'OPEN') return false;
  const prefix = String(window.prefix);
  const deliveries = simulateBank({
    seed: plan.seed,
    asOf: plan.asOf,
    account: plan.payer.account,
    files: await sentFiles(ports, prefix),
    everyOutcome: plan.everyOutcome,
    firstSequence: plan.firstSequence,
  });
  for await (const { name, bytes } of deliveries) {
    const key = `inbox/${cycle.programme}/${cycle.period}/${name}`;
    await ports.objects.putIfAbsent({ bucket: 'bank', key }, bytes);
    const { id } = await attempt(
      session.runtime,
      'bank-report',
      `report-${hashOf([cycle.programme, cycle.period, name]).slice(0, 24)}`,
      { key },
    );
    const done = await session.runtime.wait(id);
    if (done.status !== 'SUCCEEDED') throw failed(session, done, `bank report ${name}`);
  }
  await session.call('EndBankWindow', { ...cycle, prefix, person: DEMO.bankOperator });
  return true;
}

async function sentFiles(ports: Ports, prefix: string): Promise<SentFile[]> {
  const files: SentFile[] = [];
  for (let shard = 0; ; shard++) {
    const listed = await ports.objects.get(filesKey({ prefix }, shard));
    if (!listed) return files;
    for (const { messageId } of await readJson<PaymentFile[]>(ports.objects, filesKey({ prefix }, shard)))
      files.push({
        messageId,
        paymentInfoIds: {
          account: sentIn({ messageId, method: 'account' }).paymentInfoId,
          cash: sentIn({ messageId, method: 'cash' }).paymentInfoId,
        },
        load: async () => {
          const body = await readBytes(ports.objects, bulk(`${prefix}/instructed/${shardName(shard)}.jsonl`));
          return [...parseLines<IndexedInstruction>(body)].filter((item) => item.messageId === messageId);
        },
      });
  }
}

/** The day on which a demonstration pays: the last of the period's first month. */
export const demoDay = (period: Month): Day => lastDay(period);
