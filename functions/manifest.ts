/** What a step may touch; infra grants exactly this and nothing else. */
export type Need =
  | `${'bulk' | 'reports' | 'bank' | 'documents'}:${'read' | 'write'}`
  | `control:${'read' | 'write'}`
  | 'workflows:callback'
  | 'workflows:start'
  | 'keys';

export type FunctionEntry = {
  /** The Task state's name; the ASL placeholder is `${NAMEArn}`. */
  readonly name: string;
  readonly file: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly needs: readonly Need[];
};

const entry = (
  name: string,
  memoryMb: number,
  needs: readonly Need[],
  timeoutSeconds = 300,
): FunctionEntry => ({
  name,
  file: `functions/${name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.ts`,
  memoryMb,
  timeoutSeconds,
  needs,
});

/** Every function, by its Task state. */
export const manifest: readonly FunctionEntry[] = [
  // roster-intake
  entry('PartitionRoster', 3008, ['bulk:read', 'bulk:write'], 900),
  entry('ValidateRosterShard', 2048, ['bulk:read', 'bulk:write']),
  entry('AcceptRoster', 512, ['bulk:read', 'bulk:write', 'control:read', 'control:write']),
  // evidence-intake
  entry('PartitionEvidence', 3008, ['bulk:read', 'bulk:write'], 900),
  entry('ValidateEvidenceShard', 2048, ['bulk:read', 'bulk:write']),
  entry('AcceptEvidence', 512, ['bulk:read', 'bulk:write', 'control:read', 'control:write']),
];
