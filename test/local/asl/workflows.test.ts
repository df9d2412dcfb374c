import { createWorkflowsClient } from '../../../local/asl/client.ts';
import { workflowsContract } from '../../contract/workflows.contract.ts';
import { ask, machine, newFile, runtimeOf, until } from './support.ts';

workflowsContract('embedded runtime, from another connection', async () => {
  const file = newFile();
  const tokens = new Map<string, string>();
  const flow = machine({
    Ask: ask('Send', {
      Arguments: {
        FunctionName: 'Send',
        Payload: {
          TaskToken: '{% $states.context.Task.Token %}',
          name: '{% $states.context.Execution.Name %}',
        },
      },
      End: true,
    }),
  });
  const runtime = runtimeOf(
    { ask: flow },
    {
      Send: ({ TaskToken, name }: { TaskToken: string; name: string }) => {
        tokens.set(name, TaskToken);
        return null;
      },
    } as never,
    { file },
  );
  const client = createWorkflowsClient(file);
  const idOf = new Map<string, string>();
  /** The service, too, needs a moment between an answer and the end of the execution. */
  const settled = async (token: string, sent: 'sent' | 'gone') => {
    const name = [...tokens].find(([, each]) => each === token)?.[0] ?? '';
    if (sent === 'sent')
      await until(async () => (await client.describe(idOf.get(name)!))?.status !== 'RUNNING');
    return sent;
  };
  return {
    subject: {
      workflows: {
        ...client,
        sendTaskSuccess: async (token, output) => settled(token, await client.sendTaskSuccess(token, output)),
        sendTaskFailure: async (token, error, cause) =>
          settled(token, await client.sendTaskFailure(token, error, cause)),
      },
      tokenOf: async (name, id) => {
        idOf.set(name, id);
        await until(() => tokens.has(name));
        return tokens.get(name)!;
      },
    },
    end: async () => {
      client.close();
      await runtime.close();
    },
  };
});
