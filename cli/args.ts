import { Refused } from '../domain/kernel/result.ts';

type Flag = 'text' | 'list' | 'switch';
type Value<F extends Flag> = F extends 'switch' ? boolean : F extends 'list' ? string[] : string | undefined;
export type Parsed<Flags extends Record<string, Flag>> = {
  readonly flags: { readonly [K in keyof Flags]: Value<Flags[K]> };
  readonly rest: string[];
};

/**
 * Reads `--name value`, `--name=value`, switches, and lists (`--evidence a b --evidence c`). An unknown or
 * incomplete flag is refused as BAD_USAGE with the usage line.
 */
export function parseArgs<const Flags extends Record<string, Flag>>(
  args: readonly string[],
  known: Flags,
  usage: string,
): Parsed<Flags> {
  const flags: Record<string, string | string[] | boolean | undefined> = {};
  for (const [name, kind] of Object.entries(known))
    flags[name] = kind === 'list' ? [] : kind === 'switch' ? false : undefined;
  const rest: string[] = [];
  const wrong = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${usage}` });
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (!arg.startsWith('--')) {
      rest.push(arg);
      continue;
    }
    const [name, inline] = split(arg.slice(2));
    const kind = known[name];
    if (!kind) throw wrong(`there is no option --${name}`);
    if (kind === 'switch') {
      flags[name] = true;
      continue;
    }
    const values = inline === undefined ? [] : [inline];
    while (
      inline === undefined &&
      i + 1 < args.length &&
      !args[i + 1]!.startsWith('--') &&
      (kind === 'list' || values.length === 0)
    )
      values.push(args[++i]!);
    if (values.length === 0) throw wrong(`--${name} needs a value`);
    if (kind === 'list') (flags[name] as string[]).push(...values);
    else flags[name] = values[0];
  }
  return { flags: flags as Parsed<Flags>['flags'], rest };
}

function split(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A flag that must be there. */
export function required(value: string | undefined, name: string, usage: string): string {
  if (value !== undefined) return value;
  throw new Refused({ code: 'BAD_USAGE', message: `--${name} is missing`, next: `usage: ${usage}` });
}
