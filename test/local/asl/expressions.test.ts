import { describe, expect, test } from 'vitest';
import { run } from './support.ts';

const value = async (expression: string, input: unknown = {}) => {
  const got = await run(
    { Show: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } },
    { input: input as never },
  );
  return got.status === 'SUCCEEDED' ? got.output : got.error;
};

describe('what Step Functions adds to JSONata', () => {
  test.each([
    ['$partition([1,2,3,4], 3)', [[1, 2, 3], [4]]],
    ['$partition([1,2], 0)', 'States.QueryEvaluationError'],
    ['$range(1, 9, 4)', [1, 5, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 1, 1)', 1],
    ['$range(1, 2, 0)', 'States.QueryEvaluationError'],
    ['$range(0, 1000, 1)', 'States.QueryEvaluationError'],
    ["$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["$hash('abc', 'SHA-3')", 'States.QueryEvaluationError'],
    ['$random(7) = $random(7)', true],
    ['$random() < 1', true],
    ['$parse(\'{"a": [1]}\').a', [1]],
    ["$parse('{')", 'States.QueryEvaluationError'],
    ['$length($uuid())', 36],
    ["$eval('1')", 'States.QueryEvaluationError'],
    ['$millis() = $toMillis($now())', true],
    ["$now('[Y0001]') = $substring($now(), 0, 4)", true],
  ])('%s', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });
});

describe('plain paths take a short cut that gives what JSONata gives', () => {
  test.each([
    ['$states.input', [], []],
    ['$states.input', [1], [1]],
    ['$states.input.a', { a: null }, null],
    ['$states.input.a', { a: [] }, []],
    ['$states.input.a', { a: [[1]] }, [[1]]],
    ['$states.input.a', {}, 'States.QueryEvaluationError'],
    ['$states.input.a.b', { a: [{ b: 1 }, { b: 2 }] }, [1, 2]],
    ['$states.input.a.b', { a: [{ b: 1 }] }, 1],
    ['$states.input.constructor', {}, 'States.QueryEvaluationError'],
  ])('%s of %j', async (expression, input, expected) => {
    expect(await value(expression, input)).toEqual(expected);
    // the same, kept off the short cut
    expect(await value(`(${expression})`, input)).toEqual(expected);
  });
});

test.each([['$states'], ['$x']])('%s that is a function or nothing is an error', async (name) => {
  expect(await value(name === '$states' ? '$sum' : name)).toBe('States.QueryEvaluationError');
});

test('a key called __proto__ stays a key', async () => {
  const definition = JSON.parse('{"Show":{"Type":"Pass","Output":{"__proto__":{"a":1}},"End":true}}');
  expect(JSON.stringify((await run(definition)).output)).toBe('{"__proto__":{"a":1}}');
});
