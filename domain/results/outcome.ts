import { ageYears, type Day } from '../kernel/period.ts';
import type { Predicate } from '../records/contract-predicate.ts';
import { durationOf, judgeDuration, judgeIncome, judgeMonthsOf, reachedDays } from './duration.ts';
import { anchorDay, evidence, fails, firstUnder, number, type Scene, shown, startOf } from './evidence.ts';
import { met, unmet, type Verdict } from './verdict.ts';

function judgeAge(scene: Scene, predicate: Extract<Predicate, { type: 'age' }>): Verdict {
  const birth = scene.person.attributes[predicate.attribute];
  if (birth === undefined) return unmet('MISSING_ATTRIBUTE', '', predicate.attribute, predicate.attribute);
  const at = anchorDay(scene, predicate.at);
  if (at === undefined) return unmet('NO_ANCHOR', '', JSON.stringify(predicate.at));
  const age = ageYears(birth as Day, at);
  const least = predicate.atLeast ? number(scene, predicate.atLeast, at) : 0;
  const most = predicate.atMost ? number(scene, predicate.atMost, at) : 200;
  if (typeof least === 'object') return least;
  if (typeof most === 'object') return most;
  const required = `${least}-${most}`;
  return age >= least && age <= most
    ? met(at, String(age), required)
    : unmet('BELOW_THRESHOLD', String(age), required, predicate.attribute);
}

function judgeRatio(scene: Scene, predicate: Extract<Predicate, { type: 'ratio' }>): Verdict {
  const found = evidence(scene, predicate);
  if ('met' in found) return found;
  const limit = number(scene, predicate.atLeast, scene.asOf);
  if (typeof limit === 'object') return limit;
  const add = (field: string) => found.facts.reduce((sum, fact) => sum + Number(fact.fields[field] ?? 0), 0);
  const [top, bottom] = [add(predicate.numerator), add(predicate.denominator)];
  const observed = `${top}/${bottom}`;
  const required = shown(scene.contract, predicate.atLeast, limit);
  // Cross-multiplied, so that 84.999 % never rounds up to 85 %.
  return bottom > 0 && top * 10_000 >= limit * bottom
    ? met(found.facts.at(-1)!.date, observed, required)
    : unmet('BELOW_THRESHOLD', observed, required);
}

function judgeCount(scene: Scene, predicate: Extract<Predicate, { type: 'count' }>): Verdict {
  const found = evidence(scene, predicate);
  if ('met' in found) return found;
  const needed = number(scene, predicate.atLeast, scene.asOf);
  if (typeof needed === 'object') return needed;
  const days = [...new Set(found.facts.map((fact) => fact.date))];
  const on = days[needed - 1];
  return on
    ? met(on, String(days.length), String(needed))
    : unmet('BELOW_THRESHOLD', String(days.length), String(needed));
}

/**
 * Judges one predicate for the scene's person. Out: since when it holds, or the reason, with what was observed and
 * what is required. Facts after the settlement date never count.
 */
export function judge(scene: Scene, predicate: Predicate): Verdict {
  switch (predicate.type) {
    case 'event': {
      const found = evidence(scene, predicate);
      if ('met' in found) return found;
      const inside = found.facts.filter((fact) => fact.date >= found.within.from);
      const first = firstUnder(scene, inside);
      return first
        ? met(first.date, first.date, `${found.within.from}..${found.within.until}`)
        : unmet('OUTSIDE_WINDOW', found.facts[0]!.date, `${found.within.from}..${found.within.until}`);
    }
    case 'income':
      return judgeIncome(scene, predicate);
    case 'duration':
      return judgeDuration(scene, predicate);
    case 'months_of':
      return judgeMonthsOf(scene, predicate);
    case 'ratio':
      return judgeRatio(scene, predicate);
    case 'count':
      return judgeCount(scene, predicate);
    case 'age':
      return judgeAge(scene, predicate);
    case 'outcome':
      return scene.judge(predicate.outcome);
    case 'attribute': {
      const { test } = predicate;
      const value = scene.person.attributes[test.field];
      return fails(scene, test, value) ?? met(startOf(scene.contract), String(value), test.field);
    }
    case 'all': {
      const verdicts = predicate.of.map((part) => judge(scene, part));
      const failed = verdicts.find((verdict) => !verdict.met);
      if (failed) return failed;
      return verdicts.reduce((a, b) => (a.met && b.met && b.on > a.on ? b : a));
    }
    case 'any': {
      const verdicts = predicate.of.map((part) => judge(scene, part));
      const good = verdicts.filter((verdict) => verdict.met);
      // The last alternative's reason: it is the one that the definition's author put as the widest.
      return good.length > 0 ? good.reduce((a, b) => (b.on < a.on ? b : a)) : verdicts.at(-1)!;
    }
    case 'not': {
      const verdict = judge(scene, predicate.of);
      if (verdict.met) return unmet('CONDITION_HOLDS', verdict.observed, `not ${verdict.required}`);
      return verdict.reason === 'MISSING_ATTRIBUTE' || verdict.reason === 'VALUE_NOT_PUBLISHED'
        ? verdict
        : met(startOf(scene.contract), verdict.observed, `not ${verdict.required}`);
    }
  }
}

/** A scene whose named outcomes are judged at most once. */
export function sceneOf(base: Omit<Scene, 'judge' | 'verdicts'>): Scene {
  const verdicts = new Map<string, Verdict>();
  const scene: Scene = {
    ...base,
    verdicts,
    judge: (name) => {
      const known = verdicts.get(name);
      if (known) return known;
      const verdict = judge(scene, base.contract.outcomes[name]!.predicate);
      verdicts.set(name, verdict);
      return verdict;
    },
  };
  return scene;
}

/**
 * The days on which a repeated outcome fell due: once for every further `everyWeeks` weeks of the duration after its
 * first threshold, at most `atMost` times.
 */
export function repetitions(scene: Scene, outcome: string, everyWeeks: number, atMost: number): Day[] {
  const predicate = scene.contract.outcomes[outcome]?.predicate;
  if (predicate?.type !== 'duration' || !predicate.weeks) return [];
  const base = number(scene, predicate.weeks, scene.asOf);
  const duration = durationOf(scene, predicate);
  if (typeof base === 'object' || 'met' in duration) return [];
  const days: Day[] = [];
  for (let k = 1; k <= atMost; k++) {
    const on = reachedDays(duration, (base + k * everyWeeks) * 7);
    if (on === undefined) break;
    days.push(on);
  }
  return days;
}
