import type { Member } from '../records/household.ts';
import type { Benefit, BenefitOf } from '../records/programme/benefit.ts';
import { usedUp } from './counts.ts';
import { type Facts, moneyAttribute } from './facts.ts';
import { lookup } from './lookup.ts';
import { compileMember, type Frame } from './predicates.ts';
import { publishedSums } from './published-sums.ts';
import { type CompiledBenefit, type Item, type MemberTest, type Run, standingFor } from './run.ts';
import { lessShareOf, ratio, shareOf } from './values.ts';

type Emit = CompiledBenefit['emit'];

/** Adds an amount that counts at this level; what does not count is kept at 0 so that it can be held. */
function push(
  run: Run,
  benefit: CompiledBenefit,
  member: number,
  amount: number,
  count = 1,
  standing = standingFor(run, benefit, member),
): void {
  if (amount === 0) return;
  if (benefit.limited && usedUp(run.facts, run.year, benefit, member)) return;
  let whole = amount;
  if (benefit.factor) {
    const factor = benefit.factor(run.facts);
    // No row of the taper fits: the time for this benefit is over.
    if (factor === undefined) return;
    whole = shareOf(amount, factor, benefit.definition.rounding);
  }
  run.items.push({ benefit, member, standing, amount: standing >= run.level ? whole : 0, count });
}

type Candidate = { readonly member: number; readonly band: number; readonly amount: number };

/** Members of a list of bands: the first band that fits. */
function candidates(
  run: Run,
  tests: readonly MemberTest[],
  amountOf: (band: number, member: number) => number | undefined,
): Candidate[] {
  const { members } = run.facts.household;
  const list: Candidate[] = [];
  for (let member = 0; member < members.length; member++) {
    const band = tests.findIndex((test) => test(members[member]!, run.facts));
    if (band < 0) continue;
    const amount = amountOf(band, member);
    if (amount !== undefined) list.push({ member, band, amount });
  }
  return list;
}

/** The declared order. Members stand by id and the sort is stable: of equal ones the lower id comes first. */
function sorted(
  list: Candidate[],
  order: 'oldest' | 'youngest' | 'highest' | 'as_listed',
  facts: Facts,
): Candidate[] {
  if (order === 'as_listed') return list;
  if (order === 'highest') return list.sort((a, b) => b.amount - a.amount);
  const birth = ({ member }: Candidate) => facts.household.members[member]!.birthDate ?? '9999';
  return list.sort((a, b) => {
    if (birth(a) === birth(b)) return 0;
    return birth(a) < birth(b) === (order === 'oldest') ? -1 : 1;
  });
}

const members = (
  bands: readonly { who: Parameters<typeof compileMember>[0] }[],
  frame: Frame,
): MemberTest[] => bands.map(({ who }) => compileMember(who, frame));

