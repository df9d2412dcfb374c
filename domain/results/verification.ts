import { hasValidCheckDigits } from '../kernel/check-digits.ts';
import { addMonths, ageYears, type Day, type Month, monthOf } from '../kernel/period.ts';
import type { Claim, Registration } from '../records/claim.ts';
import type { CaseEvent } from '../records/claim-case.ts';
import type { Label } from '../records/contract.ts';
import { CHECK_TEXTS, type CheckCode } from './check-texts.ts';
import { sameName } from './evidence.ts';
import { monthsTouched, spanOf } from './window.ts';

/** One month of one person in the social-security payroll. */
export type PayrollRow = {
  readonly person: string;
  readonly employer: string;
  readonly month: Month;
  readonly amountMinor?: number;
  readonly startedOn?: Day;
};
export type CertificateRow = { readonly person: string; readonly kind: string; readonly date: Day };
export type AttendanceRow = { readonly person: string; readonly month: Month; readonly hours: number };

/** Evidence that did not come from the institute, by person. An absent list means that the source was not loaded. */
export type Evidence = {
  readonly payroll?: ReadonlyMap<string, readonly PayrollRow[]>;
  readonly certificates?: ReadonlyMap<string, readonly CertificateRow[]>;
  readonly attendance?: ReadonlyMap<string, readonly AttendanceRow[]>;
};

/** How a contract's event kinds and fields are read by the checks; kinds not named here are not cross-checked. */
export type CheckPlan = {
  readonly job?: { readonly kinds: readonly string[]; readonly employer: string };
  readonly income?: { readonly kind: string; readonly amount: string };
  readonly certificate?: { readonly kinds: readonly string[] };
  readonly attendance?: { readonly kind: string; readonly hours: string };
  /** So many claims with one employer on one day are a cluster. */
  readonly clusterAt: number;
  /** Nobody works or trains below this age. */
  readonly leastAge: number;
  /** Reads a money field as minor units. */
  readonly minorOf: (raw: unknown) => number | undefined;
};

export type CheckOutcome = 'pass' | 'fail' | 'flag' | 'unknown';
export type CheckResult = {
  readonly code: CheckCode;
  /** `unknown`: the source was not loaded, so a person must look. `flag`: allowed, and a higher risk. */
  readonly outcome: CheckOutcome;
  readonly observed: string;
  readonly next?: Label;
};
/** What the checks of one claim lead to. */
export type ClaimChecks = {
  readonly claim: string;
  readonly results: readonly CheckResult[];
  readonly decision: 'refuse' | 'hold' | 'verify' | 'pass';
  readonly flagged: boolean;
};

/** One person, or several: most documents and jobs belong to one, and a set for each would cost ten times the memory. */
type People = string | ReadonlySet<string>;
const firstOf = (people: People | undefined): string | undefined =>
  typeof people === 'string' ? people : people?.values().next().value;
const countOf = (people: People | undefined): number =>
  people === undefined ? 0 : typeof people === 'string' ? 1 : people.size;

/** What is known about all claims together: documents, clusters. Built once, over every institute. */
export type ClaimIndex = {
  /** People by document, whoever showed it first in front; the subject of a check by its `personOf`. */
  readonly documents: ReadonlyMap<string, People>;
  readonly clusters: ReadonlyMap<string, People>;
};

type Subject = {
  readonly claim: Claim;
  readonly person: Registration | undefined;
  readonly evidence: Evidence;
  readonly plan: CheckPlan;
  readonly index: ClaimIndex;
};
const result = (code: CheckCode, outcome: CheckOutcome, observed = ''): CheckResult => ({
  code,
  outcome,
  observed,
  ...(outcome === 'pass' ? {} : { next: CHECK_TEXTS[code].next }),
});

export const personOf = (claim: Pick<Claim, 'contract' | 'participant'>): string =>
  `${claim.contract}|${claim.participant}`;
const jobs = ({ claim, plan }: Pick<Subject, 'claim' | 'plan'>): CaseEvent[] =>
  claim.events.filter((event) => plan.job?.kinds.includes(event.kind));
const employerOf = (event: CaseEvent, plan: CheckPlan): string =>
  String(event[plan.job?.employer ?? ''] ?? '');

/**
 * Builds the index claim by claim, so that no more than hashes, person ids and counts is held however many come.
 * Two milestones of one person rest on one job: they are one person in a cluster.
 */
