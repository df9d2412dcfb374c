import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { assess } from '../../cli/commands/assess.ts';
import { programme } from '../../cli/commands/programme.ts';
import { listProgrammes, loadProgramme } from '../../cli/commands/programme-files.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { explainProgramme } from '../../domain/transfers/explain.ts';

const dir = mkdtempSync(join(tmpdir(), 'cumple-programme-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = (name: string, value: unknown): string => {
  writeFileSync(join(dir, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
};

type Command = (args: string[], io: Parameters<typeof assess>[1]) => Promise<number>;
async function run(command: Command, args: string[], input = '') {
  const out: string[] = [];
  const err: string[] = [];
  const sink = (into: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        into.push(String(chunk));
        done();
      },
    });
  const io = { stdin: Readable.from([input]), stdout: sink(out), stderr: sink(err), cwd: dir };
  const code = await command(args, io);
  return { code, out: out.join(''), err: err.join('') };
}

const juntos = JSON.parse(
  readFileSync(new URL('../../programmes/pe/juntos/definition.json', import.meta.url), 'utf8'),
);
const aCase = (more: Record<string, unknown> = {}) => ({
  programme: 'juntos',
  date: '2025-05-20',
  household: {
    id: 'H1',
    territory: 'x',
    attributes: { sisfoh: 'poor' },
    members: [{ id: 'C1', birthDate: '2015-01-01', attributes: {} }],
  },
  evidence: [{ member: 'C1', kind: 'school_attendance', period: '2025-05', value: true }],
  ...more,
});

describe('cumple assess', () => {
  it('answers one document, from a file or from standard input', async () => {
    const fromFile = await run(assess, [file('case.json', aCase())]);
    const fromStdin = await run(assess, ['-'], JSON.stringify(aCase()));
    expect(fromFile).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(fromFile.out)).toMatchObject({ payable: '200.00', currency: 'PEN', period: '2025-05' });
    expect(fromStdin.out).toBe(fromFile.out);
  });
  it('feeds its state back in, and refuses a state that is not earlier', async () => {
    const { state } = JSON.parse((await run(assess, [file('a.json', aCase())])).out);
    const next = await run(assess, [file('b.json', aCase({ date: '2025-07-01', state }))]);
    expect(JSON.parse(next.out).state.months).toBe(4);
    const again = await run(assess, [file('c.json', aCase({ state }))]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('PERIOD_OUT_OF_ORDER')]);
  });
  const bad: [string, unknown, RegExp][] = [
    ['not JSON', '{', /not valid JSON/],
    ['no programme', { date: '2025-05-20' }, /names no programme/],
    ['an unknown programme', aCase({ programme: 'nobody' }), /UNKNOWN_PROGRAMME.*nobody[\s\S]*juntos/],
    ['an unknown field', aCase({ colour: 1 }), /unknown field "colour"/],
    [
      'an undeclared attribute',
      aCase({ household: { id: 'H', attributes: { sisfo: 'poor' }, members: [] }, evidence: [] }),
      /household.attributes.sisfo: juntos has no household attribute "sisfo"; it has sisfoh/,
    ],
    [
      'an attribute of another type',
      aCase({
        household: { id: 'H', attributes: { temporary_affiliate: 'yes' }, members: [] },
        evidence: [],
      }),
      /temporary_affiliate: must be boolean/,
    ],
    [
      'a value that is not of the list',
      aCase({ household: { id: 'H', attributes: { sisfoh: 'rich' }, members: [] }, evidence: [] }),
      /must be one of extreme_poor, poor, non_poor/,
    ],
    [
      'undeclared evidence',
      aCase({ evidence: [{ kind: 'grades', period: '2025-05', value: 1 }] }),
      /evidence\[0\].kind/,
    ],
    [
      'evidence about a stranger',
      aCase({ evidence: [{ member: 'X', kind: 'school_attendance', period: '2025-05', value: true }] }),
      /no member "X"/,
    ],
    [
      'evidence that contradicts itself',
      aCase({
        evidence: [true, 'si', 'no'].map((value) => ({
          member: 'C1',
          kind: 'school_attendance',
          period: '2025-05',
          value,
        })),
      }),
      /evidence\[2\].value: "school_attendance" of 2025-05 is true in evidence\[0\] and false here/,
    ],
    ['a date that is none', aCase({ date: '2025-02-30' }), /date/],
    [
      'a definition out of order',
      aCase({ programme: { ...juntos, code: 'long code' } }),
      /INVALID_DEFINITION.*code/,
    ],
  ];
  for (const [name, value, says] of bad)
    it(`says what is wrong with ${name}`, async () => {
      const { code, out, err } = await run(assess, [file('bad.json', value)]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(says);
    });
  it('reads a programme beside the case, and one where the person is', async () => {
    mkdirSync(join(dir, 'cases'));
    file('cases/mine.json', { ...juntos, version: 'beside' });
    file('cases/f.json', aCase({ programme: './mine.json' }));
    expect((await run(assess, ['cases/f.json'])).code).toBe(0);
    expect((await run(assess, [file('g.json', aCase({ programme: 'cases/mine.json' }))])).code).toBe(0);
  });
  it('evidence without a month is of the month of the date', async () => {
    const fact = { member: 'C1', kind: 'school_attendance', value: true };
    const here = await run(assess, [file('m.json', aCase({ evidence: [fact] }))]);
    expect(JSON.parse(here.out).compliance).toMatchObject([{ status: 'compliant', period: '2025-05' }]);
    const both = [fact, { ...fact, period: '2025-05', value: false }];
    expect((await run(assess, [file('m2.json', aCase({ evidence: both }))])).err).toMatch(
      /"school_attendance" of 2025-05 is true in evidence\[0\]/,
    );
  });
  it('the same fact twice is one fact', async () => {
    const fact = { member: 'C1', kind: 'school_attendance', period: '2025-05', value: true };
    const twice = await run(assess, [
      file('e.json', aCase({ evidence: [fact, { ...fact, source: 'again' }] })),
    ]);
    expect(JSON.parse(twice.out).payable).toBe('200.00');
  });
  it('refuses a period in which the programme does not pay', async () => {
    const { code, err } = await run(assess, [file('d.json', aCase({ date: '2019-01-01', evidence: [] }))]);
    expect([code, err]).toEqual([1, expect.stringContaining('PERIOD_NOT_PAYABLE')]);
  });
  it('wants one file', async () => {
    expect((await run(assess, [])).code).toBe(2);
    expect((await run(assess, ['nothing.json'])).code).toBe(2);
  });
});

