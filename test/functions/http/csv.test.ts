import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, NORTE, openWorld, SUR, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const HEADER = 'participant;milestone;kind;date;contract;employer;tier;person_kind;person_number;provider';
const post = (lines: string[], options: { key?: string; person?: typeof NORTE } = {}) => {
  const person = options.person ?? NORTE;
  return world.request(
    person,
    `POST ${base(person.provider!)}/claims/csv`,
    `\uFEFF${[HEADER, ...lines].join('\r\n')}\r\n`,
    {
      type: 'text/csv',
      ...(options.key && { key: options.key }),
    },
  );
};
const row = (id: string, more: Partial<Record<string, string>> = {}) => {
  const cells: Record<string, string> = {
    participant: id,
    milestone: 'placement',
    kind: 'job',
    date: '2026-01-12',
    contract: 'formal',
    employer: `empresa-${id}`,
    tier: 'A',
    ...more,
  };
  return HEADER.split(';')
    .map((name) => cells[name] ?? '')
    .join(';');
};
type Found = { line: number; code: string; path?: string; message: string };
const short = (issues: Found[]) =>
  issues.map(({ line, code, path }) => `${line} ${code} ${path ?? ''}`.trim());

describe('a CSV of claims', () => {
  it('says what is wrong with a row in the reader’s language, in whole sentences', async () => {
    const lines = [
      row('t1', { milestone: 'moon' }),
      't2;placement;job',
      row('t3', { kind: 'holiday' }),
      row('t4', { contract: '' }),
      row('t5', { date: '2026-02-30' }),
      row('t6', { provider: 'sur' }),
    ];
    const told = async (language: string) => {
      const { json } = await world.request(
        NORTE,
        `POST ${base('norte')}/claims/csv`,
        `${[HEADER, ...lines].join('\n')}\n`,
        { type: 'text/csv', headers: { 'accept-language': language } },
      );
      return (json.issues as Found[]).map(({ message }) => message);
    };
    expect(await told('en')).toEqual([
      expect.stringMatching(/^moon is no milestone that is claimed by person; the contract has placement/),
      'the row has 3 columns, the header 10',
      expect.stringMatching(/^holiday is not an event of this contract; it knows /),
      'contract is required here',
      'a calendar day, YYYY-MM-DD',
      'not the institute of the token',
    ]);
    expect(await told('es')).toEqual([
      expect.stringMatching(/^«moon» no es una meta que se reclame por persona; el contrato tiene placement/),
      'la fila tiene 3 columnas, el encabezado 10',
      expect.stringMatching(/^«holiday» no es un hecho de este contrato; conoce /),
      'aquí hace falta contract',
      'debe ser un día que existe, AAAA-MM-DD',
      'no es el instituto del token',
    ]);
  });
  it('and so does a single claim', async () => {
    const ask = (language: string) =>
      world.request(
        NORTE,
        `POST ${base('norte')}/claims`,
        {
          participant: 'nadie',
          milestone: 'moon',
          documents: [],
          events: [{ kind: 'job', date: '2026-01-40' }],
        },
        { key: `single-${language}`, headers: { 'accept-language': language } },
      );
    expect((await ask('es')).json.errors[0].message).toBe('debe ser un día que existe, AAAA-MM-DD');
    expect((await ask('en')).json.errors[0].message).toBe('a calendar day, YYYY-MM-DD');
  });
  it('takes the good rows and lists the bad ones by line', async () => {
    const { status, json } = await post([
      row('a1'),
      row('a2', { date: '2026-02-30' }),
      row('a3', { milestone: 'moon' }),
      'a4;placement;job',
      row('a5', { kind: 'holiday' }),
      row('a6', { contract: '' }),
      row('a7', { person_kind: 'do.cedula', person_number: '001-1391820-6' }),
      row('a8', { provider: 'sur' }),
      row('a9'),
      row('a9'),
      row('a1', { milestone: 'retention3' }),
      '',
      row('b1', { employer: '"Textiles; S.A."' }),
    ]);
    expect(status).toBe(200);
    expect(json.rows).toBe(12);
    expect(
      json.accepted.map(
        ({ line, participant, milestone }: { line: number; participant: string; milestone: string }) =>
          `${line} ${participant} ${milestone}`,
      ),
    ).toEqual(['2 a1 placement', '12 a1 retention3', '14 b1 placement']);
    expect(short(json.issues)).toEqual([
      '3 BAD_VALUE events.date',
      '4 UNKNOWN_MILESTONE milestone',
      '5 BAD_ROW',
      '6 UNKNOWN_EVENT events.0.kind',
      '7 MISSING_FIELD events.0.contract',
      '8 PERSON_NUMBER number.value',
      '9 OTHER_PROVIDER provider',
      '11 DUPLICATE_ROW',
    ]);
    const list = await world.request(NORTE, `GET ${base('norte')}/claims`);
    expect(list.json.items).toHaveLength(3);
  });

  it('answers the same file again with the same claims, and the same rows in another file as claimed before', async () => {
    const first = await post([row('c1'), row('c2')], { key: 'file-key-1' });
    const again = await post([row('c1'), row('c2')], { key: 'file-key-1' });
    expect(again.text).toBe(first.text);
    const other = await post([row('c1'), row('c3')], { key: 'file-key-2' });
    expect(short(other.json.issues)).toEqual(['2 DUPLICATE_CLAIM participant']);
    expect(other.json.accepted).toHaveLength(1);
    const sur = await post([row('c3')], { person: SUR });
    expect(sur.json.issues[0].message).toBe('placement de esta persona ya se reclamó el 2026-03-10');
  });

  it.each([
    ['no rows', HEADER, 'FILE_EMPTY', 422],
    ['a missing column', 'participant,milestone,kind\nx,y,z', 'FILE_HEADER', 422],
    ['an unknown column', `${HEADER};salary\n${row('z')};1`, 'FILE_HEADER', 422],
    ['an open quote', `${HEADER}\n${row('z', { employer: '"x' })}`, 'FILE_TRUNCATED', 422],
    ['no body', '', 'UNSUPPORTED_MEDIA_TYPE', 415],
  ])('refuses a file with %s', async (_what, text, code, status) => {
    const answer = await world.request(NORTE, `POST ${base('norte')}/claims/csv`, text, { type: 'text/csv' });
    expect(answer.json).toMatchObject({ code, status });
  });
});