export function claimIndexer(plan: CheckPlan): { add(claim: Claim): void; readonly index: ClaimIndex } {
  const documents = new Map<string, string | Set<string>>();
  const clusters = new Map<string, string | Set<string>>();
  const note = (map: Map<string, string | Set<string>>, key: string, person: string) => {
    const known = map.get(key);
    if (known === undefined) map.set(key, person);
    else if (typeof known !== 'string') known.add(person);
    else if (known !== person) map.set(key, new Set([known, person]));
  };
  return {
    index: { documents, clusters },
    add(claim) {
      for (const { sha256 } of claim.documents) note(documents, sha256, personOf(claim));
      for (const event of jobs({ claim, plan }))
        note(clusters, `${employerOf(event, plan)}|${event.date}`, personOf(claim));
    },
  };
}
export function indexClaims(claims: Iterable<Claim>, plan: CheckPlan): ClaimIndex {
  const indexer = claimIndexer(plan);
  for (const claim of claims) indexer.add(claim);
  return indexer.index;
}

function personNumber({ person }: Subject): CheckResult | undefined {
  if (!person?.number) return undefined;
  const { kind, value } = person.number;
  return result('PERSON_NUMBER', hasValidCheckDigits(kind, value) ? 'pass' : 'fail', kind);
}

function impossibleDate({ claim, person, plan }: Subject): CheckResult {
  for (const event of claim.events) {
    if (event.date > claim.submittedOn)
      return result('IMPOSSIBLE_DATE', 'fail', `${event.kind} ${event.date} > ${claim.submittedOn}`);
    if (event.end !== undefined && (event.end < event.date || event.end > claim.submittedOn))
      return result('IMPOSSIBLE_DATE', 'fail', `${event.kind} ${event.date}..${event.end}`);
    if (person?.birthDate && ageYears(person.birthDate as Day, event.date as Day) < plan.leastAge)
      return result('IMPOSSIBLE_DATE', 'fail', `${event.kind} ${event.date}, age < ${plan.leastAge}`);
  }
  return result('IMPOSSIBLE_DATE', 'pass');
}

function ownEmployer(subject: Subject): CheckResult | undefined {
  const all = jobs(subject);
  if (all.length === 0) return undefined;
  const own = all.some((event) => sameName(employerOf(event, subject.plan), subject.claim.provider));
  return result('OWN_EMPLOYER', own ? 'fail' : 'pass', own ? subject.claim.provider : '');
}

/**
 * A document that somebody else showed before is refused. Whoever showed it first and had it copied before the check
 * goes to a person: which of the two it is of cannot be told from here, and a copy must not cost the first one their claim.
 */
function documents({ claim, index }: Subject): CheckResult {
  if (claim.documents.length === 0) return result('DOCUMENT_MISSING', 'fail', '0');
  const shared = claim.documents.flatMap(({ sha256 }) => {
    const people = index.documents.get(sha256);
    return countOf(people) > 1 ? { sha256, first: firstOf(people) === personOf(claim) } : [];
  });
  const told = shared.find(({ first }) => !first) ?? shared[0];
  if (!told) return result('DOCUMENT_REUSED', 'pass');
  return result('DOCUMENT_REUSED', told.first ? 'unknown' : 'fail', told.sha256.slice(0, 12));
}

/** Every month of the claimed job must be in the payroll, with the same employer and start. */
function payrollJob(subject: Subject): CheckResult[] {
  const { claim, evidence } = subject;
  return jobs(subject).flatMap((event): CheckResult[] => {
    if (!evidence.payroll) return [result('PAYROLL_JOB', 'unknown')];
    const rows = (evidence.payroll.get(claim.participant) ?? []).filter(
      (row) => row.employer === employerOf(event, subject.plan),
    );
    if (rows.length === 0) return [result('PAYROLL_JOB', 'fail', 'not in the payroll')];
    const months = new Set(rows.map((row) => row.month));
    const missing = monthsOf(event, claim.submittedOn as Day).filter((month) => !months.has(month));
    const started = rows.flatMap((row) => row.startedOn ?? []);
    const startMonth = monthOf(event.date as Day);
    // Without a start day in the payroll, a month paid before the claimed start means the job is older.
    const agrees =
      started.length > 0
        ? started.includes(event.date as Day)
        : months.has(startMonth) && !months.has(addMonths(startMonth, -1));
    const first = started[0] ?? [...months].sort()[0]!;
    return [
      result('PAYROLL_JOB', 'pass'),
      result('PAYROLL_START', agrees ? 'pass' : 'fail', first),
      missing.length === 0
        ? result('PAYROLL_MONTHS', 'pass')
        : result('PAYROLL_MONTHS', 'fail', missing.join(', ')),
    ];
  });
}

