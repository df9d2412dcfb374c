import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StatementEntry, writeCamt053 } from '../../domain/bankfiles/camt053-write.ts';
import { writePain002 } from '../../domain/bankfiles/pain002-write.ts';
import { minor } from '../../domain/kernel/money.ts';

/** An order as the published payment list has it. */
export type Order = { readonly endToEndId: string; readonly uetr: string; readonly amountMinor: number };
type Said = Order & { readonly what: 'debit' | 'return' };

const ACCOUNT = { scheme: 'other', number: 'DEMO-0001' } as const;
const amountOf = (order: Order) => minor(order.amountMinor);

/** Writes a statement that books these movements, each in an entry of its own; it foots. */
export function statement(dir: string, name: string, date: string, said: readonly Said[]): string {
  const entries = said.map((order): StatementEntry => {
    const servicerRef = `${order.what}-${order.endToEndId.slice(-12)}`;
    const detail = {
      endToEndId: order.endToEndId,
      uetr: order.uetr,
      servicerRef,
      amountMinor: amountOf(order),
      counterparty: 'X',
    };
    return {
      amountMinor: amountOf(order),
      creditDebit: order.what === 'debit' ? 'DBIT' : 'CRDT',
      servicerRef,
      family: 'ICDT',
      subFamily: order.what === 'debit' ? 'DMCT' : 'RRTN',
      details: [order.what === 'debit' ? detail : { ...detail, returnReason: 'AC04' }],
    };
  });
  const path = join(dir, name);
  const text = writeCamt053({
    messageId: `MSG-${name}`,
    createdAt: `${date}T20:00:00Z`,
    id: name,
    sequence: 1,
    account: ACCOUNT,
    currency: 'PEN',
    date,
    openingMinor: minor(1_000_000),
    entries,
  });
  writeFileSync(path, [...text].join(''));
  return path;
}

/** Writes a status report in which these orders are rejected. */
export function rejections(dir: string, name: string, date: string, orders: readonly Order[]): string {
  const path = join(dir, name);
  const text = writePain002({
    messageId: `STS-${name}`,
    createdAt: `${date}T06:00:00Z`,
    original: { messageId: 'X', count: orders.length, sumMinor: minor(0), currency: 'PEN' },
    payments: [
      {
        paymentInfoId: 'X-A',
        lines: orders.map((order) => ({
          endToEndId: order.endToEndId,
          uetr: order.uetr,
          amountMinor: amountOf(order),
          status: 'RJCT',
          reasonCode: 'AC04',
        })),
      },
    ],
  });
  writeFileSync(path, [...text].join(''));
  return path;
}
