import { sfnWorkflows } from '../../adapters/aws/workflows.ts';
import { fakeSfn } from './fakes/sfn.ts';
import { workflowsContract } from './workflows.contract.ts';

workflowsContract('Step Functions (commands answered in memory)', async () => {
  const { client, mock } = fakeSfn();
  const workflows = sfnWorkflows(
    client,
    (name) => `arn:aws:states:us-east-1:123456789012:stateMachine:cumple-${name}`,
  );
  return {
    subject: { workflows, tokenOf: async (name) => `token of ${name}` },
    end: () => mock.restore(),
  };
});
