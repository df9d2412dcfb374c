import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listContracts } from '../../cli/commands/contract-files.ts';
import { parseContract } from '../../domain/records/contract-check.ts';
import { notPublished } from '../../domain/records/contract-parameters.ts';
import { referencesOf } from '../../domain/records/contract-references.ts';
import { explainContract } from '../../domain/results/explain-contract.ts';

const read = (id: string) =>
  JSON.parse(readFileSync(listContracts().find((place) => place.id === id)!.path, 'utf8'));
type Tree = { [key: string]: Tree };
const REMOVE = Symbol('remove');
/** Sets (or removes) what stands at a path of a JSON document. */
function put(document: Tree, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop()!;
  const parent = steps.reduce((node, step) => node[step]!, document);
  if (value === REMOVE) delete parent[last];
  else parent[last] = value as Tree;
}
/** Paths of what is wrong with a shipped contract after one change. */
function broken(id: string, path: string, value: unknown): (string | undefined)[] {
  const contract = read(id);
  put(contract, path, value);
  const parsed = parseContract(contract);
  return parsed.ok ? [] : parsed.issues.map((issue) => issue.path);
}

const FEE = 'parameters.attachmentFee.values';
const JOB = 'parameters.jobOutcomeFee.values.0';
const IN_WORK = 'outcomes.inWork.predicate';
const WORKED = { type: 'duration', kind: 'employment', continuous: false };
describe('a definition that is not in order is refused with its path', () => {
  it('is in order to begin with', () => expect(broken('work-programme-2011', 'version', '2')).toEqual([]));
  it.each<[string, string, unknown, string]>([
    ['an unknown field', 'milestones.0.prize', 1, 'milestones.0'],
    ['a missing citation', `${JOB}.cite`, REMOVE, `${JOB}.cite`],
    ['a citation of no source', 'milestones.0.cite', 'hearsay', 'milestones.0.cite'],
    ['a gap between dates', `${FEE}.1.from`, '2012-04-02', `${FEE}.1.from`],
    ['an overlap of dates', `${FEE}.1.from`, '2012-03-31', `${FEE}.1.from`],
    ['a parameter that is not there', 'milestones.0.price.parameter', 'fee', 'milestones.0.price'],
    ['weeks where money is needed', 'milestones.0.price.parameter', 'jobOutcomeWeeks', 'milestones.0.price'],
    ['a third decimal', `${FEE}.0.value`, '400.001', `${FEE}.0`],
    ['a milestone that waits for itself', 'milestones.0.requires', ['sustainment'], 'milestones'],
    ['an unknown event', 'outcomes.attached.predicate.kind', 'hello', 'outcomes.attached.predicate.kind'],
    ['a row with an undeclared key', `${JOB}.rows.0.when`, { shoe: '1' }, JOB],
    ['an end before the start', 'dates.until', '2010-01-01', 'dates.until'],
    ['the same milestone twice', 'milestones.1.id', 'attachment', 'milestones.1.id'],
    ['a repeated outcome that is no duration', 'milestones.2.outcome', 'attached', 'milestones.2.repeat'],
    ['a repeated outcome in months', IN_WORK, { ...WORKED, months: 'months' }, 'milestones.2.repeat'],
    ['a duration of no length', IN_WORK, WORKED, IN_WORK],
    ['a duration in weeks and months', IN_WORK, { ...WORKED, weeks: 'weeks', months: 'months' }, IN_WORK],
  ])('%s', (_, path, value, issue) => expect(broken('work-programme-2011', path, value)).toContain(issue));
  it.each([
    ['otherCountries', 'overseas'],
    ['alsoWritten', { Nepal: 'Nepal' }],
  ])('a spelling that is read as no value of the field: %s', (name, value) => {
    const path = 'events.income.fields.country';
    expect(broken('nepal-employment-fund-2012', `${path}.${name}`, value)).toEqual([path]);
  });
  it('an index of zero', () => {
    const path = 'parameters.priceIndex.values.0';
    expect(broken('proyecta-tu-futuro', path, { value: '0', cite: 'lanacion' })).toEqual([path]);
  });
  it('instalments over 100 %', () => {
    const contract = read('cmkky-karnataka');
    contract.parameters.placementShare.values[0].value = '21';
    expect(parseContract(contract)).toMatchObject({
      ok: false,
      issues: [{ path: 'schedules.course.shares' }],
    });
  });
  it('instalments over 100 % for some only, or for who comes while the shares change', () => {
    const row = (batch: string, value: string) => ({ when: { batch }, value });
    const spoil = (start: object[], placement: object[], more: object = {}) => {
      const contract = read('cmkky-karnataka');
      for (const milestone of contract.milestones) Object.assign(milestone, more);
      contract.attributes.day = { label: { es: 'd', en: 'd' }, type: 'date' };
      Object.assign(contract.parameters.startShare, { keys: ['batch'], values: start });
      Object.assign(contract.parameters.placementShare, { keys: ['batch'], values: placement });
      const parsed = parseContract(contract);
      return parsed.ok ? [] : parsed.issues.map((issue) => issue.path);
    };
    const rows = (...all: object[]) => [{ rows: all, cite: 'payment' }];
    const bad = ['schedules.course.shares'];
    // Beside 20 % and 30 %: 30 + 20 for the one and 20 + 30 for the other batch; then 30 + 30.
    expect(spoil(rows(row('a', '30'), row('b', '20')), rows(row('a', '20'), row('b', '30')))).toEqual([]);
    expect(spoil(rows(row('a', '30'), row('b', '30')), rows(row('a', '20'), row('b', '30')))).toEqual(bad);
    const dated = (before: string, after: string) => [
      { until: '2018-06-30', value: before, cite: 'payment' },
      { from: '2018-07-01', value: after, cite: 'payment' },
    ];
    expect(spoil(dated('30', '20'), dated('20', '30'))).toEqual(bad);
    expect(spoil(dated('30', '20'), dated('20', '30'), { pricedOn: { attribute: 'day' } })).toEqual([]);
    expect(spoil(dated('30', '30'), dated('20', '30'), { pricedOn: { attribute: 'day' } })).toEqual(bad);
  });
});

describe.each(listContracts())('$id', ({ id }) => {
  const contract = () => {
    const parsed = parseContract(read(id));
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
    return parsed.value;
  };
  it('cites every source it declares, and none that says nothing for a published value', () => {
    const cited = new Set(
      referencesOf(contract())
        .filter(({ what }) => what === 'source')
        .map(({ name }) => name),
    );
    const unused = Object.keys(contract().sources).filter(
      (name) => !cited.has(name) && contract().sources[name]!.confidence !== 'not_found',
    );
    for (const [name, parameter] of Object.entries(contract().parameters))
      for (const value of parameter.values)
        if ('value' in value) expect(contract().sources[value.cite]?.confidence, name).not.toBe('not_found');
    expect(unused).toEqual([]);
  });
  it('explains itself in Spanish and English and names what was not published', () => {
    const sections = explainContract(contract());
    for (const line of sections.flatMap((section) => section.lines)) {
      expect(line.es).not.toMatch(/undefined|\[object/);
      expect(line.en).not.toMatch(/undefined|\[object/);
    }
    const missing =
      sections.find((section) => section.title.en === 'Values not published')?.lines.length ?? 0;
    expect(missing).toBe(notPublished(contract()).length);
  });
});
