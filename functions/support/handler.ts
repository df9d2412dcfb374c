import middy from '@middy/core';
import type { z } from 'zod';
import type { Ports } from '../../adapters/ports.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { type LogFields, logger } from './log.ts';
import { currentPorts } from './ports.ts';

export type StepContext = { readonly ports: Ports };

/**
 * A Task's handler. `input` and `output` are zod schemas: what does not fit is refused as BAD_INPUT before the
 * step runs, or is a bug after it. Errors leave with the name that ASL `Catch` routes by (a refusal's code,
 * `Fault`, or the bug's own name). Logs carry the correlation ids of the input and no other data.
 */
export function step<In extends z.ZodType, Out extends z.ZodType>(
  name: string,
  schemas: { input: In; output: Out },
  run: (input: z.output<In>, context: StepContext) => Promise<z.input<Out>>,
) {
  const handler = async (event: unknown): Promise<z.output<Out>> => {
    const input = schemas.input.safeParse(event);
    if (!input.success) throw new Refused({ code: 'BAD_INPUT', message: describe(input.error), at: name });
    const result = await run(input.data, { ports: await currentPorts() });
    return schemas.output.parse(result);
  };
  return middy(handler).use(observe(name));
}

function describe(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(input)'}: ${issue.message}`).join('; ');
}

/** Start, end and failure of a step, with the ids that tie log lines of one cycle together. */
function observe(step: string): middy.MiddlewareObj {
  let ids: LogFields = {};
  return {
    before: ({ event }) => {
      ids = logger.allowed(event);
      logger.info('step started', { step, ...ids });
    },
    after: () => {
      logger.info('step done', { step, ...ids });
    },
    onError: ({ error }) => logger.error('step failed', { step, ...ids, error: error?.name ?? 'Error' }),
  };
}
