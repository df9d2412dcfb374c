import { z } from 'zod';
import { type Outcome, type Tale, tellAll } from './support/claims/tell.ts';
import { CycleRef, frozenInputs } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { disbursementRecords, reversedOutcomes, settledOutcomes } from './support/institute-lane.ts';

const Count = z.number().int();
/** Claims that moved, those that had been told before, those elsewhere in their life, and outcomes nobody claimed here. */
export const Told = z.object({ told: Count, known: Count, left: Count, none: Count });

/**
 * Tells claims that the approved cycle pays their outcome (`payable`) or takes it back (`reversed`). It comes after
 * the files went to the bank: until then a failed cycle may start again with other inputs, and settle otherwise.
 */
export const handler = step(
  'TellSettled',
  { input: CycleRef.loose(), output: Told },
  async (cycle, { ports }) => {
    const here = { programme: cycle.programme, period: cycle.period };
    const tales: [Outcome, Tale][] = [];
    for await (const record of disbursementRecords(ports, cycle, await frozenInputs(ports, cycle))) {
      for (const outcome of settledOutcomes(record))
        tales.push([outcome, { event: 'settled', settledIn: here }]);
      for (const { outcome, ...why } of reversedOutcomes(record))
        tales.push([outcome, { event: 'reversed', settledIn: here, in: here, ...why }]);
    }
    return tellAll(ports, tales);
  },
);
