import type { CaseEvent } from '../../../domain/records/claim-case.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { parseNumber } from '../../../domain/records/contract-parameters.ts';
import type { CheckPlan } from '../../../domain/results/verification.ts';

/** So many people with one employer on one day send a claim to the flagged stratum; nobody is refused by it. */
const CLUSTER_AT = 10;
/** ILO Convention 138, article 2(4): the least age for work where the economy is insufficiently developed. */
const LEAST_AGE = 14;

/**
 * How the checks read a contract's events, told from their declared fields: a field that must not be the provider
 * names the employer, a monthly event with money is an income, hours are attendance, an event without fields that is
 * called a certificate is one.
 */
export function checkPlan(definition: ContractDefinition): CheckPlan {
  const kinds = Object.entries(definition.events).filter(([, event]) => event.level !== 'contract');
  const fieldsOf = (kind: string) => Object.entries(definition.events[kind]?.fields ?? {});
  const employers = kinds.flatMap(([kind]) =>
    fieldsOf(kind).flatMap(([field, { notProvider }]) => (notProvider ? [{ kind, field }] : [])),
  );
  const income = kinds.flatMap(([kind, { covers }]) =>
    covers === 'month'
      ? fieldsOf(kind).flatMap(([amount, { type }]) => (type === 'money' ? [{ kind, amount }] : []))
      : [],
  )[0];
  const attendance = kinds.flatMap(([kind]) =>
    fieldsOf(kind).flatMap(([hours, { type }]) =>
      hours === 'hours' && type === 'integer' ? [{ kind, hours }] : [],
    ),
  )[0];
  const certificates = kinds.flatMap(([kind]) => (/certif/i.test(kind) ? [kind] : []));
  // Incomes are held against the payroll as incomes; their months need not be one employer's.
  const jobs = employers.filter(({ kind }) => kind !== income?.kind);
  const employer = jobs[0]?.field ?? employers[0]?.field;
  return {
    ...(employer !== undefined && { job: { kinds: jobs.map(({ kind }) => kind), employer } }),
    ...(income && { income }),
    ...(certificates.length > 0 && { certificate: { kinds: certificates } }),
    ...(attendance && { attendance }),
    clusterAt: CLUSTER_AT,
    leastAge: LEAST_AGE,
    minorOf: (raw) =>
      typeof raw === 'string' || typeof raw === 'number'
        ? parseNumber(raw, 'money', definition.currency)
        : undefined,
  };
}

/** `employer|day` of each job event, as the cluster check counts them. */
export const employersOf = (events: readonly CaseEvent[], { job }: CheckPlan): string[] =>
  job === undefined
    ? []
    : events
        .filter(({ kind }) => job.kinds.includes(kind))
        .map((event) => `${String(event[job.employer] ?? '')}|${event.date}`);
