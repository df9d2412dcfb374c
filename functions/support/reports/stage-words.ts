import type { Bilingual } from './cycle-report.ts';

/** What each Task state of the workflows is doing, for people who watch a cycle run. */
const STAGES: Readonly<Record<string, Bilingual>> = {
  PartitionRoster: { es: 'Lee el padrón', en: 'Reading the roster' },
  ValidateRosterShard: { es: 'Valida los hogares', en: 'Validating households' },
  AcceptRoster: { es: 'Acepta el padrón', en: 'Accepting the roster' },
  PartitionEvidence: { es: 'Lee la evidencia', en: 'Reading the evidence' },
  ValidateEvidenceShard: { es: 'Valida la evidencia', en: 'Validating the evidence' },
  AcceptEvidence: { es: 'Acepta la evidencia', en: 'Accepting the evidence' },
  OpenCycle: { es: 'Abre el ciclo', en: 'Opening the cycle' },
  FreezeInputs: { es: 'Congela los insumos', en: 'Freezing the inputs' },
  ShuffleEvidence: { es: 'Reúne la evidencia por hogar', en: 'Bringing evidence to its household' },
  ReconcileLate: {
    es: 'Concilia informes bancarios que llegaron tarde',
    en: 'Reconciling bank reports that came late',
  },
  CorrectHistory: { es: 'Corrige ciclos cerrados', en: 'Correcting closed cycles' },
  VerifyCompliance: { es: 'Verifica corresponsabilidades', en: 'Verifying compliance' },
  CalculateTransfers: { es: 'Calcula las transferencias', en: 'Calculating transfers' },
  SettleContracts: { es: 'Liquida los contratos por resultados', en: 'Settling the results contracts' },
  CrossCheck: {
    es: 'Cruza los totales y busca anomalías',
    en: 'Cross-checking totals, looking for anomalies',
  },
  AwaitApproval: { es: 'Espera las aprobaciones', en: 'Waiting for approvals' },
  EmitPaymentFiles: { es: 'Escribe los archivos de pago', en: 'Writing payment files' },
  DispatchToBank: { es: 'Envía los archivos al banco', en: 'Sending the files to the bank' },
  TellSettled: {
    es: 'Avisa a los institutos lo que se les pagará',
    en: 'Telling institutes what will be paid',
  },
  AwaitBankReports: { es: 'Espera los informes del banco', en: 'Waiting for bank reports' },
  EndBankWindow: { es: 'Cierra la ventana de pago', en: 'Ending the payment window' },
  ReceiveReport: { es: 'Recibe un informe del banco', en: 'Receiving a bank report' },
  WriteControlFile: {
    es: 'Escribe el archivo de conciliación del banco',
    en: "Writing the bank's reconciliation file",
  },
  Reconcile: { es: 'Concilia orden por orden', en: 'Reconciling line by line' },
  CarryState: { es: 'Prepara el estado del ciclo siguiente', en: 'Carrying state to the next cycle' },
  TellPaid: { es: 'Avisa a los institutos lo que se les pagó', en: 'Telling institutes what was paid' },
  CloseCycle: { es: 'Cierra el ciclo', en: 'Closing the cycle' },
  PublishStatements: {
    es: 'Publica los estados de cuenta de los institutos',
    en: "Publishing the institutes' statements",
  },
  PublishReports: { es: 'Publica los informes', en: 'Publishing reports' },
  FailCycle: { es: 'Anota la falla del ciclo', en: 'Recording why the cycle failed' },
};

/**
 * A state's name in words. A Map state is named after the Task that it runs (`ReconcileShards` runs
 * `Reconcile`); a state without words (a Choice, a Wait) gives undefined and needs no line.
 */
export const stageWords = (state: string): Bilingual | undefined =>
  STAGES[state] ?? STAGES[state.replace(/(Shards|Map)$/, '')];

/** One progress line: `VerifyCompliance     Verifica corresponsabilidades / Verifying compliance`. */
export function progressLine(state: string): string | undefined {
  const words = stageWords(state);
  return words && `  ${state.padEnd(22)} ${words.es} / ${words.en}`;
}
