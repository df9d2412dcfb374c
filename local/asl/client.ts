import type { Workflows } from '../../adapters/ports.ts';
import { storeAnswer } from './answers.ts';
import { storeStart } from './start.ts';
import { asExecution, executionRow, openStore } from './store.ts';

/**
 * The Workflows port for another thread or process than the runtime's: it writes rows that the runtime finds
 * within a few tens of milliseconds. Opens the file when first used.
 */
export function createWorkflowsClient(file: string): Workflows & { close(): void } {
  let opened: ReturnType<typeof openStore> | undefined;
  const db = () => {
    opened ??= openStore(file);
    return opened;
  };
  return {
    async start(workflow, name, input) {
      return { id: storeStart(db(), Date.now(), workflow, name, input).id };
    },
    async describe(id) {
      const row = executionRow(db(), id);
      return row && asExecution(row);
    },
    async sendTaskSuccess(token, output) {
      return storeAnswer(db(), token, { output: (output ?? null) as null }) ? 'sent' : 'gone';
    },
    async sendTaskFailure(token, error, cause) {
      return storeAnswer(db(), token, { error, cause }) ? 'sent' : 'gone';
    },
    close() {
      opened?.close();
      opened = undefined;
    },
  };
}
