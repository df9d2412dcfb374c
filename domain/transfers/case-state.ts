import { z } from 'zod';
import { isMonth } from '../kernel/period.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { periodOf } from './compile.ts';

const Month = z.string().refine(isMonth, 'a month, YYYY-MM');
const Amount = z.int().positive();

/** An approved change of an earlier period: money in minor units, linked to the period that it corrects. */
export const AdjustmentCase = z.looseObject({
  id: z.string().min(1),
  kind: z.enum(['arrears', 'recovery']),
  benefit: z.string(),
  member: z.string().optional(),
  amountMinor: Amount,
  origin: Month,
  reason: z.string(),
  cite: z.string().default(''),
});

const Held = z.looseObject({
  benefit: z.string(),
  member: z.string().optional(),
  origin: Month,
  amountMinor: Amount,
  why: z.enum(['unverified', 'blocked', 'retained']),
  waitsFor: z.array(z.looseObject({ condition: z.string(), subject: z.string(), period: Month })).optional(),
});

const Ladder = z.looseObject({
  step: z.int().min(0),
  lastEffect: Month,
  pending: z.int().min(0),
  pendingOf: z.int().min(1).optional(),
  since: Month.optional(),
  failures: z.array(Month).optional(),
  failed: z.array(z.string()).optional(),
});

const counter = z.record(z.string(), z.int().min(0)).optional();

/**
 * The state that an earlier answer gave. It is read as strictly as the case: a state that was cut or edited is
 * bad input with its path, never a wrong amount and never a bug.
 */
export const StateCase = z.looseObject({
  lastPeriod: Month,
  firstPeriod: Month.optional(),
  months: z.int().min(0),
  status: z.enum(['active', 'out', 'exited']).optional(),
  held: z.array(Held).optional(),
  ladders: z.record(z.string(), Ladder).optional(),
  counts: counter,
  modifiers: counter,
  modifiersSince: z.record(z.string(), Month).optional(),
  advances: counter,
  certificates: z.record(z.string(), z.array(Month)).optional(),
  recoveries: z.array(AdjustmentCase).optional(),
});

type Parsed = {
  readonly state?: z.infer<typeof StateCase> | null | undefined;
  readonly adjustments: readonly z.infer<typeof AdjustmentCase>[];
};

/** What a state or an adjustment names that this programme does not have: another programme's, or misspelt. */
export function stateFaults(
  definition: ProgrammeDefinition,
  { state, adjustments }: Parsed,
): { path: string; message: string }[] {
  const { id, benefits, frequency, anchorMonth } = definition;
  const found: { path: string; message: string }[] = [];
  const known = new Set(benefits.map((benefit) => benefit.id));
  const check = (path: string, rows: readonly { benefit: string }[] = []) =>
    rows.forEach(({ benefit }, i) => {
      if (!known.has(benefit))
        found.push({
          path: `${path}[${i}].benefit`,
          message: `${id} has no benefit "${benefit}"; it has ${[...known].join(', ')}`,
        });
    });
  check('adjustments', adjustments);
  if (!state) return found;
  check('state.held', state.held);
  check('state.recoveries', state.recoveries);
  const start = periodOf(state.lastPeriod as never, frequency, anchorMonth);
  if (start !== state.lastPeriod)
    found.push({
      path: 'state.lastPeriod',
      message: `${state.lastPeriod} is no period of ${id}, which pays ${frequency}: that one starts ${start}`,
    });
  return found;
}
