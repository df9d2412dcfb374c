import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { hashesBelow } from '../workflow/harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'cumple-kill-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs the demonstration cycle; kills it with SIGKILL at the first line on stderr that `isMoment` picks. */
function cycle(
  out: string,
  isMoment: (line: string) => boolean,
): Promise<{ killedAt?: string; code: number | null }> {
  const child = spawn(process.execPath, ['cli/main.ts', 'cycle', 'demo', '--out', out, '--json'], {
    cwd: root,
  });
  let killedAt: string | undefined;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (killedAt !== undefined || !isMoment(line)) return;
    killedAt = line;
    child.kill('SIGKILL');
  });
  child.stdout.resume();
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(killedAt === undefined ? { code } : { killedAt, code }));
  });
}

test('killed at every stage in turn, the same command ends with the files of an undisturbed run', async () => {
  const calm = join(scratch, 'calm');
  const stages = new Set<string>();
  const stageOf = (line: string): string | undefined => /^ {2}([A-Z]\w+) .* \/ /.exec(line)?.[1];
  const noted = (line: string): false => {
    const stage = stageOf(line);
    if (stage) stages.add(stage);
    return false;
  };
  expect(await cycle(calm, noted)).toEqual({ code: 0 });

  const rough = join(scratch, 'rough');
  const killedAt = new Set<string>();
  for (let run = 0; run <= stages.size; run++) {
    const ended = await cycle(rough, (line) => {
      const stage = stageOf(line);
      return stage !== undefined && !killedAt.has(stage);
    });
    const stage = stageOf(ended.killedAt ?? '');
    if (stage === undefined) break;
    killedAt.add(stage);
  }
  expect(await cycle(rough, () => false)).toEqual({ code: 0 });
  expect([...killedAt].sort()).toEqual([...stages].sort());
  expect(stages.size).toBeGreaterThan(15);
  expect(hashesBelow(rough, 'reports', 'bank')).toEqual(hashesBelow(calm, 'reports', 'bank'));
}, 180_000);
