import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STATE_FIELDS } from '../../../local/asl/validate/states.ts';

const page = readFileSync(new URL('../../../docs/asl-support.md', import.meta.url), 'utf8');
const OF_EVERY_STATE = ['Type', 'Comment', 'QueryLanguage'];

/** The names in a row of the page, in the order of the alphabet. */
function rowOf(state: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| ${state} |`)) ?? '';
  const outside = row.replace(/\(`[^)]*\)/g, '');
  return [...outside.matchAll(/`(\w+)`/g)].map(([, name]) => name!).sort();
}

test.each(Object.entries(STATE_FIELDS))('the support table names the fields of %s', (state, { fields }) => {
  const known = Object.keys(fields).filter((name) => !OF_EVERY_STATE.includes(name));
  expect(rowOf(state)).toEqual(known.sort());
});
