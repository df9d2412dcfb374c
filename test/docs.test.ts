import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commands } from '../cli/commands.ts';
import { REFUSAL_CODES } from '../domain/kernel/result.ts';

// Documentation that nobody runs goes stale: what a reader may copy must exist, and what is quick is run here.

const root = fileURLToPath(new URL('../', import.meta.url));
const pages = ['README.md', ...markdown('docs')];
const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);

function markdown(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort();
}

type Line = { readonly page: string; readonly text: string; readonly run: boolean };

/** Lines of the blocks that a reader may copy: ```sh, and ```sh run for those that this test runs. */
function copyable(page: string): Line[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```sh( run)?\n([\s\S]*?)^```$/gm)].flatMap(([, run, body]) =>
    body!
      .split('\n')
      .flatMap((line) => line.split('&&'))
      .map((line) => line.replace(/\s#.*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => ({ page, text: line, run: run !== undefined })),
  );
}
const lines = pages.flatMap(copyable);

/** The arguments of `cumple` in a line: what follows `npm run -s cumple --`. */
function cumpleArgs(line: string): string[] | undefined {
  const match = /^npm run (?:-s )?cumple -- (.+)$/.exec(line);
  return match ? match[1]!.split(/\s+/) : undefined;
}
function commandOf(args: readonly string[]) {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    if (commands[name]) return { command: commands[name], rest: args.slice(words) };
  }
  return undefined;
}

function fault(line: string): string | undefined {
  if (/^npm (ci|test)$/.test(line)) return undefined;
  const args = cumpleArgs(line);
  if (!args) {
    const script = /^npm (?:run(?: -s)? ([\w:]+)|(start))$/.exec(line);
    if (!script) return 'is not a command that this test knows: use npm run';
    const name = script[1] ?? script[2]!;
    return scripts.includes(name) ? undefined : `there is no script ${name} in package.json`;
  }
  if (args[0] === 'help') return undefined;
  const found = commandOf(args);
  if (!found) return `there is no command ${args.slice(0, 2).join(' ')} in cli/commands.ts`;
  const { usage } = found.command;
  const unknown = found.rest.filter((word) => word.startsWith('--') && !usage.includes(word.split('=')[0]!));
  return unknown.length > 0 ? `its usage does not know ${unknown.join(', ')}` : undefined;
}

/** `programme schema` may stand as an action beside the others: \`schema\`. */
const short = (name: string): string[] => [`\`${name.split(' ').at(-1)}\``];

describe('documentation', () => {
  it('has commands to copy, and all of them exist', () => {
    expect(lines.length).toBeGreaterThan(8);
    const wrong = lines.flatMap(({ page, text }) => {
      const why = fault(text);
      return why ? [`${page}: ${text}: ${why}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it.each(lines.filter(({ run }) => run).map(({ page, text }) => [text, page]))(
    '%s works (%s)',
    async (text) => {
      const found = commandOf(cumpleArgs(text)!)!;
      const out: string[] = [];
      const sink = () =>
        new Writable({
          write(chunk, _encoding, done) {
            out.push(String(chunk));
            done();
          },
        });
      const io = { stdin: Readable.from([]), stdout: sink(), stderr: sink(), cwd: root };
      expect(await found.command.run([...found.rest], io)).toBe(0);
      expect(out.join('').length).toBeGreaterThan(20);
    },
  );

  it('links to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)[^)]*\)/g)]
        .map(([, target]) => normalize(join(dirname(page), target!)))
        .filter((target) => !existsSync(join(root, target)))
        .map((target) => `${page} links to ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('leads to every page from README, link by link', () => {
    const linksOf = (page: string) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target]) =>
        normalize(join(dirname(page), target!)),
      );
    const reached = new Set(['README.md']);
    // A link to a folder leads to the pages in it.
    for (const page of reached)
      for (const target of linksOf(page))
        for (const found of pages.filter(
          (name) => name === target || (target.endsWith('/') && name.startsWith(target)),
        ))
          reached.add(found);
    expect(pages.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('has every command, and every action of one, in README or a guide', () => {
    const text = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n');
    const silent = Object.values(commands).flatMap(({ usage }) =>
      usage
        .split(/\n +/)
        .map((call) => /^cumple ((?:[a-z]+ ?)+)/.exec(call)![1]!.trim())
        .filter((name) => ![name, ...short(name)].some((words) => text.includes(words))),
    );
    expect(silent).toEqual([]);
  });

  it('names only files and folders of the project that exist', () => {
    const missing = pages.flatMap((page) =>
      [
        ...readFileSync(join(root, page), 'utf8').matchAll(
          /`((?:domain|functions|adapters|workflows|infra|local|cli|test|programmes|docs)\/[\w./-]*)`/g,
        ),
      ]
        .map(([, path]) => path!)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${page} names ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('explains the refusals that an operator of a cycle can meet', () => {
    const guide = readFileSync(join(root, 'docs/guides/operating-a-cycle.md'), 'utf8');
    // These belong to cases, contracts and the HTTP contract, and carry their own next step.
    const elsewhere = [
      'BAD_USAGE',
      'UNKNOWN_CONTRACT',
      'IDEMPOTENCY_MISMATCH',
      'DUPLICATE_CLAIM',
      'NOT_FOUND',
    ];
    const silent = REFUSAL_CODES.filter(
      (code) => !elsewhere.includes(code) && !guide.includes(`\`${code}\``),
    );
    expect(silent).toEqual([]);
  });

  it('keeps machine paths and hosts out', () => {
    const found = pages.filter((page) =>
      /\/work\/|\/home\/|registry\.npmjs|localhost:\d/.test(readFileSync(join(root, page), 'utf8')),
    );
    expect(found).toEqual([]);
  });
});
