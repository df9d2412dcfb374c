import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifest } from '../../functions/manifest.ts';
import { workflowFiles } from '../../infra/workflow-file.ts';
import { ROOT } from './assembly.ts';

// The package is CommonJS and has no types.
type Verdict = { isValid: boolean; errors: unknown[] };
const validateAsl = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => Verdict;
const files = workflowFiles();
const called = new Set(files.flatMap(({ placeholders }) => placeholders));

describe.each(files.map((file) => [file.name, file] as const))('workflow %s', (_name, file) => {
  const definition = JSON.parse(readFileSync(file.path, 'utf8'));

  test('is valid Amazon States Language', () => {
    const { isValid, errors } = validateAsl(definition);
    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  });

  test('speaks JSONata and uses only the three integrations that the local runtime has too', () => {
    expect(definition.QueryLanguage).toBe('JSONata');
    for (const resource of file.resources)
      expect(resource).toMatch(
        /^arn:aws:states:::(lambda:invoke(\.waitForTaskToken)?|states:startExecution\.sync:2|s3:getObject)$/,
      );
  });

  test('a Task that calls a function carries its name', () => {
    for (const [name, state] of tasksOf(definition)) {
      const placeholder = (state.Arguments as { FunctionName?: string }).FunctionName;
      if (placeholder !== undefined) expect(placeholder).toBe(`\${${name}Arn}`);
    }
  });

  test('every Task has a time limit, longer than its function where it waits for an answer, and retries faults', () => {
    for (const [name, state] of tasksOf(definition)) {
      expect(state.TimeoutSeconds, name).toBeGreaterThan(0);
      expect(JSON.stringify(state.Retry), name).toContain('"Fault"');
      const waits = String(state.Resource).endsWith('.waitForTaskToken');
      const limit = manifest.find((entry) => entry.name === name)?.timeoutSeconds ?? 0;
      if (waits) expect(state.TimeoutSeconds, name).toBeGreaterThan(limit);
    }
  });
});

test.each(manifest.map(({ name, file }) => [name, file]))(
  '%s of the manifest is the file %s',
  (name, file) => {
    const kebab = name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    expect(file).toBe(`functions/${kebab.replace(/^http-/, 'http/')}.ts`);
    expect(existsSync(join(ROOT, file))).toBe(true);
  },
);

test('names of the manifest are unique, and every placeholder is one of them', () => {
  const names = manifest.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const functions = [...called].filter((placeholder) => !placeholder.endsWith('MachineArn'));
  expect(functions.filter((placeholder) => !names.includes(placeholder.replace(/Arn$/, '')))).toEqual([]);
});

type State = {
  Type: string;
  Resource?: string;
  Arguments?: object;
  TimeoutSeconds?: number;
  Retry?: object[];
};

/** Task states by name, also those inside maps and branches. */
function tasksOf(machine: { States: Record<string, State> }): [string, State][] {
  return Object.entries(machine.States).flatMap(([name, state]) => {
    const { ItemProcessor, Branches = [] } = state as { ItemProcessor?: never; Branches?: never[] };
    const inner = [...(ItemProcessor ? [ItemProcessor] : []), ...Branches];
    const own: [string, State][] = state.Type === 'Task' ? [[name, state]] : [];
    return [...own, ...inner.flatMap(tasksOf)];
  });
}