const byKind: { [K in Benefit['kind']]: (definition: BenefitOf<K>, frame: Frame) => Emit } = {
  flat: (definition, frame) => {
    const amount = lookup(definition.amount, frame);
    return (run, benefit) => push(run, benefit, -1, amount(undefined, run.facts) ?? 0);
  },

  per_person: (definition, frame) => {
    const amount = lookup(definition.amount, frame);
    const test = definition.who ? compileMember(definition.who, frame) : undefined;
    return (run, benefit) => {
      const all = run.facts.household.members;
      let count = all.length;
      if (test) {
        count = 0;
        for (const member of all) if (test(member, run.facts)) count += 1;
      }
      if (count > 0) push(run, benefit, -1, count * (amount(undefined, run.facts) ?? 0), count);
    };
  },

  per_member: (definition, frame) => {
    const tests = members(definition.bands, frame);
    const amounts = definition.bands.map((band) => lookup(band.amount, frame));
    const bandMax = definition.bands.map((band) => (band.max ? lookup(band.max, frame) : undefined));
    const max = definition.max ? lookup(definition.max, frame) : undefined;
    const anyMax = max !== undefined || bandMax.some(Boolean);
    return (run, benefit) => {
      const { facts } = run;
      const list = candidates(run, tests, (band, member) =>
        amounts[band]!(facts.household.members[member], facts),
      );
      if (!anyMax) {
        for (const { member, amount } of list) push(run, benefit, member, amount);
        return;
      }
      let left = max?.(undefined, facts) ?? Infinity;
      const leftIn = bandMax.map((limit) => limit?.(undefined, facts) ?? Infinity);
      for (const { member, band, amount } of sorted(list, definition.order, facts)) {
        const standing = standingFor(run, benefit, member);
        const counts = standing >= run.level;
        if (counts && (left <= 0 || leftIn[band]! <= 0)) continue;
        push(run, benefit, member, amount, 1, standing);
        if (!counts) continue;
        left -= 1;
        leftIn[band]! -= 1;
      }
    };
  },

  declining: (definition, frame) => {
    const tests = members(definition.bands, frame);
    const amounts = definition.bands.map((band) => band.amounts.map((name) => lookup(name, frame)));
    return (run, benefit) => {
      const { facts } = run;
      const place = definition.bands.map(() => 0);
      for (const { member, band } of sorted(
        candidates(run, tests, () => 0),
        definition.order,
        facts,
      )) {
        const standing = standingFor(run, benefit, member);
        const amount = amounts[band]![place[band]!]?.(facts.household.members[member], facts) ?? 0;
        push(run, benefit, member, amount, 1, standing);
        if (standing >= run.level) place[band]! += 1;
      }
    };
  },

  table: (definition, frame) => {
    const amount = lookup(definition.table, frame, definition.lowestIfMissing);
    const sums = publishedSums(definition.table, frame);
    const test = definition.who ? compileMember(definition.who, frame) : undefined;
    return (run, benefit) => {
      const { household } = run.facts;
      const together: Member[] = [];
      for (let member = 0; member < household.members.length; member++) {
        const person = household.members[member]!;
        if (test && !test(person, run.facts)) continue;
        if (sums?.open(person, run.facts)) {
          if (standingFor(run, benefit, member) >= run.level) together.push(person);
          continue;
        }
        const value = amount(person, run.facts);
        if (value !== undefined) push(run, benefit, member, value);
      }
      if (together.length === 0) return;
      const sum = sums!.of(together, run.facts) ?? frame.values.need(definition.table);
      push(run, benefit, -1, sum, together.length, 2);
    };
  },

  one_if_any: (definition, frame) => {
    const amount = lookup(definition.amount, frame);
    const test = compileMember(definition.who, frame);
    return (run, benefit) => {
      for (const member of run.facts.household.members)
        if (test(member, run.facts)) {
          push(run, benefit, -1, amount(undefined, run.facts) ?? 0);
          return;
        }
    };
  },

  top_up: (definition, frame) => {
    const { floor } = definition;
    const over = new Set(definition.over);
    const floorOf =
      typeof floor === 'string'
        ? lookup(floor, frame)
        : (_: undefined, { household }: Facts) =>
            moneyAttribute(household.attributes[floor.attribute], frame.definition.currency);
    return (run, benefit) => {
      const wanted = floorOf(undefined, run.facts) ?? 0;
      const missing = wanted - sumOf(run.items, over);
      if (missing > 0) push(run, benefit, -1, missing);
    };
  },

  poverty_gap: (definition, frame) => {
    const line = lookup(definition.line, frame);
    const share = definition.share ? lookup(definition.share, frame) : undefined;
    const multiple = definition.multipleOf ? lookup(definition.multipleOf, frame) : undefined;
    const counting = new Set(definition.counting);
    const { currency } = frame.definition;
    const { rounding } = definition;
    return (run, benefit) => {
      const { facts } = run;
      const people = facts.household.members.length;
      const income = moneyAttribute(facts.household.attributes[definition.income], currency);
      if (income === undefined) return;
      const wanted = (line(undefined, facts) ?? 0) * people;
      const gap = wanted - income * people - sumOf(run.items, counting);
      if (gap <= 0) return;
      const portion = share ? ratio(share(undefined, facts) ?? 100) : { top: 1, bottom: 1 };
      const unit = multiple?.(undefined, facts) ?? 1;
      const amount =
        definition.roundEach === 'person'
          ? shareOf(gap, { top: portion.top, bottom: portion.bottom * people }, rounding, unit) * people
          : shareOf(gap, portion, rounding, unit);
      push(run, benefit, -1, amount, people);
    };
  },

  trapezoid: (definition, frame) => {
    const test = compileMember(definition.who, frame);
    const at = (name: string) => lookup(name, frame);
    const [rateIn, flatFrom, flat, outFrom, rateOut] = [
      at(definition.rateIn),
      at(definition.flatFrom),
      at(definition.flat),
      at(definition.outFrom),
      at(definition.rateOut),
    ];
    const share = definition.share ? at(definition.share) : undefined;
    const { currency } = frame.definition;
    const { rounding } = definition;
    return (run, benefit) => {
      const { facts } = run;
      facts.household.members.forEach((person, member) => {
        if (!test(person, facts)) return;
        const income = moneyAttribute(person.attributes[definition.income], currency);
        if (income === undefined || income <= 0) return;
        const get = (of: ReturnType<typeof lookup>) => of(person, facts) ?? 0;
        let amount = get(flat);
        if (income <= get(flatFrom)) amount = shareOf(income, ratio(get(rateIn)), rounding);
        else if (income > get(outFrom))
          amount = lessShareOf(amount, income - get(outFrom), ratio(get(rateOut)), rounding);
        if (share && amount > 0) amount = shareOf(amount, ratio(get(share)), rounding);
        if (amount > 0) push(run, benefit, member, amount);
      });
    };
  },

  achievement: (definition, frame) => {
    const tests = members(definition.bands, frame);
    const amounts = definition.bands.map((band) => lookup(band.amount, frame));
    return (run, benefit) => {
      const { facts } = run;
      const list = candidates(run, tests, (band, member) =>
        amounts[band]!(facts.household.members[member], facts),
      );
      for (const { member, amount } of list) push(run, benefit, member, amount);
    };
  },

  share_of: (definition, frame) => {
    const share = lookup(definition.share, frame);
    const test = definition.who ? compileMember(definition.who, frame) : undefined;
    const { currency } = frame.definition;
    return (run, benefit) => {
      const { facts } = run;
      const portion = (of: number | undefined) =>
        of === undefined ? 0 : shareOf(of, ratio(share(undefined, facts) ?? 0), definition.rounding);
      if (frame.definition.attributes[definition.attribute]?.of !== 'member') {
        push(
          run,
          benefit,
          -1,
          portion(moneyAttribute(facts.household.attributes[definition.attribute], currency)),
        );
        return;
      }
      facts.household.members.forEach((person, member) => {
        if (test && !test(person, facts)) return;
        push(
          run,
          benefit,
          member,
          portion(moneyAttribute(person.attributes[definition.attribute], currency)),
        );
      });
    };
  },
};

/** What the named benefits come to so far at this level. */
export function sumOf(items: readonly Item[], ids: ReadonlySet<string>): number {
  let total = 0;
  for (const item of items) if (ids.has(item.benefit.definition.id)) total += item.amount;
  return total;
}

/** The function that reckons a benefit for a household at a level. */
export function compileAmount(definition: Benefit, frame: Frame): Emit {
  return (byKind[definition.kind] as (definition: Benefit, frame: Frame) => Emit)(definition, frame);
}
