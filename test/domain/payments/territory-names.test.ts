import { expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { addTotals, emptyTotals, noCompliance, sortedTotals } from '../../../domain/payments/cycle-totals.ts';
import type { ReconciledLine } from '../../../domain/payments/reconciled-line.ts';
import {
  addLine,
  mergeTotals,
  emptyTotals as noLines,
} from '../../../domain/payments/reconciliation-totals.ts';
import { addChange, noChanges, sortedChanges } from '../../../domain/transfers/changes.ts';

// A territory may bear any name: one that the language knows used to halt the cycle in its reconciliation.

const line = (territory: string) =>
  ({
    territory,
    method: 'cash',
    state: 'paid',
    amountMinor: minor(200),
    debitedMinor: minor(200),
    returnedMinor: minor(0),
  }) as ReconciledLine;
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it.each(['__proto__', 'constructor', 'toString', 'Villa Sumaq'])(
  'the totals of territory %s add up',
  (name) => {
    const lines = () => {
      const totals = noLines();
      addLine(totals, line(name));
      addLine(totals, line(name));
      return stored(totals);
    };
    const merged = stored(mergeTotals([lines(), lines()]));
    expect(Object.entries(merged.byTerritory).map(([id, of]) => [id, of.paid])).toEqual([
      [name, { count: 4, sumMinor: 800 }],
    ]);

    const shard = () => {
      const totals = emptyTotals();
      totals.territories[name] = { ...noCompliance(), households: 1, payableMinor: 200 };
      return stored(sortedTotals(totals));
    };
    const cycle = stored(sortedTotals(addTotals(addTotals(emptyTotals(), shard()), shard())));
    expect(Object.entries(cycle.territories)).toEqual([
      [name, { ...noCompliance(), households: 2, payableMinor: 400 }],
    ]);

    const changes = noChanges('2025-09');
    addChange(changes, undefined, ['H1', name, 200]);
    addChange(changes, ['H2', name, 50], undefined);
    expect(Object.entries(stored(sortedChanges(changes)).territories)).toEqual([
      [name, { in: 1, out: 1, differenceMinor: 150 }],
    ]);
  },
);
