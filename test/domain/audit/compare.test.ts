import { describe, expect, it } from 'vitest';
import { compareObjects } from '../../../domain/audit/compare.ts';

const compare = (path: string, stored: string, recomputed: string) =>
  [...compareObjects(path, Buffer.from(stored), Buffer.from(recomputed))].map(
    ({ path: _path, what, subject = '', field = '', stored: was = '', recomputed: is = '', message = '' }) =>
      [what, subject, field, was, is, message].join('|').replace(/\|+$/, ''),
  );

describe('what differs between two versions of an object', () => {
  const lines = (...records: unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
  const [a, b] = [
    { household: 'A', due: 1 },
    { household: 'B', due: 2 },
  ];

  it('shows of long lines the part around the first difference, wherever it is', () => {
    const long = Array.from({ length: 60 }, (_, i) => `field-${i}`).join(',');
    for (const [at, shows] of [
      ['field-0', /^changed\|\|line 1\|FIELD,field-1,.*…\|field-0,field-1,.*…$/],
      ['field-30', /^changed\|\|line 1\|….*field-29,FIELD,field-31.*…\|….*field-29,field-30,field-31.*…$/],
      ['field-59', /^changed\|\|line 1\|….*,FIELD\|….*,field-59$/],
    ] as const) {
      const [told = ''] = compare('x.csv', long.replace(at, 'FIELD'), long);
      expect(told).toMatch(shows);
      for (const side of told.split('|').slice(3)) expect(side.length).toBeLessThanOrEqual(120);
    }
    expect(compare('x.csv', `${long},more`, long)[0]).toMatch(/,more\|….*,field-59$/);
    expect(compare('x.json', JSON.stringify({ a: `${long}1` }), JSON.stringify({ a: `${long}2` }))).toEqual([
      expect.stringMatching(/field-591"\|….*field-592"$/),
    ]);
  });

  it.each([
    ['equal bytes', 'x.jsonl', lines(a, b), lines(a, b), []],
    ['a field of a record', 'x.jsonl', lines(a, { ...b, due: 3 }), lines(a, b), ['changed|B|due|3|2']],
    ['a record that is gone', 'x.jsonl', lines(a), lines(a, b), ['missing|B|||{"household":"B","due":2}']],
    ['a record too many', 'x.jsonl', lines(a, b), lines(a), ['added|B||{"household":"B","due":2}']],
    [
      'the second record of one payee',
      'x.jsonl',
      lines(a, { ...a, due: 7 }),
      lines(a, a),
      ['changed|A|due|7|1'],
    ],
    [
      'a verdict, by its household',
      'x.jsonl',
      '["A",[{"s":"x"}]]\n',
      '["A",[{"s":"y"}]]\n',
      ['changed|A|[1][0].s|"x"|"y"'],
    ],
    ['a record that is no JSON', 'x.jsonl', '{"household":\n', '', ['added|||{"household":']],
    [
      'the same records in another order',
      'x.jsonl',
      lines(b, a),
      lines(a, b),
      [
        'changed|||||los mismos datos en otro orden o escritura / the same records in another order or spelling',
      ],
    ],
    ['a field that is not there', 'x.json', '{}', '{"a":{"b":[1]}}', ['changed||a||{"b":[1]}']],
    ['a list for an object', 'x.json', '{"a":[]}', '{"a":{}}', ['changed||a|[]|{}']],
    [
      'another spelling of one value',
      'x.json',
      '{ "a": 1 }',
      '{"a":1}',
      [
        'changed|||||los mismos datos en otro orden o escritura / the same records in another order or spelling',
      ],
    ],
    ['a line of a text', 'x.csv', 'a\nb\nc', 'a\nB\nc', ['changed||line 2|b|B']],
    ['a text cut short', 'x.xml', 'a', 'a\nb', ['changed||line 2||b']],
  ] as const)('%s', (_what, path, stored, recomputed, expected) => {
    expect(compare(path, stored, recomputed)).toEqual(expected);
  });

  it('names at most five fields of a record, and cuts long values', () => {
    const [was, is] = [1, 2].map((value) => JSON.stringify(Array.from({ length: 9 }, () => value)));
    expect(compare('x.json', was!, is!)).toHaveLength(5);
    expect(compare('x.txt', 'x'.repeat(500), '')[0]!.length).toBeLessThan(150);
  });
});
