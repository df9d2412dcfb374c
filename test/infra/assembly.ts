import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Template } from 'aws-cdk-lib/assertions';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };
export type Assembly = {
  readonly dir: string;
  readonly status: number | null;
  readonly printed: string;
  template(stack: 'stateful' | 'stateless'): Template;
  json(file: string): Record<string, unknown>;
  resources(stack: 'stateful' | 'stateless', type: string): [id: string, resource: Resource][];
  dispose(): void;
};

/** Synthesises once, as a person without an AWS account would: no credentials, no region, no network needed. */
export function synthesise(): Assembly {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-synth-'));
  const { PATH = '' } = process.env;
  const run = spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: ROOT,
    env: { PATH, CDK_OUTDIR: dir, AWS_EC2_METADATA_DISABLED: 'true' },
    encoding: 'utf8',
  });
  const json = (file: string) => JSON.parse(readFileSync(join(dir, file), 'utf8'));
  return {
    dir,
    status: run.status,
    printed: run.stdout + run.stderr,
    template: (stack) => Template.fromJSON(json(`cumple-${stack}.template.json`)),
    json,
    resources: (stack, type) => {
      const all = json(`cumple-${stack}.template.json`).Resources as Record<string, Resource>;
      return Object.entries(all).filter(([, resource]) => resource.Type === type);
    },
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export type Statement = {
  Effect: string;
  Action: string[];
  Resource: unknown[];
  Condition?: object;
  Sid?: string;
};

/** Statements of a policy document with actions and resources always as lists. */
export function statementsOf(policyDocument: unknown): Statement[] {
  const { Statement } = policyDocument as { Statement: Record<string, unknown>[] };
  return Statement.map((statement) => ({
    ...(statement as Statement),
    Action: [statement.Action].flat() as string[],
    Resource: [statement.Resource].flat(),
  }));
}

/** A template value as text: joins are joined, references shown as `<Name>`. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, argument] = ['', undefined]] = Object.entries(value);
  if (kind === 'Ref') return `<${argument}>`;
  if (kind === 'Fn::Join') return (argument[1] as unknown[]).map(textOf).join(argument[0]);
  return `<${[argument].flat().map(textOf).join('.')}>`;
}
