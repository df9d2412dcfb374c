/** What a step may touch; infra grants exactly this and nothing else. */
export type Need =
  | `${'bulk' | 'reports' | 'bank' | 'documents'}:${'read' | 'write'}`
  | `control:${'read' | 'write'}`
  | 'workflows:callback'
  | 'workflows:start'
  | 'keys'
  /** Holds a caller's token against the identity provider. */
  | 'tokens';

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

/** One HTTP handler per audience: `functions/http/NAME.ts`. API Gateway waits 30 seconds at most. */
const audience = (name: string, needs: readonly Need[], memoryMb = 1024): FunctionEntry => ({
  name: `Http${name.replace(/(?:^|-)[a-z]/g, (start) => start.replace('-', '').toUpperCase())}`,
  file: `functions/http/${name}.ts`,
  memoryMb,
  timeoutSeconds: 29,
  needs: ['tokens', ...needs],
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
  // payment-cycle
  entry('OpenCycle', 512, ['bulk:read', 'control:read', 'control:write']),
  entry('FreezeInputs', 512, ['bulk:read', 'bulk:write', 'control:read', 'control:write']),
  entry('ShuffleEvidence', 2048, ['bulk:read', 'bulk:write']),
  entry('ReconcileLate', 3008, ['bulk:read', 'bulk:write'], 900),
  entry('CorrectHistory', 3008, ['bulk:read', 'bulk:write'], 900),
  entry('VerifyCompliance', 3008, ['bulk:read', 'bulk:write']),
  entry('CalculateTransfers', 3008, ['bulk:read', 'bulk:write']),
  entry('SettleContracts', 3008, ['bulk:read', 'bulk:write'], 900),
  entry('CrossCheck', 2048, ['bulk:read', 'bulk:write', 'control:read'], 900),
  entry('AwaitApproval', 512, ['bulk:read', 'control:read', 'control:write', 'workflows:callback']),
  entry('EmitPaymentFiles', 3008, ['bulk:read', 'bulk:write', 'control:read', 'keys']),
  entry(
    'DispatchToBank',
    1024,
    ['bulk:read', 'bulk:write', 'bank:read', 'bank:write', 'control:read', 'control:write'],
    900,
  ),
  entry('TellSettled', 1024, ['bulk:read', 'control:read', 'control:write', 'keys'], 900),
  entry('AwaitBankReports', 512, [
    'bulk:read',
    'bulk:write',
    'control:read',
    'control:write',
    'workflows:callback',
  ]),
  entry('EndBankWindow', 512, [
    'bulk:read',
    'bulk:write',
    'control:read',
    'control:write',
    'workflows:callback',
  ]),
  entry('Reconcile', 3008, ['bulk:read', 'bulk:write']),
  entry('CarryState', 3008, ['bulk:read', 'bulk:write']),
  entry('TellPaid', 1024, ['bulk:read', 'control:read', 'control:write', 'keys'], 900),
  entry('CloseCycle', 1024, ['bulk:read', 'control:read', 'control:write']),
  entry(
    'PublishStatements',
    3008,
    ['bulk:read', 'bulk:write', 'reports:read', 'reports:write', 'control:write'],
    900,
  ),
  entry(
    'PublishReports',
    3008,
    ['bulk:read', 'bulk:write', 'bank:read', 'reports:read', 'reports:write', 'control:read'],
    900,
  ),
  entry('FailCycle', 1024, ['bulk:read', 'reports:write', 'control:read', 'control:write']),
  // people and the bank
  entry('RecordApproval', 512, ['control:read', 'control:write', 'workflows:callback']),
  entry(
    'ReceiveReport',
    3008,
    ['bulk:read', 'bulk:write', 'bank:read', 'control:read', 'control:write'],
    900,
  ),
  entry('WriteControlFile', 2048, ['bulk:read', 'bulk:write', 'bank:read', 'bank:write'], 900),
  // outcome-claim
  entry('SubmitClaim', 512, ['bulk:read', 'control:read', 'control:write', 'keys', 'workflows:start'], 30),
  entry('ValidateClaim', 1024, ['documents:read', 'control:read', 'control:write']),
  entry('CrossCheckClaim', 2048, ['bulk:read', 'control:read', 'control:write', 'keys']),
  entry('AwaitSample', 512, ['bulk:read', 'control:read', 'control:write', 'keys', 'workflows:callback']),
  entry(
    'SampleClaims',
    1024,
    ['bulk:read', 'bulk:write', 'control:read', 'control:write', 'keys', 'workflows:callback'],
    900,
  ),
  entry('AwaitVerifier', 512, ['control:read', 'control:write', 'workflows:callback']),
  entry('RecordVerification', 512, ['control:read', 'control:write', 'workflows:callback'], 30),
  entry('DecideClaim', 512, ['control:read', 'control:write']),
  // http
  audience('institutes', [
    'bulk:read',
    'reports:read',
    'documents:read',
    'documents:write',
    'control:read',
    'control:write',
    'keys',
    'workflows:start',
  ]),
  audience('verifiers', [
    'bulk:read',
    'documents:read',
    'documents:write',
    'control:read',
    'control:write',
    'workflows:callback',
  ]),
  // A household's history is read from whole shards of the cycles that decided it.
  audience('case-workers', ['bulk:read', 'control:read', 'control:write'], 3008),
  audience('administrators', [
    'bulk:read',
    'bulk:write',
    'control:read',
    'control:write',
    'keys',
    'workflows:callback',
  ]),
  audience('approvers', ['bulk:read', 'control:read', 'control:write', 'workflows:callback']),
  audience('auditors', ['reports:read', 'control:read']),
];
