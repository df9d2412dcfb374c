/** What a Task may call. Anything else is refused when the machine is loaded. */
export type Resource = {
  readonly kind: 'lambda' | 'invoke' | 'callback' | 'nested';
  /** The function of a plain ARN. */
  readonly fn: string;
  readonly service: string;
  readonly action: string;
  /** As written, for causes. */
  readonly written: string;
};

const SERVICES: Readonly<Record<string, Pick<Resource, 'kind' | 'service' | 'action'>>> = {
  'arn:aws:states:::lambda:invoke': { kind: 'invoke', service: 'lambda', action: 'invoke' },
  'arn:aws:states:::lambda:invoke.waitForTaskToken': {
    kind: 'callback',
    service: 'lambda',
    action: 'invoke.waitForTaskToken',
  },
  'arn:aws:states:::states:startExecution.sync:2': {
    kind: 'nested',
    service: 'states',
    action: 'startExecution.sync:2',
  },
};

/** The resource of a Task; undefined where this runner has none like it. */
export function resourceOf(written: string): Resource | undefined {
  const service = SERVICES[written];
  if (service) return { ...service, fn: '', written };
  if (!/^arn:aws[\w-]*:lambda:[^:]*:[^:]*:function:[^:]+(:[^:]+)?$/.test(written)) return undefined;
  return { kind: 'lambda', fn: functionName(written), service: 'lambda', action: '', written };
}

/** The bare name in a function ARN (full or partial) or a plain name. */
export function functionName(written: string): string {
  const match = /(?:^|:)function:([^:]+)/.exec(written);
  return match ? match[1]! : (written.split(':')[0] ?? written);
}

/** The name of a workflow in a state machine ARN or as a plain name. */
export const workflowName = (written: string): string =>
  /:stateMachine:([^:]+)/.exec(written)?.[1] ?? written;
