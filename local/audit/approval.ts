import { hashOf } from '../../domain/kernel/hash.ts';
import { minor, parseAmount } from '../../domain/kernel/money.ts';
import type { Proposal } from '../../functions/cross-check.ts';
import { proposalKey } from '../../functions/cross-check.ts';
import { approvalKey, cyclePk, frozenProgramme } from '../../functions/support/cycle.ts';
import { readJson } from '../../functions/support/jsonl.ts';
import type { Audit } from './audit.ts';

type Told = {
  readonly manifestHash: string;
  readonly payableMinor: number;
  readonly payables: number;
  readonly anomalies: number;
};

/**
 * Makes the proposal again, and checks that what was approved is its hash and its totals, by as many people as the
 * amount asks for, none of them its maker, nobody twice, and nobody who had submitted something that it pays.
 */
export async function checkApproval(audit: Audit): Promise<void> {
  const { bundle, findings, cycle, record, inputs } = audit;
  const { programme, period } = cycle;
  const told = ((await audit.repeat('CrossCheck', cycle)) as Told | undefined) ?? (await asStored(audit));
  const key = approvalKey(programme, period);
  const path = `control/${key.pk}/${key.sk}`;
  const approval = await bundle.control.get(key);
  if (!approval) return findings.differs({ path, what: 'missing' });
  findings.equal(path, 'status', approval.status, 'APPROVED');
  for (const name of ['manifestHash', 'payableMinor', 'payables', 'anomalies'] as const)
    if (told) findings.equal(path, name, approval[name], told[name]);
  findings.equal(`control/${key.pk}/CYCLE`, 'manifestHash', record.manifestHash, approval.manifestHash);
  findings.equal(path, 'maker', approval.maker, inputs.maker);

  const { definition } = await frozenProgramme(audit.ports, inputs);
  const threshold = parseAmount(definition.approval.secondCheckerFrom, definition.currency);
  const required = told && threshold !== undefined && minor(told.payableMinor) >= threshold ? 2 : 1;
  findings.equal(path, 'required', approval.required, required);
  const checkers = [approval.checker1, approval.checker2].filter((person) => typeof person === 'string');
  const wrong = (message: string) => findings.differs({ path, what: 'changed', message });
  findings.checked(checkers.length);
  if (checkers.length < required)
    wrong(`firmaron ${checkers.length} de ${required} / ${checkers.length} of ${required} approved`);
  if (new Set(checkers).size < checkers.length) wrong(`${checkers[0]} firmó dos veces / approved twice`);
  for (const person of checkers) {
    if (person === inputs.maker)
      wrong(`${person} elaboró este ciclo y lo firmó / made this cycle and approved it`);
    if (await bundle.control.get({ pk: cyclePk(programme, period), sk: `SUBMITTER#${person}` }))
      wrong(`${person} firmó lo que había presentado / approved what they had submitted`);
  }
}

/** The proposal as it is stored, where it cannot be made again. */
async function asStored({
  ports,
  cycle,
}: Audit): Promise<
  (Pick<Told, 'manifestHash' | 'payableMinor' | 'payables'> & { anomalies: number }) | undefined
> {
  const proposal = await readJson<Proposal>(ports.objects, proposalKey(cycle)).catch(() => undefined);
  return (
    proposal && {
      manifestHash: hashOf(proposal),
      payableMinor: proposal.totals.payables.totalMinor,
      payables: proposal.totals.payables.count,
      anomalies: Object.values(proposal.anomalies).reduce((a, b) => a + b, 0),
    }
  );
}
