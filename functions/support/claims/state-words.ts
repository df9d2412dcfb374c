import type { ClaimState } from '../../../domain/records/claim.ts';
import { whyTakenBack } from '../../../domain/results/statement.ts';
import type { Said } from '../http/said.ts';
import type { ClaimRecord } from './record.ts';

/** What each state of a claim means to its institute. */
export const CLAIM_STATE_WORDS: Readonly<Record<ClaimState, Said>> = {
  received: { es: 'Recibido', en: 'Received' },
  documents_missing: { es: 'Faltan documentos', en: 'Documents are missing' },
  checking: { es: 'En revisión', en: 'Being checked' },
  awaiting_verifier: { es: 'Espera a quien verifica', en: 'Waiting for a verifier' },
  verified: { es: 'Verificado', en: 'Verified' },
  refused: { es: 'Rechazado', en: 'Refused' },
  withdrawn: { es: 'Retirado', en: 'Withdrawn' },
  payable: { es: 'Liquidado, por pagar', en: 'Settled, to be paid' },
  paid: { es: 'Pagado', en: 'Paid' },
  reversed: { es: 'Anulado', en: 'Taken back' },
};

/** A claim's state in words, with the sample it waits for, the cycle that settled it, the day it was paid or taken back. */
export function claimStateText(record: ClaimRecord, awaited?: string): Said {
  const { state, settlement, payment, reversal, foundFalse } = record;
  const words = CLAIM_STATE_WORDS[state];
  if (state === 'verified' && awaited !== undefined)
    return {
      es: `${words.es}; espera que se decida la muestra de ${awaited}`,
      en: `${words.en}; waits until the sample of ${awaited} is decided`,
    };
  const cycle = settlement && `${settlement.programme} ${settlement.period}`;
  if (state === 'payable' && cycle)
    return withFoundFalse(foundFalse, {
      es: `${words.es}; ciclo ${cycle}`,
      en: `${words.en}; cycle ${cycle}`,
    });
  if (state === 'paid' && payment)
    return withFoundFalse(foundFalse, {
      es: `${words.es} el ${payment.on}; ciclo ${cycle}`,
      en: `${words.en} on ${payment.on}; cycle ${cycle}`,
    });
  if (state === 'reversed' && reversal) {
    const { es, en } = reversal.reason === undefined ? { es: '', en: '' } : whyTakenBack(reversal.reason).why;
    return { es: `${words.es} el ${reversal.on}${es}`, en: `${words.en} on ${reversal.on}${en}` };
  }
  return words;
}

/** What was approved and no cycle has taken yet. */
const withFoundFalse = (found: ClaimRecord['foundFalse'], { es, en }: Said): Said =>
  found
    ? {
        es: `${es}. Se halló falso el ${found.on} (${found.reason}): se descuenta en el ciclo siguiente`,
        en: `${en}. Found false on ${found.on} (${found.reason}): the next cycle takes it back`,
      }
    : { es, en };
