import { z } from 'zod';
import type { Condition, Item, Ports } from '../adapters/ports.ts';
import { Refused } from '../domain/kernel/result.ts';
import { approvalKey, cycleKey, cyclePk, Period } from './support/cycle.ts';
import { step } from './support/handler.ts';

const Input = z.object({
  programme: z.string(),
  period: Period,
  person: z.string().min(1),
  manifestHash: z.string(),
  decision: z.enum(['approve', 'refuse', 'withdraw']),
  reason: z.string().optional(),
});
const Output = z.object({
  status: z.enum(['PENDING', 'APPROVED', 'REFUSED']),
  checkers: z.array(z.string()),
});

/**
 * Records one checker's decision on a manifest. Maker <> checker, checker 1 <> checker 2, no approver who
 * submitted evidence, and the manifest still being the one shown are conditions of the write itself, so no
 * screen or second request can get around them. The decision that completes the approval wakes the cycle. The
 * maker has one word in it: to withdraw a proposal that is still undecided, so that it can be made again.
 */
export const handler = step('RecordApproval', { input: Input, output: Output }, async (input, { ports }) => {
  const key = approvalKey(input.programme, input.period);
  const current = await ports.control.get(key);
  if (!current) throw notProposed(input.programme, input.period);
  if (input.decision === 'withdraw') return withdraw(ports, current, input);
  const refused = why(current, input.person, input.manifestHash);
  if (refused) throw refused;
  if (checkersOf(current).includes(input.person)) return finish(ports, current);
  const first = current.checker1 === undefined;
  const approved = input.decision === 'approve' && (!first || current.required === 1);
  const status = input.decision === 'refuse' ? 'REFUSED' : approved ? 'APPROVED' : 'PENDING';
  const slot = first ? 'checker1' : 'checker2';
  const outcome = await ports.control.write([
    {
      update: key,
      set: {
        status,
        [slot]: input.person,
        [`${slot}At`]: ports.clock.now(),
        ...(input.reason && { reason: input.reason }),
      },
      condition: { all: conditionsOf(input.person, input.manifestHash, slot) },
    },
    {
      check: { pk: cyclePk(input.programme, input.period), sk: `SUBMITTER#${input.person}` },
      condition: { absent: 'pk' },
    },
    ...(status === 'PENDING' ? [] : [{ update: cycleKey(input.programme, input.period), set: { status } }]),
  ]);
  const stored = await ports.control.get(key);
  if (!outcome.ok) {
    if (outcome.failed === 1) throw selfApproval(`${input.person} submitted evidence of this cycle`);
    throw why(stored!, input.person, input.manifestHash) ?? busy();
  }
  return finish(ports, stored!);
});

/** Takes an undecided proposal back; only its maker can. Nothing has gone to the bank. */
async function withdraw(ports: Ports, approval: Item, input: z.output<typeof Input>) {
  const { programme, period, person, manifestHash } = input;
  if (approval.maker !== person)
    throw new Refused({
      code: 'NOT_ALLOWED',
      message: `only ${String(approval.maker)}, who made this proposal, can withdraw it`,
      next: 'an approver refuses it instead',
    });
  const reason = input.reason ?? 'withdrawn by its maker';
  const outcome = await ports.control.write([
    {
      update: approvalKey(programme, period),
      set: { status: 'REFUSED', withdrawn: true, reason },
      condition: {
        all: [
          { field: 'manifestHash', is: '=', value: manifestHash },
          { field: 'maker', is: '=', value: person },
          {
            any: [
              { field: 'status', is: '=', value: 'PENDING' },
              { field: 'withdrawn', is: '=', value: true },
            ],
          },
        ],
      },
    },
    { update: cycleKey(programme, period), set: { status: 'REFUSED' } },
  ]);
  const stored = (await ports.control.get(approvalKey(programme, period)))!;
  if (!outcome.ok) throw why(stored, '', manifestHash) ?? busy();
  return finish(ports, stored);
}

function conditionsOf(person: string, manifestHash: string, slot: 'checker1' | 'checker2'): Condition[] {
  const conditions: Condition[] = [
    { field: 'status', is: '=', value: 'PENDING' },
    { field: 'manifestHash', is: '=', value: manifestHash },
    { field: 'maker', is: '<>', value: person },
    { absent: slot },
  ];
  if (slot === 'checker2')
    conditions.push({ exists: 'checker1' }, { field: 'checker1', is: '<>', value: person });
  return conditions;
}

/** The refusal that a stored approval gives this person, most specific first; undefined where none stands. */
function why(approval: Item, person: string, manifestHash: string): Refused | undefined {
  if (approval.manifestHash !== manifestHash)
    return new Refused({
      code: 'STALE_MANIFEST',
      message: `manifest ${manifestHash.slice(0, 16)} is not the one proposed (${String(approval.manifestHash).slice(0, 16)})`,
      next: 'read the current proposal and decide on its hash',
    });
  if (approval.maker === person) return selfApproval(`${person} made this cycle and cannot approve it`);
  if (approval.status !== 'PENDING' && !checkersOf(approval).includes(person))
    return new Refused({
      code: 'WRONG_STAGE',
      message: `this proposal is already ${approval.status}`,
      next: 'nothing is left to decide',
    });
  if (approval.status === 'PENDING' && approval.checker1 === person)
    return new Refused({
      code: 'SAME_CHECKER',
      message: `${person} has approved already; the second checker must be somebody else`,
      next: 'ask another approver',
    });
  return undefined;
}

async function finish(ports: Ports, approval: Item) {
  const token = String(approval.token);
  if (approval.status === 'APPROVED')
    await ports.workflows.sendTaskSuccess(token, {
      approved: true,
      manifestHash: String(approval.manifestHash),
    });
  if (approval.status === 'REFUSED')
    await ports.workflows.sendTaskFailure(
      token,
      'APPROVAL_REFUSED',
      String(approval.reason ?? 'refused by a checker'),
    );
  return { status: approval.status as 'PENDING', checkers: checkersOf(approval) };
}

const checkersOf = (approval: Item): string[] =>
  [approval.checker1, approval.checker2].filter((person) => typeof person === 'string');
const selfApproval = (message: string) =>
  new Refused({ code: 'SELF_APPROVAL', message, next: 'ask an approver who did not take part' });
const notProposed = (programme: string, period: string) =>
  new Refused({
    code: 'CYCLE_NOT_FOUND',
    message: `cycle ${period} of ${programme} has nothing to approve`,
    next: 'run the cycle up to its proposal',
  });
const busy = () =>
  new Refused({
    code: 'CONFLICT',
    message: 'another checker decided at the same moment',
    next: 'read the proposal again',
  });
