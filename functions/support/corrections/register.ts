import type { Item, Ports } from '../../../adapters/ports.ts';
import { canonicalJson } from '../../../domain/kernel/hash.ts';
import type { CorrectionCase } from '../../../domain/records/correction.ts';
import { rowsOf } from '../claims/list.ts';
import { type Said, SaidRefusal } from '../http/said.ts';
import {
  type Decidable,
  type Decision,
  decidableBy,
  decidedSo,
  decisionFields,
  registerPage,
  selfApproval,
} from '../register.ts';

export const CORRECTION_STATES = ['SUBMITTED', 'APPROVED', 'REFUSED', 'APPLIED'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** What has become of a correction, in words. */
export const CORRECTION_STATE_WORDS: Readonly<Record<CorrectionState, Said>> = {
  SUBMITTED: { es: 'presentada', en: 'submitted' },
  APPROVED: { es: 'aprobada', en: 'approved' },
  REFUSED: { es: 'rechazada', en: 'refused' },
  APPLIED: { es: 'aplicada', en: 'applied' },
};

/** A correction in the register: what is asked, who asked and who decided. */
export type CorrectionRecord = Decidable<CorrectionState> & {
  readonly correction: CorrectionCase;
  /** The cycle that paid or took it. */
  readonly appliedIn?: string;
};

const registerPk = (programme: string) => `P#${programme}#CORRECTIONS`;
const keyOf = (programme: string, id: string) => ({ pk: registerPk(programme), sk: id });

const recordOf = (item: Item): CorrectionRecord => {
  const { pk: _pk, sk: _sk, ...record } = item;
  return record as unknown as CorrectionRecord;
};

/**
 * Enters a correction. The same one again changes nothing; another one under its id is refused
 * (IDEMPOTENCY_MISMATCH). Nothing is paid before somebody else approves it.
 */
export async function submitCorrection(
  ports: Ports,
  correction: CorrectionCase,
  person: string,
): Promise<CorrectionRecord> {
  const record: CorrectionRecord = {
    correction,
    state: 'SUBMITTED',
    submittedBy: person,
    submittedAt: ports.clock.now(),
  };
  const key = keyOf(correction.programme, correction.id);
  const outcome = await ports.control.write([
    { put: { ...key, ...record } as unknown as Item, condition: { absent: 'pk' } },
  ]);
  if (outcome.ok) return record;
  const stored = recordOf(outcome.item!);
  if (canonicalJson(stored.correction) === canonicalJson(correction) && stored.submittedBy === person)
    return stored;
  throw new SaidRefusal(
    'IDEMPOTENCY_MISMATCH',
    {
      es: `la corrección ${correction.id} ya se presentó, con otro contenido o por otra persona`,
      en: `correction ${correction.id} was submitted before, with other content or by another person`,
    },
    { next: { es: 'dé a esta un identificador propio', en: 'give this one an id of its own' } },
  );
}

export type CorrectionDecision = Decision & { readonly programme: string; readonly id: string };

/**
 * Approves or refuses a correction that waits. That the person is not its submitter is a condition of the write
 * (SELF_APPROVAL). The same decision again changes nothing; another one is refused (WRONG_STAGE).
 */
export async function decideCorrection(
  ports: Ports,
  { programme, id, ...decision }: CorrectionDecision,
): Promise<CorrectionRecord> {
  const set = decisionFields(ports, decision);
  const { person } = decision;
  await correctionOf(ports, programme, id);
  const outcome = await ports.control.write([
    { update: keyOf(programme, id), set, condition: { all: decidableBy(person) } },
  ]);
  const stored = await correctionOf(ports, programme, id);
  if (outcome.ok || decidedSo(stored, set)) return stored;
  if (stored.submittedBy === person)
    throw selfApproval(person, { es: `la corrección ${id}`, en: `correction ${id}` });
  throw new SaidRefusal(
    'WRONG_STAGE',
    {
      es: `la corrección ${id} ya está ${CORRECTION_STATE_WORDS[stored.state].es}`,
      en: `correction ${id} is ${CORRECTION_STATE_WORDS[stored.state].en} already`,
    },
    {
      next: {
        es: 'presente una corrección nueva si hay algo más que cambiar',
        en: 'submit a new correction where more is to be changed',
      },
    },
  );
}

/** A correction by its id. Refused: none (NOT_FOUND). */
export async function correctionOf(ports: Ports, programme: string, id: string): Promise<CorrectionRecord> {
  const item = await ports.control.get(keyOf(programme, id));
  if (item) return recordOf(item);
  throw new SaidRefusal(
    'NOT_FOUND',
    {
      es: `el programa ${programme} no tiene la corrección ${id}`,
      en: `programme ${programme} has no correction ${id}`,
    },
    { next: '`cumple correction list` shows them' },
  );
}

/** Every correction of a programme, by id. */
export async function* correctionsOf(ports: Ports, programme: string): AsyncGenerator<CorrectionRecord> {
  for await (const item of rowsOf(ports, registerPk(programme))) yield recordOf(item);
}

/** A page of a programme's corrections, by id; of one state where it is given (registerPage). */
export async function correctionsPage(
  ports: Ports,
  programme: string,
  query: { state?: CorrectionState | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: CorrectionRecord[]; next?: string }> {
  const { items, ...next } = await registerPage(ports, registerPk(programme), query);
  return { items: items.map(recordOf), ...next };
}

/** Notes that a cycle applied an approved correction; again changes nothing. */
export async function markApplied(
  ports: Ports,
  programme: string,
  id: string,
  period: string,
): Promise<void> {
  await ports.control.write([
    {
      update: keyOf(programme, id),
      set: { state: 'APPLIED', appliedIn: period },
      condition: { field: 'state', is: '=', value: 'APPROVED' },
    },
  ]);
}
