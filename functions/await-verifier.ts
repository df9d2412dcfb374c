import { z } from 'zod';
import { decidedPk, queuePk } from './support/claims/keys.ts';
import { queueWrite } from './support/claims/queue.ts';
import { moveClaim } from './support/claims/record.ts';
import { ClaimStep, stepClaim } from './support/claims/step.ts';
import { step } from './support/handler.ts';

const Input = ClaimStep.extend({ token: z.string() });
const Output = z.object({ waiting: z.boolean() });

/** Puts a claim before the verifiers and waits by task token. Run again it keeps a decision that was made already. */
export const handler = step('AwaitVerifier', { input: Input, output: Output }, async (input, { ports }) => {
  const record = await stepClaim(ports, input);
  const { token } = input;
  if (record.state === 'checking') {
    await moveClaim(ports, record, {
      event: 'sampled',
      actor: 'system',
      to: 'awaiting_verifier',
      with: [queueWrite(record, ports.clock.now(), token)],
    });
    return { waiting: true };
  }
  if (record.state === 'awaiting_verifier') {
    const row = { pk: queuePk(record.programme), sk: record.id };
    const outcome = await ports.control.write([{ update: row, set: { token }, condition: { exists: 'pk' } }]);
    if (outcome.ok) return { waiting: true };
  }
  const decided = await ports.control.get({ pk: decidedPk(record.programme), sk: record.id });
  if (decided?.revision === record.revision)
    await ports.workflows.sendTaskSuccess(token, { verdict: String(decided.verdict) });
  return { waiting: decided?.revision !== record.revision };
});
