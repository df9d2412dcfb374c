import type { ProgrammeDefinition } from '../programme.ts';
import type { Fault } from './say-issue.ts';

/** What a programme does with cash that nobody collects must be something that a cycle can do. */
export function checkPayment({ payment, conditions }: ProgrammeDefinition): Fault[] {
  const { unclaimed } = payment;
  const path = 'payment.unclaimed';
  if (unclaimed.rule === 'expire' && (unclaimed.days === undefined) === (unclaimed.months === undefined))
    return [
      { path, message: 'give the parameter with the "days" or the "months" to collect it: one of both' },
    ];
  if (unclaimed.rule !== 'suspend') return [];
  const condition = conditions.find(({ id }) => id === unclaimed.condition);
  if (!condition || (condition.of === 'household' && condition.check.type === 'is_true')) return [];
  return [
    {
      path: `${path}.condition`,
      message: `"${condition.id}" must be asked of the household and checked with "is_true": that it collected is a yes or a no`,
    },
  ];
}
