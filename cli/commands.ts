import type { Command } from './io.ts';
import { usageOf } from './usage.ts';

/** Loaded when called, so that a short command does not pay for the long ones. */
const lazy =
  (
    load: () => Promise<(args: string[], io: Parameters<Command['run']>[1]) => Promise<number>>,
  ): Command['run'] =>
  async (args, io) =>
    (await load())(args, io);

/** Every command, by the words that call it. */
export const commands: Readonly<Record<string, Command>> = {
  'cycle run': {
    summary: { es: 'Corre un ciclo de pago completo', en: 'Runs a whole payment cycle' },
    usage: usageOf('cycle run'),
    run: lazy(async () => (await import('./commands/cycle-run.ts')).cycleRun),
  },
  'cycle demo': {
    summary: { es: 'Corre un ciclo sobre la muestra incluida', en: 'Runs a cycle on the sample that ships' },
    usage: usageOf('cycle demo'),
    run: lazy(async () => (await import('./commands/cycle-demo.ts')).cycleDemo),
  },
  generate: {
    summary: {
      es: 'Genera un padrón y evidencias de prueba',
      en: 'Generates a roster and evidence for tests',
    },
    usage: usageOf('generate'),
    run: lazy(async () => (await import('./commands/generate.ts')).generate),
  },
  assess: {
    summary: { es: 'Evalúa un hogar en un período', en: 'Assesses one household in one period' },
    usage: usageOf('assess'),
    run: lazy(async () => (await import('./commands/assess.ts')).assess),
  },
  correction: {
    summary: {
      es: 'Corrige ciclos cerrados: presenta, aprueba, rechaza, lista',
      en: 'Corrects closed cycles: submit, approve, refuse, list',
    },
    usage: usageOf('correction'),
    run: lazy(async () => (await import('./commands/correction.ts')).correction),
  },
  'household history': {
    summary: {
      es: 'Muestra los ciclos de un hogar, uno tras otro',
      en: "Shows a household's cycles, one after the other",
    },
    usage: usageOf('household history'),
    run: lazy(async () => (await import('./commands/household-history.ts')).householdHistory),
  },
  programme: {
    summary: {
      es: 'Valida, explica, compara o simula un programa',
      en: 'Checks, explains, compares or simulates a programme',
    },
    usage: usageOf('programme'),
    run: lazy(async () => (await import('./commands/programme.ts')).programme),
  },
  start: {
    summary: {
      es: 'Sirve la API para institutos, verificadores y personal',
      en: 'Serves the API for institutes, verifiers and staff',
    },
    usage: usageOf('start'),
    run: lazy(async () => (await import('./commands/start.ts')).start),
  },
  claims: {
    summary: {
      es: 'Presenta, lista, sortea, verifica y anula reclamos de institutos',
      en: "Submits, lists, samples, verifies and reverses institutes' claims",
    },
    usage: usageOf('claims'),
    run: lazy(async () => (await import('./commands/claims.ts')).claims),
  },
  'audit verify': {
    summary: {
      es: 'Verifica ciclos cerrados sin conexión, solo con su carpeta',
      en: 'Verifies closed cycles offline, from their folder alone',
    },
    usage: usageOf('audit verify'),
    run: lazy(async () => (await import('./commands/audit.ts')).auditVerify),
  },
  settle: {
    summary: { es: 'Liquida un contrato por resultados', en: 'Settles one results contract' },
    usage: usageOf('settle'),
    run: lazy(async () => (await import('./commands/settle.ts')).settle),
  },
  contract: {
    summary: {
      es: 'Valida, explica o da el estado de un contrato',
      en: 'Checks, explains or states a contract',
    },
    usage: usageOf('contract'),
    run: lazy(async () => (await import('./commands/contract.ts')).contract),
  },
  bank: {
    summary: {
      es: 'Lee, escribe o entrega archivos bancarios',
      en: 'Reads, writes or delivers bank files',
    },
    usage: usageOf('bank'),
    run: lazy(async () => (await import('./commands/bank.ts')).bank),
  },
  'asl run': {
    summary: {
      es: 'Ejecuta una máquina de estados (ASL, JSONata)',
      en: 'Runs a state machine (ASL, JSONata)',
    },
    usage: usageOf('asl run'),
    run: lazy(async () => (await import('./commands/asl.ts')).aslRun),
  },
};
