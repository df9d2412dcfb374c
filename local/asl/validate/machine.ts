import { isObject, type JsonObject, STATE_TYPES, type StateType } from '../types.ts';
import { anything, checkFields, type Fields, number, oneOf, text } from './fields.ts';
import { checkMap } from './map.ts';
import type { Problems } from './problems.ts';
import { checkTogether, STATE_FIELDS } from './states.ts';
import { checkScope, namesAssigned } from './variables.ts';

const inner: Fields = { StartAt: text, States: anything, Comment: text, QueryLanguage: anything };
const outer: Fields = {
  ...inner,
  Version: oneOf('1.0'),
  TimeoutSeconds: number(1, 99_999_999),
};
const processor: Fields = { ...inner, ProcessorConfig: anything };
const NAME_MAX = 80;
/** Types that lead nowhere by Next or End. */
const NO_FLOW = new Set<StateType>(['Succeed', 'Fail', 'Choice']);

type Around = {
  readonly path: string;
  readonly fields: Fields;
  readonly names: Set<string>;
  readonly variables: ReadonlySet<string>;
  readonly jsonata: boolean;
};

/** Checks a whole definition. */
export function checkMachine(definition: unknown, problems: Problems): void {
  check(
    definition,
    { path: '', fields: outer, names: new Set(), variables: new Set(), jsonata: false },
    problems,
  );
}

function check(machine: unknown, around: Around, problems: Problems): unknown {
  const { path, fields } = around;
  if (!isObject(machine)) return problems.schema('Expected value of type Object', path);
  const missing = ['States', 'StartAt'].filter((field) => !Object.hasOwn(machine, field));
  if (missing.length > 0) problems.schema(`These fields are required: [${missing.join(', ')}]`, path);
  checkFields(machine, fields, [], path, problems);
  const { States: states, StartAt } = machine;
  if (states === undefined) return;
  if (!isObject(states) || Object.keys(states).length === 0)
    return problems.schema('Expected a non-empty object', `${path}/States`);
  if (typeof StartAt === 'string' && !Object.hasOwn(states, StartAt))
    problems.target(`Missing 'StartAt' target: ${StartAt}`, `${path}/StartAt`);
  checkScope(states, around.variables, path, problems);
  const jsonata = language(machine.QueryLanguage, around.jsonata, `${path}/QueryLanguage`, problems);
  const variables = new Set([...around.variables, ...namesAssigned(states)]);
  for (const [name, state] of Object.entries(states)) {
    const at = `${path}/States/${name}`;
    checkName(name, at, around.names, problems);
    checkState(state, { ...around, path: at, variables, jsonata }, problems);
  }
  checkTargets(states, path, problems);
  checkReached(states, StartAt, path, problems);
}

/** Only JSONata runs here; without the field the service takes JSONPath. */
function language(value: unknown, inherited: boolean, path: string, problems: Problems): boolean {
  if (value === undefined) return inherited;
  if (value === 'JSONata') return true;
  problems.schema(
    value === 'JSONPath'
      ? 'This runner supports the QueryLanguage JSONata only'
      : "The field 'QueryLanguage' should have one of these values: [JSONPath, JSONata]",
    path,
  );
  return true;
}

function checkName(name: string, path: string, names: Set<string>, problems: Problems): void {
  if (name.length === 0 || name.length > NAME_MAX)
    problems.schema(`The state name must have 1 to ${NAME_MAX} characters`, path);
  if (names.has(name)) problems.schema(`Duplicate state name: ${name}`, path);
  names.add(name);
}

function checkState(state: unknown, around: Around, problems: Problems): unknown {
  const { path } = around;
  if (!isObject(state)) return problems.schema('Expected value of type Object', path);
  const type = state.Type as StateType;
  if (type === undefined) return problems.schema("The field 'Type' is required but was missing", path);
  if (!STATE_TYPES.includes(type))
    return problems.schema(
      `The field 'Type' should have one of these values: [${STATE_TYPES.join(', ')}]`,
      `${path}/Type`,
    );
  if (!language(state.QueryLanguage, around.jsonata, `${path}/QueryLanguage`, problems))
    return problems.schema(
      'This runner supports the QueryLanguage JSONata only; the default is JSONPath',
      path,
    );
  const { fields, required } = STATE_FIELDS[type];
  checkFields(state, fields, required, path, problems);
  checkTogether(state, path, problems);
  if (!NO_FLOW.has(type)) checkFlow(state, path, problems);
  if (type === 'Parallel' && Array.isArray(state.Branches))
    for (const [index, branch] of state.Branches.entries())
      check(branch, { ...around, path: `${path}/Branches[${index}]`, fields: inner }, problems);
  if (type === 'Map') {
    checkMap(state, path, problems);
    checkProcessor(state, around, problems);
  }
}

/** The processor of a Distributed Map has a scope of its own: names of outer variables are free there. */
function checkProcessor(state: JsonObject, around: Around, problems: Problems): void {
  const { ItemProcessor } = state;
  if (ItemProcessor === undefined) return;
  const config = isObject(ItemProcessor) ? ItemProcessor.ProcessorConfig : undefined;
  const distributed = isObject(config) && config.Mode === 'DISTRIBUTED';
  const path = `${around.path}/ItemProcessor`;
  const variables = distributed ? new Set<string>() : around.variables;
  check(ItemProcessor, { ...around, path, fields: processor, variables }, problems);
}

function checkFlow(state: JsonObject, path: string, problems: Problems): void {
  const next = Object.hasOwn(state, 'Next');
  if (next === (state.End === true))
    problems.schema('Exactly one of these fields is required: [Next, End]', path);
}

function* targetsOf(state: JsonObject): Generator<{ target: unknown; field: string }> {
  if (state.Next !== undefined) yield { target: state.Next, field: 'Next' };
  if (state.Default !== undefined) yield { target: state.Default, field: 'Default' };
  for (const list of ['Choices', 'Catch'] as const) {
    const rules = state[list];
    if (!Array.isArray(rules)) continue;
    for (const [index, rule] of rules.entries())
      if (isObject(rule) && rule.Next !== undefined)
        yield { target: rule.Next, field: `${list}[${index}]/Next` };
  }
}

function checkTargets(states: JsonObject, path: string, problems: Problems): void {
  for (const [name, state] of Object.entries(states)) {
    if (!isObject(state)) continue;
    for (const { target, field } of targetsOf(state))
      if (typeof target === 'string' && !Object.hasOwn(states, target))
        problems.target(
          `Missing '${field.split('/').at(-1)}' target: ${target}`,
          `${path}/States/${name}/${field}`,
        );
  }
}

/** A state that nothing leads to is a slip of the pen. */
function checkReached(states: JsonObject, start: unknown, path: string, problems: Problems): void {
  const reached = new Set<string>();
  const queue = [start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (typeof name !== 'string' || reached.has(name) || !Object.hasOwn(states, name)) continue;
    reached.add(name);
    const state = states[name];
    if (isObject(state)) for (const { target } of targetsOf(state)) queue.push(target);
  }
  for (const name of Object.keys(states))
    if (!reached.has(name)) problems.target(`State "${name}" is not reachable.`, `${path}/States/${name}`);
}
