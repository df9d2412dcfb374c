import { formatAmount } from '../../domain/kernel/money.ts';
import type { Payable } from '../../domain/payments/payable.ts';
import type { PayeeRecord } from '../../functions/calculate-transfers.ts';
import { rowsOf } from '../../functions/support/claims/list.ts';
import {
  approvalKey,
  bulk,
  cyclePk,
  frozenProgramme,
  lanes,
  stageKey,
} from '../../functions/support/cycle.ts';
import { parseLines, readBytes, readLines } from '../../functions/support/jsonl.ts';
import {
  type FileIds,
  type IndexedInstruction,
  type Moment,
  paymentFileKey,
  paymentStem,
  storedMoment,
  writePaymentFiles,
} from '../../functions/support/payment-files.ts';
import { type Audit, unrepeatable } from './audit.ts';
import { pathOf } from './recomputed.ts';

/**
 * Writes the payment files again from what was approved, and sends them again to an outbox that is compared. Payment
 * ids need a key that an auditor does not have, and a file says when it was written: both are taken from what is
 * stored, and everything else must be the same byte for byte.
 */
export async function checkPayments(audit: Audit): Promise<void> {
  for (const lane of lanes(audit.inputs)) await checkLane(audit, lane);
  audit.at(audit.record.sentAt);
  await audit.repeat('DispatchToBank', audit.cycle);
  await checkSent(audit);
}

async function checkLane(audit: Audit, lane: number): Promise<void> {
  const { bundle, findings, objects, ports, inputs } = audit;
  const shard = { ...audit.cycle, shard: lane };
  const key = stageKey(shard, 'instructed', lane);
  try {
    const payables: Payable[] = [];
    const transfers = await readBytes(objects, bulk(stageKey(shard, 'transfers', lane)));
    for (const record of parseLines<PayeeRecord>(transfers)) payables.push(...record.payables);
    const instructed = await readLines<IndexedInstruction>(bundle.objects, bulk(key));
    const { definition } = await frozenProgramme(ports, inputs);
    findings.checked(payables.length);
    checkIds(audit, `bulk/${key}`, paymentStem(definition, inputs), instructed);
    if (everyPayable(audit, `bulk/${key}`, payables, instructed)) {
      const ids = await idsAsStored(audit, instructed);
      await writePaymentFiles(objects, { definition, inputs }, shard, payables, ids);
      return;
    }
  } catch (error) {
    findings.differs(unrepeatable(`bulk/${key}`, error));
  }
  // What was paid cannot be written again from what was approved: the bank's side is checked from what is stored.
  audit.asStored();
}

/** An id cannot be worked out, but it says of which programme and period it is. */
function checkIds(
  { findings }: Audit,
  path: string,
  stem: string,
  instructed: readonly IndexedInstruction[],
): void {
  for (const { payeeId: subject, endToEndId: stored } of instructed) {
    const message = `los de este ciclo empiezan con / those of this cycle begin with ${stem}`;
    if (!stored.startsWith(stem))
      findings.differs({ path, what: 'changed', subject, field: 'endToEndId', stored, message });
  }
}

/** Whether each payable is ordered; every order that is missing, or of which there is no payable, is a difference. */
function everyPayable(
  { findings, inputs }: Audit,
  path: string,
  payables: readonly Payable[],
  instructed: readonly IndexedInstruction[],
): boolean {
  const owed = new Map(payables.map((payable) => [keyOf(payable), payable]));
  const money = (amountMinor: Payable['amountMinor']) => formatAmount(amountMinor, inputs.currency);
  for (const order of instructed) {
    const { payeeId: subject, purpose, amountMinor } = order;
    if (owed.delete(keyOf(order))) continue;
    const message = 'ordenado sin estar aprobado, o dos veces / ordered without approval, or twice';
    findings.differs({ path, what: 'added', subject, field: purpose, stored: money(amountMinor), message });
  }
  for (const { payeeId: subject, purpose, amountMinor } of owed.values()) {
    const message = 'aprobado y nunca ordenado / approved and never ordered';
    const recomputed = money(amountMinor);
    findings.differs({ path, what: 'missing', subject, field: purpose, recomputed, message });
  }
  return owed.size === 0;
}

const keyOf = ({ payeeId, purpose }: Pick<Payable, 'payeeId' | 'purpose'>) => `${payeeId}\n${purpose}`;

async function idsAsStored(audit: Audit, instructed: readonly IndexedInstruction[]): Promise<FileIds> {
  const ids = new Map<string, string>();
  for (const order of instructed) if (!ids.has(keyOf(order))) ids.set(keyOf(order), order.endToEndId);
  const uetrs = new Map(instructed.map(({ endToEndId, uetr }) => [endToEndId, uetr]));
  return {
    endToEndId: (payee) => ids.get(keyOf(payee))!,
    uetr: (endToEndId) => uetrs.get(endToEndId)!,
    moment: (messageId) => momentOf(audit, messageId),
  };
}

/** When a payment file was written, by its own words: after the approval, and before it was sent. */
async function momentOf({ bundle, findings, cycle, record }: Audit, messageId: string): Promise<Moment> {
  const moment = await storedMoment(bundle.objects, cycle, messageId);
  if (!moment) return { createdAt: '', requestedExecutionDate: '' };
  const { createdAt: stored } = moment;
  const approval = await bundle.control.get(approvalKey(cycle.programme, cycle.period));
  const approvedAt = String(approval?.checker2At ?? approval?.checker1At ?? '');
  const message = `aprobado / approved ${approvedAt}, enviado / sent ${String(record.sentAt)}`;
  const path = pathOf(paymentFileKey(cycle, `${messageId}.xml`));
  findings.checked();
  if (stored < approvedAt || stored > String(record.sentAt))
    findings.differs({ path, what: 'changed', field: 'CreDtTm', stored, message });
  return moment;
}

/** What our records say was sent is what is sent now, and nothing else. */
async function checkSent({ bundle, findings, ports, cycle }: Audit): Promise<void> {
  const pk = cyclePk(cycle.programme, cycle.period);
  const sent = new Map<string, unknown>();
  for await (const { sk, since: _since, ...row } of rowsOf(ports, pk, 'FILE#')) sent.set(sk, row);
  for await (const { sk, since: _since, ...row } of rowsOf(
    { ...ports, control: bundle.control },
    pk,
    'FILE#',
  )) {
    findings.equal(`control/${pk}/${sk}`, '', row, sent.get(sk));
    sent.delete(sk);
  }
  for (const sk of sent.keys()) findings.differs({ path: `control/${pk}/${sk}`, what: 'missing' });
}
