import { resolve } from 'node:path';
import { formatAmount, minor } from '../../domain/kernel/money.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { type TimelineEntry, timeline } from '../../domain/transfers/timeline.ts';
import { type HistoryPeriod, historyOf } from '../../functions/support/history.ts';
import { BANK_STATE_WORDS } from '../../functions/support/reports/words.ts';
import { portsOf } from '../../local/functions.ts';
import { parseArgs, required } from '../args.ts';
import type { Io } from '../io.ts';

const USAGE = 'cumple household history ID --programme ID --out DIR [--json]';

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
  const ports = portsOf({ dir: resolve(io.cwd, required(flags.out, 'out', USAGE)) });
  try {
    const history = await historyOf(ports, programme, household);
    if (flags.json) {
      for (const period of history) io.stdout.write(`${JSON.stringify(jsonOf(period))}\n`);
      return 0;
    }
    io.stdout.write(`${household} · ${programme}\n`);
    for (const period of history) io.stdout.write(textOf(period));
    return 0;
  } finally {
    ports.close();
  }
}

const entryOf = (period: HistoryPeriod, lang: 'es' | 'en'): TimelineEntry =>
  timeline(period.definition, [period], lang)[0]!;

const jsonOf = (period: HistoryPeriod) => ({
  ...entryOf(period, 'es'),
  events: { es: entryOf(period, 'es').events, en: entryOf(period, 'en').events },
  status: { es: entryOf(period, 'es').status, en: entryOf(period, 'en').status },
  arrears: period.result.arrears.map(({ rule, ...line }) => ({
    ...earlier(period, line),
    ...(rule.startsWith('correction:') && { correction: rule.slice('correction:'.length) }),
  })),
  recoveries: period.result.recoveries.map(({ id, ...line }) => ({ ...earlier(period, line), id })),
  ...(period.payeeFault && { payeeHeld: period.payeeFault }),
  payments: period.payments.map(paymentOf(period)),
});

type Earlier = {
  readonly origin: string;
  readonly benefit: string;
  readonly member?: string;
  readonly amountMinor: number;
};
const earlier = ({ definition }: HistoryPeriod, { origin, benefit, member, amountMinor }: Earlier) => ({
  origin,
  benefit,
  ...(member !== undefined && { member }),
  amount: formatAmount(minor(amountMinor), definition.currency),
});

const paymentOf =
  ({ definition }: HistoryPeriod) =>
  ({ endToEndId, purpose, amountMinor, state, reasonCode }: HistoryPeriod['payments'][number]) => ({
    endToEndId,
    purpose,
    amount: formatAmount(amountMinor, definition.currency),
    state,
    ...(reasonCode && { reasonCode }),
  });

function textOf(period: HistoryPeriod): string {
  const es = entryOf(period, 'es');
  const en = entryOf(period, 'en');
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
