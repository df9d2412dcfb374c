import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bundle.ts';

/** What infra must know of a state machine to let it run: IAM is not inferred from a raw ASL file. */
export type WorkflowFile = {
  /** File name without `.asl.json`. */
  readonly name: string;
  readonly path: string;
  /** `OpenCycleArn`…: every `${…}` of the file. */
  readonly placeholders: readonly string[];
  readonly resources: readonly string[];
  readonly hasDistributedMap: boolean;
};

/** The workflows of workflows/, in name order. */
export function workflowFiles(folder = join(ROOT, 'workflows')): WorkflowFile[] {
  const names = readdirSync(folder).filter((file) => file.endsWith('.asl.json'));
  return names.sort().map((file) => read(join(folder, file), file.replace('.asl.json', '')));
}

function read(path: string, name: string): WorkflowFile {
  const text = readFileSync(path, 'utf8');
  const found = { resources: new Set<string>(), distributed: false };
  walk(JSON.parse(text), (field, value) => {
    if (field === 'Resource' && typeof value === 'string') found.resources.add(value);
    if (field === 'Mode' && value === 'DISTRIBUTED') found.distributed = true;
  });
  return {
    name,
    path,
    placeholders: [...new Set([...text.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]!))].sort(),
    resources: [...found.resources].sort(),
    hasDistributedMap: found.distributed,
  };
}

function walk(value: unknown, visit: (field: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, part] of Object.entries(value)) {
    visit(field, part);
    walk(part, visit);
  }
}
