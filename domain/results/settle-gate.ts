import { assert } from '../kernel/assert.ts';
import { minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Issue, RefusalCode } from '../kernel/result.ts';
import type { SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { parseNumber } from '../records/contract-parameters.ts';
import { mostOf } from '../records/contract-shares.ts';
import type { SettlementInput } from './disbursement.ts';
import type { PersonResult, Refused } from './earn.ts';
import type { DisbursementLine, SettlementRefusal, SettlementTotals } from './settlement.ts';

export const refusal = (
  code: RefusalCode,
  message: string,
  more: Omit<SettlementRefusal, 'code' | 'message'> = {},
): SettlementRefusal => ({ code, message, ...more });

export const emptyState = (contract: string, provider: string, asOf: Day): SettlementState => ({
  contract,
  provider,
  asOf,
  paid: {},
  caps: {},
  owed: 0,
  reversed: {},
  advance: { paid: 0, recovered: 0 },
  performance: {},
  payable: 0,
});

/** What must hold before anything is judged: the provider, the state and the given parameters fit the contract. */
export function admit(contract: ContractDefinition, input: SettlementInput): SettlementRefusal | undefined {
  const { provider, state, date } = input;
  if (contract.providers && !contract.providers.includes(provider))
    return refusal('NOT_ALLOWED', `${provider} is not a provider of contract ${contract.id}`, {
      at: 'provider',
      next: `its providers are ${contract.providers.join(', ')}`,
    });
  if (state && (state.contract !== contract.id || state.provider !== provider))
    return refusal('STATE_MOVED', `the state belongs to ${state.contract} / ${state.provider}`, {
      at: 'state',
      next: 'give the state that the last settlement of this contract and provider returned',
    });
  if (state && state.asOf > date)
    return refusal('PERIOD_OUT_OF_ORDER', `the state is of ${state.asOf}, after this settlement's ${date}`, {
      at: 'date',
      next: 'settle in the order of dates',
    });
  return admitParameters(contract, input);
}

/** Given values: of parameters that are open, each a number of its unit and not below zero, shares at most the price. */
function admitParameters(
  contract: ContractDefinition,
  input: SettlementInput,
): SettlementRefusal | undefined {
  for (const [name, given] of Object.entries(input.parameters ?? {})) {
    const parameter = contract.parameters[name];
    if (!parameter)
      return refusal('BAD_INPUT', `the contract has no parameter ${name}`, {
        at: `parameters.${name}`,
        next: `its parameters are ${Object.keys(contract.parameters).join(', ')}`,
      });
    const open = parameter.values.some(
      (value) =>
        'notPublished' in value || ('rows' in value && value.rows.some((row) => 'notPublished' in row)),
    );
    if (!open)
      return refusal('BAD_INPUT', `${name} is published: a case cannot replace it`, {
        at: `parameters.${name}`,
        next: 'change the contract definition, with a date and a citation',
      });
    const values = typeof given === 'object' ? given.map((row) => row.value) : [given];
    const bad = values.find((value) => {
      const number = parseNumber(value, parameter.unit, contract.currency);
      const least = parameter.unit === 'index' ? 1 : 0;
      return number === undefined || (parameter.unit !== 'day' && number < least);
    });
    if (bad !== undefined)
      return refusal(
        'BAD_INPUT',
        `${name}: ${bad} is not an exact ${parameter.unit}, ${parameter.unit === 'index' ? 'above zero' : 'zero or more'}`,
        {
          at: `parameters.${name}`,
          next: `write it as a ${parameter.unit} of ${contract.currency}`,
        },
      );
  }
  return overpaid(contract, input);
}

/** Given shares of instalments that can add up for somebody to more than the price that they are parts of. */
function overpaid(contract: ContractDefinition, input: SettlementInput): SettlementRefusal | undefined {
  for (const [name, { shares }] of Object.entries(contract.schedules ?? {})) {
    const total = mostOf(contract, name, input.parameters);
    if (total > 10_000)
      return refusal('BAD_INPUT', `the instalments of ${name} add up to ${total / 100} %, over 100 %`, {
        at: shares.map(({ share }) => `parameters.${share}`).join(' '),
        next: 'give shares that add up to 100 % at most',
      });
  }
  return undefined;
}

/**
 * Reversals, earlier claims and verdicts of a milestone that the contract does not have, of a day after the settlement, or
 * said twice: misspelt they would do nothing, and of two verdicts one would be overlooked. A milestone that was paid while
 * an earlier version of the contract had it can still be taken back.
 */
export function misstated(contract: ContractDefinition, input: SettlementInput): Issue[] {
  const known = new Set(contract.milestones.map(({ id }) => id));
  const paid = ({ participant, milestone }: { participant: string; milestone: string }) =>
    Object.keys(input.state?.paid[participant] ?? {}).some((key) => key.replace(/#\d+$/, '') === milestone);
  const ofMilestones = <Claim extends { readonly milestone: string }>(
    path: string,
    claims: readonly Claim[] = [],
    had: (claim: Claim) => boolean = () => false,
  ): Issue[] =>
    claims.flatMap((claim, i) =>
      known.has(claim.milestone) || had(claim)
        ? []
        : {
            code: 'UNKNOWN_MILESTONE',
            path: `${path}.${i}.milestone`,
            message: `${claim.milestone} is not a milestone of this contract`,
          },
    );
  const ofDays = (path: string, claims: readonly { readonly date: string }[] = []): Issue[] =>
    claims.flatMap(({ date }, i) =>
      date <= input.date
        ? []
        : {
            code: 'IMPOSSIBLE_DATE',
            path: `${path}.${i}.date`,
            message: `${date} is after the settlement of ${input.date}`,
          },
    );
  const once = (path: string, ids: readonly string[]): Issue[] => {
    const seen = new Set<string>();
    return ids.flatMap((id, i) => {
      const again = seen.has(id);
      seen.add(id);
      return again
        ? { code: 'SAID_TWICE', path: `${path}.${i}`, message: `${id} is there twice: give it once` }
        : [];
    });
  };
  const { reversals, claimedBefore, verification: { strata = [], waiting } = {} } = input;
  return [
    ...ofMilestones('reversals', reversals, paid),
    ...ofDays('reversals', reversals),
    ...ofMilestones('claimedBefore', claimedBefore),
    ...ofDays('claimedBefore', claimedBefore),
    ...ofMilestones('verification.waiting', waiting),
    ...once(
      'verification.strata',
      strata.map(({ id }) => id),
    ),
    ...strata.flatMap(({ sampled }, i) => [
      ...ofMilestones(`verification.strata.${i}.sampled`, sampled),
      ...once(
        `verification.strata.${i}.sampled`,
        sampled.map(({ participant, milestone }) => `${participant}|${milestone}`),
      ),
    ]),
  ];
}

/** The refusal that names every parameter that was needed and never published, and still tells what was verified. */
export function unpublishedRefusal(
  names: ReadonlySet<string>,
  people: readonly PersonResult[],
  refused: readonly Refused[],
): SettlementRefusal {
  const parameters = [...names].sort();
  return refusal('VALUE_NOT_PUBLISHED', `these values were not published: ${parameters.join(', ')}`, {
    at: parameters.map((name) => `parameters.${name}`).join(' '),
    next: 'the owner of the contract fills them in with a citation; a case may try values under "parameters"',
    parameters,
    verified: people.flatMap((person) =>
      [...person.scene.verdicts].flatMap(([outcome, verdict]) =>
        verdict.met
          ? [
              {
                participant: person.scene.person.id,
                outcome,
                on: verdict.on,
                observed: verdict.observed,
                required: verdict.required,
              },
            ]
          : [],
      ),
    ),
    refused: refused.filter((entry) => entry.reason !== 'VALUE_NOT_PUBLISHED'),
  });
}

/** Totals by kind of line. Asserted: earned = paid + withheld + capped, and the lines add up to the payment. */
export function totalsOf(lines: readonly DisbursementLine[]): SettlementTotals {
  const add = (kinds: readonly string[], pick: (line: DisbursementLine) => number) =>
    minor(lines.filter((line) => kinds.includes(line.kind)).reduce((sum, line) => sum + pick(line), 0));
  const outcome = ['outcome', 'performance'];
  const [earned, capped, withheld] = [
    add(outcome, (line) => line.earnedMinor),
    add(outcome, (line) => line.cappedMinor),
    add(outcome, (line) => line.withheldMinor),
  ];
  const released = add(['release'], (line) => line.amountMinor);
  const advance = add(['advance'], (line) => line.amountMinor);
  const deducted = add(['deduction'], (line) => -line.amountMinor);
  const advanceRecovered = add(['advance_recovery'], (line) => -line.amountMinor);
  const clawedBack = add(['clawback'], (line) => -line.amountMinor);
  const payable = minor(lines.reduce((sum, line) => sum + line.amountMinor, 0));
  assert(
    earned + released + advance === payable + capped + withheld + deducted + advanceRecovered + clawedBack,
    'earned + released + advance = payable + capped + withheld + deducted + recovered + clawed back',
  );
  assert(payable >= 0, 'a settlement never pays less than nothing');
  return { earned, capped, withheld, released, advance, deducted, advanceRecovered, clawedBack, payable };
}
