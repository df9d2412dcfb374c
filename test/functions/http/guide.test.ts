import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allRoutes } from '../../../functions/http/openapi.ts';
import { entryOf, type ProblemCode } from '../../../functions/support/http/texts.ts';

const guide = readFileSync(new URL('../../../docs/guides/http-api.md', import.meta.url), 'utf8');

it('the guide lists every route with its roles, and no other', () => {
  const rows = [...guide.matchAll(/^\| `((?:GET|PUT|POST) [^`]+)` \| .* \| (.*) \|$/gm)];
  expect(rows.map(([, name, roles]) => `${name}: ${roles}`)).toEqual(
    allRoutes.map(({ method, path, roles }) => `${method} ${path}: ${Object.keys(roles).join(', ')}`),
  );
});

it('the guide gives each problem code its own status', () => {
  const table = guide.slice(guide.indexOf('## Problems'));
  for (const [, statuses, codes] of table.matchAll(/^\| ([\d, ]+) \| (.*) \|$/gm))
    for (const [, code] of codes!.matchAll(/`(\w+)`/g))
      expect(statuses!.split(', '), code).toContain(String(entryOf(code as ProblemCode).status));
});
