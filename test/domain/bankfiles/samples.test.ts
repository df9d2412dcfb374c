import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBankFile } from '../../../domain/bankfiles/read.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type {
  DetailRecord,
  EntryRecord,
  ItemRecord,
  StatusRecord,
} from '../../../domain/payments/bank-record.ts';

const FOLDER = new URL('../../../../shared/data/bank-samples/', import.meta.url);
type Expected = {
  MsgId?: string;
  NbOfTxs?: string | null;
  CtrlSum?: string | null;
  countedTx?: number;
  sumInstdAmt?: string;
  GrpSts?: string[];
  PmtInfSts?: string[];
  rsn?: string[];
  statements?: {
    id: string;
    acct: string;
    entries: number;
    txDtls: number;
    balances: { type: string; amt: string; ind: string | null }[];
    foots: boolean | null;
    rtr: string[];
    endToEndIds: string[];
  }[];
};
type Sample = { file: string; msg?: string | null; expect?: Expected | null };
const samples: Sample[] = existsSync(FOLDER)
  ? JSON.parse(readFileSync(new URL('manifest.json', FOLDER), 'utf8'))
  : [];
const read = (name: string) => unwrap(readBankFile(readFileSync(new URL(name, FOLDER))));
const named = (part: (sample: Sample) => boolean) =>
  samples.filter(part).map((sample) => [sample.file, sample] as const);
const only = <T extends ItemRecord['type']>(records: readonly ItemRecord[], type: T) =>
  records.filter((item): item is Extract<ItemRecord, { type: T }> => item.type === type);

describe.skipIf(samples.length === 0)(
  'files of banks, read by others too (skipped where ../shared/data/bank-samples is absent)',
  () => {
    it.each(named(({ msg }) => !!msg))('%s is the message it says', (name, { msg }) => {
      const { file } = read(name);
      expect(`${file.message}.${file.version}`).toBe(msg);
    });

    it.each(named((sample) => sample.expect?.countedTx !== undefined))(
      '%s: payments counted',
      (name, { expect: expected }) => {
        const { file } = read(name);
        expect(file.messageId).toBe(expected!.MsgId);
        expect(file.counted).toEqual({ count: expected!.countedTx, sum: expected!.sumInstdAmt });
        expect(file.declared.sum ?? null).toBe(expected!.CtrlSum);
        expect(String(file.declared.count ?? null)).toBe(String(expected!.NbOfTxs));
      },
    );

    it.each(named((sample) => sample.expect?.GrpSts !== undefined))(
      '%s: statuses',
      (name, { expect: expected }) => {
        const statuses = only(read(name).records, 'status');
        const of = (level: StatusRecord['level']) =>
          statuses.filter((item) => item.level === level).map((item) => item.status);
        expect(of('group')).toEqual(expected!.GrpSts);
        expect(of('payment')).toEqual(expected!.PmtInfSts);
        expect(statuses.flatMap((item) => item.reasonCodes)).toEqual(expected!.rsn);
      },
    );

    it.each(named((sample) => sample.expect?.statements !== undefined))(
      '%s: statements',
      (name, { expect: expected }) => {
        const { file, records } = read(name);
        for (const [index, statement] of expected!.statements!.entries()) {
          const own = records.filter((item) => 'statement' in item && item.statement === index + 1);
          expect(only(own, 'statement')[0]).toMatchObject({ id: statement.id, account: statement.acct });
          expect(only(own, 'entry')).toHaveLength(statement.entries);
          expect(only(own, 'detail')).toHaveLength(statement.txDtls);
          expect(
            only(own, 'balance').map((item) => ({
              type: item.code,
              amt: item.amount,
              ind: item.creditDebit ?? null,
            })),
          ).toEqual(statement.balances);
          expect(only(own, 'detail').flatMap((item) => item.reasonCodes)).toEqual(statement.rtr);
          expect(only(own, 'detail').flatMap((item) => item.endToEndId ?? [])).toEqual(statement.endToEndIds);
          if (statement.foots === null) continue;
          const doubts = ['NOT_FOOTING', 'CREDIT_DEBIT_MISSING'];
          const listed = file.issues.some(
            ({ code, path }) => doubts.includes(code) && path?.endsWith(`[${index + 1}]`),
          );
          expect(listed).toBe(!statement.foots);
        }
      },
    );

    it.each(named(({ file }) => /wolph.*\.sta$/.test(file)))('%s: MT940 as another reader has it', (name) => {
      const golden = new URL(name.replace(/([^/]+)\.sta$/, '_expect/$1.json'), FOLDER);
      const { transactions } = JSON.parse(readFileSync(golden, 'utf8')) as {
        transactions: {
          data: {
            amount: { amount: string };
            date: string;
            entry_date?: string;
            bank_reference?: string | null;
          };
        }[];
      };
      const { records } = read(name);
      const entries: readonly EntryRecord[] = only(records, 'entry');
      const details: readonly DetailRecord[] = only(records, 'detail');
      expect(entries).toHaveLength(transactions.length);
      expect(details).toHaveLength(transactions.length);
      for (const [index, { data }] of transactions.entries()) {
        const entry = entries[index]!;
        expect(Number(entry.amount) * (entry.creditDebit === 'DBIT' ? -1 : 1)).toBe(
          Number(data.amount.amount),
        );
        expect(entry.valueDate).toBe(data.date);
        if (data.entry_date) expect(entry.bookingDate).toBe(data.entry_date);
        // NONREF says that there is no reference: it is not one.
        expect(entry.servicerRef ?? 'none').toBe(data.bank_reference?.replace('NONREF', '') || 'none');
      }
    });

    it.each(named(({ file }) => /jejik\/.*\.txt$/.test(file)))(
      '%s: anonymised MT940 is read whole',
      (name) => {
        const { file, records } = read(name);
        expect(file.counted.count).toBeGreaterThan(0);
        expect(only(records, 'entry')).toHaveLength(file.counted.count);
        expect(file.issues.filter(({ code }) => code.endsWith('_FORMAT'))).toEqual([]);
      },
    );

    it.each(named(({ file }) => file.endsWith('.ret')))('%s: CNAB 240 is not read, and says so', (name) => {
      const result = readBankFile(readFileSync(new URL(name, FOLDER)));
      expect(result.ok ? 'read' : result.error.code).toBe('BANK_FILE_REFUSED');
    });
  },
);