describe('cumple programme', () => {
  it('checks what ships', async () => {
    const { code, out } = await run(programme, ['check', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).map((item: { programme: string }) => item.programme)).toEqual(
      listProgrammes().map(({ id }) => id),
    );
  });
  it('checks a file and says every fault', async () => {
    const { code, out } = await run(programme, [
      'check',
      `./${file('p.json', { ...juntos, anchorMonth: 13, extra: 1 })}`,
    ]);
    expect(code).toBe(2);
    expect(out).toMatch(/anchorMonth: must be at most 12/);
    expect(out).toMatch(/unknown field "extra"/);
    expect(out).toMatch(/anchorMonth: debe ser a lo más 12\n/);
    expect(out).toMatch(/definition: campo desconocido "extra": quítelo o corrija su nombre\n/);
  });
  it('says what to do where there is no such programme', async () => {
    const { code, out } = await run(programme, ['check', 'junto']);
    expect(code).toBe(2);
    expect(out).toMatch(/UNKNOWN_PROGRAMME: there is no programme junto\n {2}→ Nearest: juntos\./);
  });
  it('notes what is in order and often a slip, in both languages', async () => {
    const extra = { ...juntos, conditions: [...juntos.conditions, { ...juntos.conditions[0], id: 'extra' }] };
    const { code, out } = await run(programme, ['check', `./${file('extra.json', extra)}`]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /en orden \/ in order\n {2}aviso \/ note {2}conditions\[3\]\n.*mueve dinero\n.*no money depends on it\n/,
    );
  });
  it('explains in Spanish and in English', async () => {
    expect((await run(programme, ['explain', 'juntos'])).out).toMatch(
      /Incentivo base, cada período .*PEN 200.00 por hogar y bimestre/,
    );
    expect((await run(programme, ['explain', 'juntos', '--lang', 'en'])).out).toMatch(
      /Base incentive, each period .*PEN 200.00 per household/,
    );
  });
  it('lists the names that a case may use, which a bad case sends people to', async () => {
    const { out } = await run(programme, ['explain', 'juntos', '--lang', 'en']);
    expect(out).toMatch(
      /What a case may say\n[\s\S]*- sisfoh: .* \(of the household; extreme_poor, poor or non_poor\)\./,
    );
    expect(out).toMatch(/- pregnant: Pregnant \(of a member; yes or no: true or false\)\./);
    expect(out).toMatch(/- school_attendance: evidence — School attendance \(of a member; yes or no/);
    expect(out).toMatch(/- school: condition — School attendance; excused for age, health/);
    for (const { id } of listProgrammes())
      for (const lang of ['es', 'en'])
        expect((await run(programme, ['explain', id, '--lang', lang])).out).not.toMatch(/undefined|\[object/);
  });
  it('says instalments of each pregnancy', async () => {
    const { out } = await run(programme, ['explain', 'bolsa-familia-2011', '--lang', 'en']);
    expect(out).toMatch(
      /at most 9 months for each stretch with «Pregnant» = yes \(told apart by «Month in which the pregnancy was registered»\)/,
    );
    expect((await run(programme, ['explain', 'juntos', '--lang', 'en'])).out).toMatch(
      /at most 6 instalments/,
    );
  });
  it('says the last row of a table, which fits everybody else, as such', async () => {
    const women = await run(programme, ['explain', 'ingreso-etico-familiar', '--lang', 'en']);
    expect(women.out).toMatch(/«Year of the women's bonus \(1 to 4\)» 4: CLP 29438; otherwise: CLP 44157/);
    expect((await run(programme, ['explain', 'bolsa-familia-2023'])).out).toMatch(
      /en los demás casos: 12 meses/,
    );
  });
  it('compares two versions rule by rule', async () => {
    const changed = structuredClone(juntos);
    changed.parameters.base.values[0].value = '210.00';
    changed.benefits = changed.benefits.filter((benefit: { id: string }) => benefit.id !== 'tas');
    const { out } = await run(programme, ['diff', 'juntos', `./${file('new.json', changed)}`, '--json']);
    expect(
      JSON.parse(out).differences.map((item: { path: string; change: string }) => [item.path, item.change]),
    ).toEqual([
      ['benefits.tas', 'removed'],
      ['parameters.base 2020-09', 'changed'],
    ]);
    const same = await run(programme, ['diff', 'juntos', 'juntos']);
    expect([same.out, same.err]).toEqual([expect.stringMatching(/No differences/), '']);
    expect((await run(programme, ['diff', 'juntos', './new.json'])).err).toContain(
      'both are called 2025-07: give the new one a version of its own',
    );
    const renamed = `./${file('renamed.json', { ...changed, version: '2026-03' })}`;
    expect((await run(programme, ['diff', 'juntos', renamed])).err).toBe('');
  });
  it('runs a proposed version beside the current one', async () => {
    file('households.csv', 'household_id,territory,sisfoh\nH1,A,poor\nH2,B,poor\nH3,B,non_poor\n');
    file(
      'members.csv',
      'household_id,member_id,birth_date\nH1,M1,2015-01-01\nH2,M2,2015-01-01\nH3,M3,2015-01-01\n',
    );
    file(
      'evidence.csv',
      'subject,kind,period,value\nM1,school_attendance,2025-05,true\nM2,school_attendance,2025-05,false\nM9,school_attendance,2025-05,true\n',
    );
    const changed = structuredClone(juntos);
    changed.parameters.base.values[0].value = '250.00';
    const args = [
      'simulate',
      'juntos',
      `./${file('new.json', changed)}`,
      '--period',
      '2025-05',
      '--roster',
      '.',
      '--evidence',
      'evidence.csv',
      '--json',
    ];
    const answer = JSON.parse((await run(programme, args)).out);
    expect(answer).toMatchObject({
      rejected: 1,
      total: { households: 3, gain: 1, lose: 0, current: '200.00', proposed: '250.00', difference: '50.00' },
    });
    expect(
      answer.territories.map((item: { territory: string; comparison: { difference: string } }) => [
        item.territory,
        item.comparison.difference,
      ]),
    ).toEqual([
      ['A', '50.00'],
      ['B', '0.00'],
    ]);
    // Where no evidence of the period is given, the change shows in what waits for it; an exemption is read by its name.
    file(
      'exemptions.csv',
      'subject,condition,kind,from,until,reason\nM2,school,health,2025-05,2025-06,Ill\n',
    );
    file('none.csv', 'subject,kind,period,value\n');
    const { out } = await run(
      programme,
      args.flatMap((arg) =>
        arg === 'evidence.csv' ? ['none.csv', 'exemptions.csv'] : arg === '--json' ? [] : [arg],
      ),
    );
    expect(out).toContain('a pagar, vigente -> propuesta / payable, current -> proposed');
    expect(out).toMatch(/^A: 0\.00 -> 0\.00 \(0\.00\); retenido\/held 200\.00 -> 250\.00; hogares/m);
    expect(out).toMatch(/^B: 200\.00 -> 250\.00 \(50\.00\); retenido\/held 0\.00 -> 0\.00; hogares/m);
  });
  it('says how it is used', async () => {
    for (const args of [
      [],
      ['fly'],
      ['explain'],
      ['diff', 'juntos'],
      ['simulate', 'juntos', 'juntos', '--period', '2025-5x'],
    ])
      expect((await run(programme, args)).code).toBe(2);
  });
});

describe('every rule of every programme', () => {
  for (const { id } of listProgrammes())
    it(`${id} reads as sentences in both languages, without ids or leftovers`, () => {
      const definition = unwrap(loadProgramme(id, dir));
      for (const lang of ['es', 'en'] as const)
        for (const { sentences } of explainProgramme(definition, lang))
          for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|null|\[object|NaN/);
    });
});
