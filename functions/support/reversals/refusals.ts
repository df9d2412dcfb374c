import type { ClaimRecord } from '../claims/record.ts';
import { CLAIM_STATE_WORDS } from '../claims/state-words.ts';
import { type Said, SaidRefusal } from '../http/said.ts';
import { selfApproval } from '../register.ts';
import type { Actor, ReversalRecord, ReversalState } from './register.ts';

/** What has become of a reversal, in words. */
export const REVERSAL_STATE_WORDS: Readonly<Record<ReversalState, Said>> = {
  SUBMITTED: { es: 'informado, espera decisión', en: 'reported, waits for a decision' },
  APPROVED: { es: 'aprobado, se descuenta en el ciclo siguiente', en: 'approved, the next cycle takes it' },
  REFUSED: { es: 'rechazado', en: 'refused' },
};

const notAllowed = (said: Said) =>
  new SaidRefusal('NOT_ALLOWED', said, {
    next: { es: 'pídaselo a alguien de fuera', en: 'ask somebody who has no part in it' },
  });

export const badReason = (most: number) =>
  new SaidRefusal(
    'BAD_INPUT',
    { es: `el motivo tiene de 1 a ${most} letras`, en: `a reason has 1 to ${most} characters` },
    { at: 'reason', next: { es: 'diga qué se halló', en: 'say what was found' } },
  );

/** Whoever submits claims in a programme neither reports nor decides a reversal there. */
export const submitsClaims = () =>
  notAllowed({
    es: 'quien presenta reclamos en este programa no anula ninguno',
    en: 'whoever submits claims in this programme takes none back',
  });

/** Nobody reports or decides on a claim of the institute that they belong to. */
export function refuseOwn({ provider }: Pick<ClaimRecord, 'provider'>, actor: Actor): void {
  if (actor.institute === provider)
    throw notAllowed({
      es: 'nadie anula reclamos de su propio instituto',
      en: 'nobody takes back a claim of their own institute',
    });
}

/** Refuses to decide on what the person reported, verified, or has an interest in. */
export function refuseInsider(reversal: ReversalRecord, actor: Actor): void {
  const { claim, submittedBy, verifiedBy } = reversal;
  if (submittedBy === actor.person)
    throw selfApproval(actor.person, { es: `la anulación de ${claim}`, en: `the reversal of ${claim}` });
  if (verifiedBy === actor.person)
    throw notAllowed({
      es: `${actor.person} verificó el reclamo ${claim}`,
      en: `${actor.person} verified claim ${claim}`,
    });
  refuseOwn(reversal, actor);
}

/** Refuses a report of a claim that cannot be taken back: never settled, taken back, or being taken back. */
export function refuseStage({ id, state }: ClaimRecord, reversal: ReversalRecord | undefined): void {
  const words = CLAIM_STATE_WORDS[state];
  if (state === 'reversed')
    throw new SaidRefusal('WRONG_STAGE', {
      es: `el reclamo ${id} ya está anulado`,
      en: `claim ${id} is taken back already`,
    });
  if (state !== 'payable' && state !== 'paid')
    throw new SaidRefusal(
      'WRONG_STAGE',
      {
        es: `ningún ciclo ha liquidado el reclamo ${id} (${words.es})`,
        en: `no cycle has settled claim ${id} (${words.en})`,
      },
      {
        next: {
          es: 'amplíe la muestra para que alguien lo verifique: no se pagó nada',
          en: 'extend its sample, so that somebody verifies it: nothing was paid',
        },
      },
    );
  if (reversal && reversal.state !== 'REFUSED') throw decidedAlready(reversal);
}

export const decidedAlready = ({ claim, state }: ReversalRecord) =>
  new SaidRefusal(
    'WRONG_STAGE',
    {
      es: `la anulación de ${claim}: ${REVERSAL_STATE_WORDS[state].es}`,
      en: `the reversal of ${claim}: ${REVERSAL_STATE_WORDS[state].en}`,
    },
    {
      next: {
        es: 'mientras haya una informada o aprobada no se informa otra',
        en: 'while one is reported or approved no other is taken in',
      },
    },
  );
