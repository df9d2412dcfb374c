/**
 * Pay for results at size: 100,000 claims from 200 institutes, from a file of cases to settled lines, on one core.
 * `node bench/settle.ts [institutes] [participants per institute]`; prints one JSON line with what it took.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadContract } from '../cli/commands/contract-files.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import { addDays, addMonths, type Day, monthOf } from '../domain/kernel/period.ts';
import { seeded } from '../domain/kernel/random.ts';
import { unwrap } from '../domain/kernel/result.ts';
import type { Claim } from '../domain/records/claim.ts';
import type { CaseParticipant } from '../domain/records/claim-case.ts';
import { settleContract } from '../domain/results/disbursement.ts';
import { drawSample, type Sampleable } from '../domain/results/sampling.ts';
import {
  type CheckPlan,
  checkClaim,
  claimIndexer,
  type Evidence,
  type PayrollRow,
} from '../domain/results/verification.ts';

const [institutes = 200, perInstitute = 250] = process.argv.slice(2).map(Number);
const MILESTONES = ['placement', 'retention3'];
const folder = mkdtempSync(join(tmpdir(), 'cumple-settle-'));
const random = seeded(1);
const contract = unwrap(loadContract('empleando-futuro-2017', folder));

function participant(institute: number, i: number): CaseParticipant {
  const start = addDays('2017-03-01' as Day, Math.floor(random() * 120));
  const end = addDays(start, 20 + Math.floor(random() * 250));
  return {
    id: `${institute}-${i}`,
    attributes: {
      birthDate: '1994-04-04',
      registeredOn: '2017-02-01',
      highSchool: true,
      sisben: '30',
      redUnidos: false,
      displaced: false,
      earlierProgramme: false,
    },
    events: [
      { kind: 'job', date: start, end, contract: 'formal', employer: `firm-${Math.floor(random() * 5000)}` },
    ],
    claims: MILESTONES,
  };
}

async function writeCases(path: string): Promise<void> {
  const file = createWriteStream(path);
  for (let k = 0; k < institutes; k++) {
    const participants = Array.from({ length: perInstitute }, (_, i) => participant(k, i));
    if (!file.write(`${JSON.stringify({ provider: `institute-${k}`, participants })}\n`))
      await new Promise<void>((done) => file.once('drain', () => done()));
  }
  await new Promise<void>((done) => file.end(() => done()));
}

type Case = { readonly provider: string; readonly participants: CaseParticipant[] };
async function* cases(path: string): AsyncGenerator<Case> {
  for await (const line of createInterface({ input: createReadStream(path) })) yield JSON.parse(line) as Case;
}
function* claimsOf({ provider, participants }: Case): Generator<Claim> {
  for (const person of participants)
    for (const milestone of MILESTONES)
      yield {
        id: `${person.id}.${milestone}`,
        contract: contract.id,
        participant: person.id,
        milestone,
        provider,
        submittedBy: `${provider}-clerk`,
        submittedOn: '2018-06-30',
        state: 'checking',
        events: person.events ?? [],
        documents: [{ sha256: sha256(person.id), bytes: 1, type: 'application/pdf', name: 'contract.pdf' }],
      };
}

const PLAN: CheckPlan = {
  job: { kinds: ['job'], employer: 'employer' },
  clusterAt: 8,
  leastAge: 14,
  minorOf: Number,
};
/** A payroll that agrees with nine jobs in ten. */
function payrollOf(person: CaseParticipant): PayrollRow[] {
  const event = person.events![0]!;
  const months: PayrollRow[] = [];
  for (
    let month = monthOf(event.date as Day);
    month <= monthOf(event.end as Day);
    month = addMonths(month, 1)
  )
    months.push({ person: person.id, employer: String(event.employer), month });
  return random() < 0.9 ? months : [];
}

/** Automatic checks and the sample. Documents and clusters are looked up over all institutes at once. */
async function checkAndSample(path: string): Promise<{ claims: number; refused: number; sampled: number }> {
  const indexer = claimIndexer(PLAN);
  for await (const one of cases(path)) for (const claim of claimsOf(one)) indexer.add(claim);
  let [claims, refused, sampled] = [0, 0, 0];
  for await (const one of cases(path)) {
    const evidence: Evidence = {
      payroll: new Map(one.participants.map((person) => [person.id, payrollOf(person)])),
    };
    const pool: Sampleable[] = [];
    for (const claim of claimsOf(one)) {
      claims += 1;
      const { decision, flagged } = checkClaim(claim, undefined, evidence, PLAN, indexer.index);
      if (decision === 'refuse') refused += 1;
      else pool.push({ id: claim.id, provider: claim.provider, tier: claim.milestone, flagged });
    }
    sampled += unwrap(drawSample(pool, { confidenceBp: 9500, marginBp: 500 }, 'seed')).size;
  }
  return { claims, refused, sampled };
}

/** Institute by institute, so that memory holds one at a time. */
async function settleAll(path: string): Promise<{ payableMinor: number; lines: number }> {
  let [payableMinor, lines] = [0, 0];
  for await (const { provider, participants } of cases(path)) {
    const result = settleContract(contract, {
      date: '2018-06-30',
      provider,
      participants,
      parameters: { unitPrice: '1000000.00' },
    });
    if (!result.ok) throw new Error(result.error.message);
    payableMinor += result.value.totals.payable;
    lines += result.value.lines.length;
  }
  return { payableMinor, lines };
}

const path = join(folder, 'cases.jsonl');
const started = performance.now();
await writeCases(path);
const generated = performance.now();
const checks = await checkAndSample(path);
const checked = performance.now();
const money = await settleAll(path);
const settled = performance.now();
rmSync(folder, { recursive: true, force: true });

const seconds = (from: number, to: number) => Math.round(to - from) / 1000;
process.stdout.write(
  `${JSON.stringify({
    institutes,
    ...checks,
    ...money,
    generateSeconds: seconds(started, generated),
    checkAndSampleSeconds: seconds(generated, checked),
    settleSeconds: seconds(checked, settled),
    settleMicrosecondsPerClaim: Math.round(((settled - checked) * 1000) / checks.claims),
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
);
