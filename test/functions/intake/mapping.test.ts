import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, intakeDesk } from './driver.ts';

let desk: Desk;
beforeEach(() => {
  desk = intakeDesk();
});
afterEach(() => desk.close());

const root = fileURLToPath(new URL('../../../', import.meta.url));
const MINISTRY = {
  version: 1,
  dates: 'DD/MM/YYYY',
  decimal: ',',
  households: {
    file: 'hogares.csv',
    id: 'COD_HOGAR',
    territory: 'DISTRITO',
    attributes: {
      sisfoh: { column: 'CSE', values: { NP: 'non_poor', P: 'poor', PE: 'extreme_poor' } },
      income: { column: 'INGRESO', type: 'number' },
      urban: { column: 'URBANO', type: 'boolean', empty: 'no' },
    },
    payee: {
      name: 'TITULAR',
      account: 'CUENTA',
      channel: { column: 'CUENTA', values: { '': 'cash' }, otherwise: 'account' },
    },
  },
  members: {
    file: 'personas.csv',
    id: 'DNI',
    household: 'COD_HOGAR',
    birthDate: 'F_NAC',
    sex: { column: 'SEXO', values: { H: 'M', M: 'F' } },
  },
};
const files = (households: string, members: string) => [
  {
    role: 'households',
    name: 'hogares.csv',
    body: `COD_HOGAR;DISTRITO;CSE;INGRESO;URBANO;TITULAR;CUENTA\n${households}`,
  },
  { role: 'members', name: 'personas.csv', body: `COD_HOGAR;DNI;F_NAC;SEXO\n${members}` },
];

test("a ministry's own export needs no editing", async () => {
  const answer = await desk.take(
    'roster',
    files('7;Ñuñoa;PE;1234,5;;Rosa Quispe;0180-0000 01\n', '7;12345678;29/02/2016;H\n'),
    MINISTRY,
  );
  expect(await desk.lines('roster', answer.batch, 'households')).toEqual([
    {
      id: '7',
      territory: 'Ñuñoa',
      attributes: { sisfoh: 'extreme_poor', income: 1234.5, urban: false },
      members: [{ id: '12345678', birthDate: '2016-02-29', sex: 'M', attributes: {} }],
      payee: { name: 'Rosa Quispe', channel: 'account', account: '0180000001' },
    },
  ]);
});

test.each([
  ['a word that the mapping does not list', '7;A;XX;1;no;R;1\n', /CSE is "XX", expected one of NP, P, PE/],
  [
    'a decimal point where commas are written',
    '7;A;P;1.5x;no;R;1\n',
    /INGRESO is "1\.5x", expected a number with ","/,
  ],
])('%s is a bad row', async (_what, row, message) => {
  const answer = await desk.take('roster', files(`1;A;P;1;no;R;1\n${row}`, '1;2;01/01/2015;M\n'), MINISTRY);
  expect(await desk.lines('roster', answer.batch, 'quarantine')).toMatchObject([
    { line: 3, message: expect.stringMatching(message) },
  ]);
});

test('a mapping with an unknown field is refused with its path', async () => {
  const call = desk.take('roster', files('', ''), {
    ...MINISTRY,
    households: { ...MINISTRY.households, colour: 'x' },
  });
  await expect(call).rejects.toMatchObject({
    name: 'BAD_INPUT',
    message: expect.stringMatching(/households: .*colour/),
  });
});

describe('one joined file, a row per member', () => {
  const joined = {
    ...MINISTRY,
    households: { ...MINISTRY.households, file: 'todo.csv', attributes: { sisfoh: 'CSE' }, payee: undefined },
    members: { ...MINISTRY.members, file: 'todo.csv' },
  };
  const take = (rows: string) =>
    desk.take(
      'roster',
      [{ role: 'households', name: 'todo.csv', body: `COD_HOGAR;DISTRITO;CSE;DNI;F_NAC;SEXO\n${rows}` }],
      joined,
    );
  test('gives households with their members', async () => {
    const answer = await take('7;A;P;1;01/01/2015;M\n8;B;P;3;01/01/2015;M\n7;A;P;2;01/01/2016;H\n');
    expect(answer).toMatchObject({ received: 3, accepted: 3, households: 2, members: 3 });
    expect(await desk.lines('roster', answer.batch, 'households')).toMatchObject([
      { id: '7', territory: 'A', members: [{ id: '1' }, { id: '2' }] },
      { id: '8', members: [{ id: '3' }] },
    ]);
  });
  test('a row whose household columns differ, and a person listed twice, are set aside', async () => {
    const answer = await take('7;A;P;1;01/01/2015;M\n7;B;P;2;01/01/2016;H\n8;A;P;1;01/01/2015;M\n');
    expect(answer.byCode).toEqual({ CONFLICTING_HOUSEHOLD: 1, DUPLICATE_MEMBER: 1 });
  });
});

test('the sample that ships: one unknown household, one repeated row, all else accepted', async () => {
  const sample = (role: string, name: string) => ({
    role,
    name,
    body: readFileSync(`${root}programmes/pe/juntos/sample/${name}`),
  });
  const roster = await desk.take('roster', [
    sample('households', 'households.csv'),
    sample('members', 'members.csv'),
  ]);
  expect(roster).toMatchObject({ households: 16, members: 37, byCode: { UNKNOWN_HOUSEHOLD: 1 } });
  const evidence = await desk.take('evidence', [
    sample('evidence', 'evidence.csv'),
    sample('exemptions', 'exemptions.csv'),
  ]);
  expect(evidence).toMatchObject({ exemptions: 2, byCode: { DUPLICATE_EVIDENCE: 1 } });
});

const data = `${root}../shared/data/progresa-1998`;
test.skipIf(!existsSync(data))(
  'PROGRESA 1998 is read whole (skipped where ../shared/data is absent)',
  async () => {
    const mapping = JSON.parse(
      readFileSync(`${root}programmes/mx/progresa-1998/mapping.json`, 'utf8'),
    ) as unknown;
    const file = (role: string, name: string) => ({ role, name, body: readFileSync(`${data}/${name}`) });
    const roster = await desk.take(
      'roster',
      [file('households', 'households.csv'), file('members', 'members.csv')],
      mapping,
    );
    expect(roster).toMatchObject({ households: 15_655, members: 38_625, rejected: 0 });
    const evidence = await desk.take('evidence', [file('evidence', 'school-enrolment.csv')], mapping);
    expect(evidence).toMatchObject({ rows: 32_108, rejected: 0, shards: 2 });
    const rows = [
      ...(await desk.lines<{ value: boolean }>('evidence', evidence.batch, 'rows')),
      ...(await desk.lines<{ value: boolean }>('evidence', evidence.batch, 'rows', 1)),
    ];
    expect(rows.filter((row) => row.value).length).toBe(26_539);
  },
);
