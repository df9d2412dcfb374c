import { z } from 'zod';
import type { Item } from '../adapters/ports.ts';
import { minor, parseAmount } from '../domain/kernel/money.ts';
import { contractsByProgramme } from './support/claims/contracts.ts';
import { barFromApproving } from './support/claims/list.ts';
import { barSubmitters } from './support/corrections/freeze.ts';
import {
  approvalKey,
  CycleRef,
  cycleKey,
  cycleRecord,
  frozenInputs,
  frozenProgramme,
} from './support/cycle.ts';
import { step } from './support/handler.ts';

const Input = z.object({
  cycle: CycleRef.loose(),
  proposal: z.object({
    manifestHash: z.string(),
    payableMinor: z.number().int(),
    payables: z.number().int(),
    anomalies: z.number().int(),
  }),
  token: z.string(),
});
const Output = z.object({ waiting: z.boolean() });

const refusalOf = (approval: Item): string =>
  `${String(approval.checker2 ?? approval.checker1)} refused this proposal: ${String(approval.reason ?? 'no reason given')}`;

/**
 * Puts a proposal before the approvers and waits by task token. One checker suffices below the definition's
 * amount, two from it on. Run again it keeps the decisions made on the same manifest; an approval that was
 * complete before a crash is answered at once, and so is a refusal: what a checker has refused is not put forward
 * again unchanged. A proposal that its maker withdrew is.
 */
export const handler = step(
  'AwaitApproval',
  { input: Input, output: Output },
  async ({ cycle, proposal, token }, { ports }) => {
    const { programme, period } = cycle;
    // Whoever asserted or verified a result that this cycle pays, or asked for a correction, cannot approve it.
    const inputs = await frozenInputs(ports, cycle);
    const claimed = await contractsByProgramme(ports, inputs.contracts);
    for (const scope of new Set([programme, ...claimed.keys()]))
      await barFromApproving(ports, scope, { programme, period });
    await barSubmitters(ports, cycle, inputs);
    const { definition } = await frozenProgramme(ports, inputs);
    const record = await cycleRecord(ports, programme, period);
    const threshold = parseAmount(definition.approval.secondCheckerFrom, definition.currency);
    const required = threshold !== undefined && minor(proposal.payableMinor) >= threshold ? 2 : 1;
    const key = approvalKey(programme, period);
    const outcome = await ports.control.write([
      {
        put: {
          ...key,
          status: 'PENDING',
          maker: String(record.maker),
          manifestHash: proposal.manifestHash,
          payableMinor: proposal.payableMinor,
          payables: proposal.payables,
          anomalies: proposal.anomalies,
          required,
          token,
          proposedAt: ports.clock.now(),
        },
        condition: {
          any: [
            { absent: 'pk' },
            { field: 'manifestHash', is: '<>', value: proposal.manifestHash },
            { field: 'withdrawn', is: '=', value: true },
          ],
        },
      },
      {
        update: cycleKey(programme, period),
        set: { status: 'PROPOSED', manifestHash: proposal.manifestHash },
      },
    ]);
    if (outcome.ok) return { waiting: true };
    await ports.control.write([{ update: key, set: { token } }]);
    const approval = await ports.control.get(key);
    if (approval?.status === 'APPROVED')
      await ports.workflows.sendTaskSuccess(token, { approved: true, manifestHash: proposal.manifestHash });
    if (approval?.status === 'REFUSED')
      await ports.workflows.sendTaskFailure(token, 'APPROVAL_REFUSED', refusalOf(approval));
    return { waiting: approval?.status === 'PENDING' };
  },
);
