import { DATA_BYTES_MAX } from '../limits.ts';
import { isObject, type JsonObject } from '../types.ts';
import {
  type Check,
  number,
  objectOf,
  objectOrExpression,
  oneOf,
  orExpression,
  template,
  text,
} from './fields.ts';
import type { Problems } from './problems.ts';

const positive = orExpression(number(1, Number.MAX_SAFE_INTEGER));

export const itemReader: Check = objectOf(
  {
    Comment: text,
    Resource: oneOf('arn:aws:states:::s3:getObject'),
    Arguments: objectOrExpression,
    ReaderConfig: objectOf({ InputType: oneOf('JSON', 'JSONL'), MaxItems: positive, ItemsPointer: text }, [
      'InputType',
    ]),
  },
  ['Resource', 'Arguments', 'ReaderConfig'],
);
export const itemBatcher: Check = objectOf({
  Comment: text,
  MaxItemsPerBatch: positive,
  MaxInputBytesPerBatch: orExpression(number(1, DATA_BYTES_MAX)),
  BatchInput: template,
});
export const resultWriter: Check = objectOf({
  Comment: text,
  Resource: oneOf('arn:aws:states:::s3:putObject'),
  Arguments: objectOrExpression,
  WriterConfig: objectOf({
    Transformation: oneOf('NONE', 'COMPACT', 'FLATTEN'),
    OutputType: oneOf('JSON', 'JSONL'),
  }),
});

const ONLY_DISTRIBUTED = ['ItemReader', 'ItemBatcher', 'ResultWriter', 'Label'];
const LABEL_MAX = 40;

/** What depends on the mode of a Map. */
export function checkMap(state: JsonObject, path: string, problems: Problems): void {
  const processor = isObject(state.ItemProcessor) ? state.ItemProcessor : {};
  const config = processor.ProcessorConfig;
  if (config !== undefined)
    objectOf({ Mode: oneOf('INLINE', 'DISTRIBUTED'), ExecutionType: oneOf('STANDARD', 'EXPRESS') })(
      config,
      `${path}/ItemProcessor/ProcessorConfig`,
      problems,
    );
  const distributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  if (distributed && isObject(config) && config.ExecutionType === undefined)
    problems.schema(
      "The field 'ExecutionType' is required but was missing",
      `${path}/ItemProcessor/ProcessorConfig`,
    );
  if (!distributed)
    for (const field of ONLY_DISTRIBUTED)
      if (Object.hasOwn(state, field))
        problems.schema(`The field '${field}' is only supported in DISTRIBUTED mode`, `${path}/${field}`);
  if (state.Items !== undefined && state.ItemReader !== undefined)
    problems.schema("Only one of the fields 'Items' and 'ItemReader' may be present", path);
  const { Label } = state;
  if (
    typeof Label === 'string' &&
    (Label.length === 0 || Label.length > LABEL_MAX || /[\s?*<>{}[\]:;,\\|^~$#%&`"]/.test(Label))
  )
    problems.schema(`The Label must be 1 to ${LABEL_MAX} characters without special ones`, `${path}/Label`);
  const batcher = state.ItemBatcher;
  if (
    isObject(batcher) &&
    batcher.MaxItemsPerBatch === undefined &&
    batcher.MaxInputBytesPerBatch === undefined
  )
    problems.schema(
      'At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch]',
      `${path}/ItemBatcher`,
    );
  const writer = state.ResultWriter;
  if (isObject(writer) && writer.WriterConfig === undefined && writer.Resource === undefined)
    problems.schema("One of the fields 'Resource' and 'WriterConfig' is required", `${path}/ResultWriter`);
}
