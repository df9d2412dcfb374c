import { z } from 'zod';
import { ABSENT, type Item, type Ports } from '../adapters/ports.ts';
import { canonicalJson } from '../domain/kernel/hash.ts';
import { FREQUENCY_MONTHS, type Month, monthIndex, nextPeriod } from '../domain/kernel/period.ts';
import { Refused, unwrap } from '../domain/kernel/result.ts';
import { Payer } from '../domain/records/payer.ts';
import { compileProgramme } from '../domain/transfers/compile.ts';
import { refuseOtherContent } from './support/claims/contracts.ts';
import { cycleKey, definitionByHash, headKey, Period } from './support/cycle.ts';
import { step } from './support/handler.ts';

export const OpenCycleInput = z.object({
  programme: z.string(),
  period: Period,
  maker: z.string(),
  definitionHash: z.string(),
  roster: z.string(),
  evidence: z.array(z.string()),
  payer: Payer,
  contracts: z.array(z.object({ id: z.string(), hash: z.string() })).default([]),
  claimsKey: z.string().nullable().default(null),
  providersKey: z.string().nullable().default(null),
});
export type OpenCycleInput = z.input<typeof OpenCycleInput>;

/**
 * Opens a cycle, once per programme and period. Opening it again with the same inputs changes nothing; with
 * others it is refused (CYCLE_EXISTS). Periods follow one another: the one after the last closed cycle, with
 * none left open before it (PERIOD_OUT_OF_ORDER). A contract that is in force with other content is refused
 * (INPUTS_DIFFER).
 */
export const handler = step(
  'OpenCycle',
  { input: OpenCycleInput, output: OpenCycleInput },
  async (input, { ports }) => {
    const { programme, period } = input;
    const definition = await definitionByHash(ports, input.definitionHash);
    unwrap(compileProgramme(definition, period));
    const inputs = canonicalJson({ ...input, evidence: [...input.evidence].sort() });
    const existing = await ports.control.get(cycleKey(programme, period));
    if (existing && !reopens(existing, inputs)) return sameInputs(existing, inputs, input);
    // Before there is a cycle: one refused later would be open with contracts that it can never freeze.
    await refuseOtherContent(ports, input.contracts);
    if (existing) return reopen(ports, existing, inputs, input);

    const head = await ports.control.get(headKey(programme));
    const expected = head?.period ? nextPeriod(head.period as Month, definition.frequency) : undefined;
    refuseOutOfOrder(
      programme,
      period,
      expected,
      head?.openPeriod as Month | undefined,
      definition.frequency,
    );
    const outcome = await ports.control.write([
      {
        put: {
          ...cycleKey(programme, period),
          programme,
          period,
          status: 'OPEN',
          maker: input.maker,
          openedAt: ports.clock.now(),
          inputs,
        },
        condition: ABSENT,
      },
      head
        ? {
            update: headKey(programme),
            set: { openPeriod: period },
            condition: {
              all: [{ field: 'period', is: '=', value: String(head.period ?? '') }, { absent: 'openPeriod' }],
            },
          }
        : { put: { ...headKey(programme), openPeriod: period, period: '' }, condition: ABSENT },
    ]);
    if (outcome.ok) return input;
    const winner = await ports.control.get(cycleKey(programme, period));
    if (winner) return sameInputs(winner, inputs, input);
    throw outOfOrder(`another cycle of ${programme} was opened at the same moment`);
  },
);

/** A refused or failed cycle of which nothing was sent to the bank may start again with corrected inputs. */
const reopens = (existing: Item, inputs: string): boolean =>
  existing.inputs !== inputs &&
  (existing.status === 'REFUSED' || existing.status === 'FAILED') &&
  !existing.dispatched;

async function reopen(ports: Ports, existing: Item, inputs: string, input: z.output<typeof OpenCycleInput>) {
  const { pk, sk, programme, period } = existing;
  const fresh = {
    pk,
    sk,
    programme,
    period,
    status: 'OPEN',
    maker: input.maker,
    openedAt: ports.clock.now(),
    inputs,
  };
  const outcome = await ports.control.write([
    {
      put: fresh as Item,
      condition: {
        all: [{ field: 'inputs', is: '=', value: String(existing.inputs) }, { absent: 'dispatched' }],
      },
    },
  ]);
  if (!outcome.ok) return sameInputs(outcome.item ?? existing, inputs, input);
  return input;
}

function sameInputs<T>(existing: Item, inputs: string, value: T): T {
  if (existing.inputs === inputs) return value;
  throw new Refused({
    code: 'CYCLE_EXISTS',
    message: `programme ${existing.programme} already has a cycle ${existing.period} (${existing.status}), opened with other inputs`,
    next: 'a paid period is never run twice: correct it in the next cycle, or resume this one with its own inputs',
  });
}

function refuseOutOfOrder(
  programme: string,
  period: Month,
  expected: Month | undefined,
  open: Month | undefined,
  frequency: keyof typeof FREQUENCY_MONTHS,
): void {
  if (open) throw outOfOrder(`cycle ${open} of ${programme} is still open; finish it before ${period}`);
  if (expected && period !== expected) {
    const early = monthIndex(period) < monthIndex(expected);
    throw outOfOrder(
      `the next period of ${programme} is ${expected}, not ${period}${early ? ' (that one is already closed or past)' : ''}`,
    );
  }
  if (!expected && FREQUENCY_MONTHS[frequency] > 12) throw outOfOrder('the frequency is longer than a year');
}

const outOfOrder = (message: string) =>
  new Refused({ code: 'PERIOD_OUT_OF_ORDER', message, next: 'run the periods one after the other' });
