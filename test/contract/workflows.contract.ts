import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workflows } from '../../adapters/ports.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { Subject } from './objects.contract.ts';

/** A workflow named `ask` of one state that waits for a callback; `tokenOf` gives the token of an execution. */
export type AskingWorkflows = {
  readonly workflows: Workflows;
  readonly tokenOf: (executionName: string, id: string) => Promise<string>;
};

/** What every Workflows does. */
export function workflowsContract(name: string, open: () => Promise<Subject<AskingWorkflows>>): void {
  describe(`workflows: ${name}`, () => {
    let subject: AskingWorkflows;
    let end: Subject<AskingWorkflows>['end'];
    beforeAll(async () => {
      ({ subject, end } = await open());
    });
    afterAll(() => end?.());
    const start = (execution: string, input: unknown) => subject.workflows.start('ask', execution, input);

    test('starting twice under one name with the same input is one execution', async () => {
      const first = await start('twice', { a: 1, b: [2] });
      expect(await start('twice', { b: [2], a: 1 })).toEqual(first);
      expect(await subject.workflows.describe(first.id)).toEqual({ id: first.id, status: 'RUNNING' });
    });

    test('with another input it is a conflict', async () => {
      await start('other-input', { a: 1 });
      await expect(start('other-input', { a: 2 })).rejects.toMatchObject({ name: 'CONFLICT' });
      await expect(start('other-input', { a: 2 })).rejects.toBeInstanceOf(Refused);
    });

    test('an answer ends the wait, once', async () => {
      const { id } = await start('answered', {});
      const token = await subject.tokenOf('answered', id);
      expect(await subject.workflows.sendTaskSuccess(token, { approved: true })).toBe('sent');
      expect(await subject.workflows.sendTaskSuccess(token, { approved: false })).toBe('gone');
      expect(await subject.workflows.sendTaskFailure(token, 'LATE', 'too late')).toBe('gone');
      const ended = { id, status: 'SUCCEEDED', output: { approved: true } };
      expect(await subject.workflows.describe(id)).toEqual(ended);
    });

    test('a closed execution is still the same execution for the same name and input', async () => {
      const { id } = await start('closed', { a: 1 });
      await subject.workflows.sendTaskSuccess(await subject.tokenOf('closed', id), null);
      expect(await start('closed', { a: 1 })).toEqual({ id });
      await expect(start('closed', { a: 2 })).rejects.toMatchObject({ name: 'CONFLICT' });
    });

    test('a failure carries its error and cause', async () => {
      const { id } = await start('refused', {});
      const token = await subject.tokenOf('refused', id);
      expect(await subject.workflows.sendTaskFailure(token, 'REFUSED', 'not now')).toBe('sent');
      const ended = await subject.workflows.describe(id);
      expect(ended).toEqual({ id, status: 'FAILED', error: 'REFUSED', cause: 'not now' });
    });

    test('a token that never was is gone; an execution that never was is undefined', async () => {
      expect(await subject.workflows.sendTaskSuccess('no such token', {})).toBe('gone');
      const { id } = await start('known', {});
      expect(await subject.workflows.describe(`${id}-not`)).toBeUndefined();
    });

    test.each(['', 'a b', 'a/b', 'x'.repeat(81)])('the execution name %j is refused', async (bad) => {
      await expect(start(bad, {})).rejects.toThrow(/execution name/);
    });
  });
}