/** The months that an event is of: those up to its `end`, else its own. */
const monthsOf = (event: CaseEvent, until: Day): Month[] => {
  const end = event.end === undefined ? {} : { end: event.end as Day };
  return monthsTouched(
    spanOf({ kind: event.kind, date: event.date as Day, ...end, fields: {} }, undefined, until),
  );
};

/**
 * What was claimed for a month, or in one sum for several, must be in the payroll of those months; incomes that are
 * claimed within the same months count together.
 */
function payrollIncome({ claim, evidence, plan }: Subject): CheckResult | undefined {
  const rule = plan.income;
  const incomes = rule ? claim.events.filter((event) => event.kind === rule.kind) : [];
  if (!rule || incomes.length === 0) return undefined;
  if (!evidence.payroll) return result('PAYROLL_INCOME', 'unknown');
  const paid = new Map<Month, number>();
  for (const row of evidence.payroll.get(claim.participant) ?? [])
    paid.set(row.month, (paid.get(row.month) ?? 0) + (row.amountMinor ?? 0));
  const claimed = incomes.map((event) => ({
    months: monthsOf(event, claim.submittedOn as Day),
    amount: plan.minorOf(event[rule.amount]) ?? 0,
  }));
  const above = claimed.find(({ months }) => {
    const within = claimed.filter((other) => other.months.every((month) => months.includes(month)));
    const sum = within.reduce((total, { amount }) => total + amount, 0);
    return sum > months.reduce((total, month) => total + (paid.get(month) ?? 0), 0);
  });
  return above ? result('PAYROLL_INCOME', 'fail', above.months[0] ?? '') : result('PAYROLL_INCOME', 'pass');
}

function certificate({ claim, evidence, plan }: Subject): CheckResult | undefined {
  const claimed = claim.events.filter((event) => plan.certificate?.kinds.includes(event.kind));
  if (claimed.length === 0) return undefined;
  if (!evidence.certificates) return result('CERTIFICATE', 'unknown');
  const held = evidence.certificates.get(claim.participant) ?? [];
  const missing = claimed.find(
    (event) => !held.some((row) => row.kind === event.kind && row.date <= event.date),
  );
  return missing ? result('CERTIFICATE', 'fail', missing.date) : result('CERTIFICATE', 'pass');
}

function attendance({ claim, evidence, plan }: Subject): CheckResult | undefined {
  const rule = plan.attendance;
  const claimed = rule ? claim.events.filter((event) => event.kind === rule.kind) : [];
  if (!rule || claimed.length === 0) return undefined;
  if (!evidence.attendance) return result('ATTENDANCE', 'unknown');
  const logged = (evidence.attendance.get(claim.participant) ?? []).reduce((sum, row) => sum + row.hours, 0);
  const asserted = claimed.reduce((sum, event) => sum + Number(event[rule.hours] ?? 0), 0);
  return asserted > logged
    ? result('ATTENDANCE', 'fail', `${asserted} > ${logged}`)
    : result('ATTENDANCE', 'pass');
}

function cluster(subject: Subject): CheckResult | undefined {
  const sizes = jobs(subject).map((event) =>
    countOf(subject.index.clusters.get(`${employerOf(event, subject.plan)}|${event.date}`)),
  );
  if (sizes.length === 0) return undefined;
  const most = Math.max(...sizes);
  return most >= subject.plan.clusterAt ? result('CLUSTER', 'flag', String(most)) : result('CLUSTER', 'pass');
}

/** The checks, in the order in which an institute reads them. */
const CHECKS: readonly ((subject: Subject) => CheckResult | readonly CheckResult[] | undefined)[] = [
  personNumber,
  impossibleDate,
  ownEmployer,
  documents,
  payrollJob,
  payrollIncome,
  certificate,
  attendance,
  cluster,
];

/**
 * Runs every automatic check on one claim. A failed check refuses, except a bad check digit, which holds the claim
 * for correction; a source that was not loaded sends it to a person; a flag raises its chance to be sampled.
 */
export function checkClaim(
  claim: Claim,
  person: Registration | undefined,
  evidence: Evidence,
  plan: CheckPlan,
  index: ClaimIndex,
): ClaimChecks {
  const subject: Subject = { claim, person, evidence, plan, index };
  const results = CHECKS.flatMap((check) => check(subject) ?? []);
  const failed = results.filter(({ outcome }) => outcome === 'fail');
  const decision = failed.some(({ code }) => code !== 'PERSON_NUMBER')
    ? 'refuse'
    : failed.length > 0
      ? 'hold'
      : results.some(({ outcome }) => outcome === 'unknown')
        ? 'verify'
        : 'pass';
  return { claim: claim.id, results, decision, flagged: results.some(({ outcome }) => outcome === 'flag') };
}
