import { formatAmount } from '../../domain/kernel/money.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { type HistoryPeriod, historyOf } from '../../functions/support/history.ts';
import { historyEntry, historyView } from '../../functions/support/history-view.ts';
import { BANK_STATE_WORDS } from '../../functions/support/reports/words.ts';
import { portsOf } from '../../local/functions.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const USAGE = usageOf('household history');

/**
 * `cumple household history ID` shows every closed cycle of a household: what it was owed, paid, held or lost and why,
 * money that came late or was taken back with the cycle it belongs to, and what the bank did. Exit 0 shown.
 */
export async function householdHistory(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, { programme: 'text', out: 'text', json: 'switch' }, USAGE);
  const [household, ...more] = rest;
  if (household === undefined || more.length > 0)
    throw new Refused({ code: 'BAD_USAGE', message: 'name one household', next: `usage: ${USAGE}` });
  const programme = required(flags.programme, 'programme', USAGE);
  const ports = portsOf({ dir: cyclesFolder(io.cwd, required(flags.out, 'out', USAGE)) });
  try {
    const history = await historyOf(ports, programme, household);
    if (flags.json) {
      for (const period of history) io.stdout.write(`${JSON.stringify(historyView(period))}\n`);
      return 0;
    }
    io.stdout.write(`${household} · ${programme}\n`);
    for (const period of history) io.stdout.write(textOf(period));
    return 0;
  } finally {
    ports.close();
  }
}

function textOf(period: HistoryPeriod): string {
  const es = historyEntry(period, 'es');
  const en = historyEntry(period, 'en');
  const figures = [
    ['corresponde / entitled', es.entitled],
    ['pagable / payable', es.payable],
    ['retenido / held', es.held],
    ['perdido / forfeited', es.forfeited],
    ['de antes / arrears', es.arrears],
    ['recuperado / recovered', es.recovered],
  ].filter(([, amount], i) => i < 2 || !/^[0.]+$/.test(amount!));
  return [
    '',
    `${es.period}  ${es.status} / ${en.status}`,
    ...figures.map(([name, amount]) => `  ${name!.padEnd(26)}${amount!.padStart(12)}`),
    ...(period.payeeFault ? [`  retenido por / held for ${period.payeeFault}`] : []),
    ...es.events.flatMap((event, i) => [`  · ${event}`, `    ${en.events[i]}`]),
    ...period.payments.map(
      ({ endToEndId, amountMinor, state }) =>
        `  ${BANK_STATE_WORDS[state].es} / ${BANK_STATE_WORDS[state].en}  ${formatAmount(amountMinor, period.definition.currency)}  ${endToEndId}`,
    ),
    '',
  ].join('\n');
}
