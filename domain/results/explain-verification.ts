import type { ContractDefinition, Label } from '../records/contract.ts';
import { parameterText } from './explain-value.ts';
import { both, cited, concat, NOTHING } from './explain-words.ts';

const JUDGED = {
  rate: both('el error de la muestra', "the sample's error"),
  lower: both(
    'el límite inferior del error, a esa confianza,',
    'the lower bound of the error, at that confidence,',
  ),
  upper: both(
    'el límite superior del error, a esa confianza,',
    'the upper bound of the error, at that confidence,',
  ),
};

/** How many claims are drawn. */
function sizeText(contract: ContractDefinition): Label {
  const clause = contract.verification!;
  const p = (name: string) => parameterText(contract, name);
  const [sure, margin] = [p(clause.confidence), p(clause.margin)];
  const expected = clause.expectedError ? p(clause.expectedError) : undefined;
  const buffer = clause.buffer ? p(clause.buffer) : undefined;
  return concat(
    both(
      `Se verifica una muestra de los reclamos: confianza ${sure.es}, margen ${margin.es}`,
      `A sample of the claims is verified: confidence ${sure.en}, margin ${margin.en}`,
    ),
    expected
      ? both(`, error esperado ${expected.es}`, `, expected error ${expected.en}`)
      : both(', como si la mitad pudiera estar mal', ', as if half of them might be wrong'),
    buffer
      ? both(`; se sortea ${buffer.es} de lo que eso pide`, `; ${buffer.en} of what that asks for is drawn`)
      : NOTHING,
    both('.', '.'),
  );
}

/** How a sample is drawn, and what the error found in it does to the other claims. */
export function verificationTexts(contract: ContractDefinition): Label[] {
  const clause = contract.verification;
  if (!clause) return [];
  const most = parameterText(contract, clause.tolerance);
  const extend = clause.extendAbove ? parameterText(contract, clause.extendAbove) : undefined;
  const judged = JUDGED[clause.judgedOn ?? 'rate'];
  const effect = concat(
    both(
      `Si ${judged.es} no pasa de ${most.es}, solo se rechazan los reclamos equivocados; si pasa, se descuenta también de los que nadie revisó`,
      `Where ${judged.en} is at most ${most.en}, only the wrong claims are refused; above it, it is deducted from those that nobody looked at too`,
    ),
    extend
      ? both(
          `; si pasa de ${extend.es}, nada se paga hasta ampliar la muestra`,
          `; above ${extend.en}, nothing is paid until the sample is extended`,
        )
      : NOTHING,
    both('.', '.'),
  );
  return [sizeText(contract), effect].map((text) => cited(text, [clause.cite]));
}
