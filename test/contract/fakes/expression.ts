import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { serviceError } from './service-error.ts';

type Attributes = Record<string, AttributeValue>;
export type Expression = {
  readonly text: string;
  readonly names?: Record<string, string> | undefined;
  readonly values?: Attributes | undefined;
};
type Operand = AttributeValue | undefined;

export const invalid = (message: string) => serviceError('ValidationException', 400, { message });

/** Evaluates a DynamoDB ConditionExpression or KeyConditionExpression, written apart from the adapters. */
export function evaluate(expression: Expression, item: Attributes | undefined): boolean {
  const tokens = expression.text.match(/<>|<=|>=|[=<>(),]|[#:]?\w+/g) ?? [];
  let at = 0;
  const peek = () => tokens[at];
  const take = (expected?: string) => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token !== expected))
      throw invalid(`syntax: expected ${expected ?? 'more'} at ${at} of ${expression.text}`);
    return token;
  };
  const operand = (): Operand => {
    const token = take();
    if (token.startsWith(':')) {
      const value = expression.values?.[token];
      if (!value) throw invalid(`no value for ${token}`);
      return value;
    }
    return item?.[nameOf(expression, token)];
  };

  const or = (): boolean => chain('OR', and, (a, b) => a || b);
  const and = (): boolean => chain('AND', unary, (a, b) => a && b);
  function chain(word: string, part: () => boolean, join: (a: boolean, b: boolean) => boolean): boolean {
    let result = part();
    while (peek() === word) {
      take();
      result = join(part(), result);
    }
    return result;
  }
  function unary(): boolean {
    if (peek() === 'NOT') {
      take();
      return !unary();
    }
    if (peek() === '(') {
      take();
      const inner = or();
      take(')');
      return inner;
    }
    if (/^(attribute_|begins_with)/.test(peek() ?? '')) return call(take());
    return comparison();
  }
  function call(name: string): boolean {
    take('(');
    const first = operand();
    if (name === 'begins_with') take(',');
    const second = name === 'begins_with' ? operand() : undefined;
    take(')');
    if (name === 'begins_with') return first?.S?.startsWith(second?.S ?? '') ?? false;
    return name === 'attribute_exists' ? first !== undefined : first === undefined;
  }
  function comparison(): boolean {
    const left = operand();
    const operator = take();
    if (operator !== 'IN') return compare(left, operator, operand());
    take('(');
    const found = [operand()];
    while (peek() === ',') {
      take();
      found.push(operand());
    }
    take(')');
    return found.some((value) => compare(left, '=', value));
  }

  const result = or();
  if (at !== tokens.length) throw invalid(`syntax: trailing text in ${expression.text}`);
  return result;
}

export function nameOf(expression: Expression, token: string): string {
  if (!token.startsWith('#')) return token;
  const name = expression.names?.[token];
  if (name === undefined) throw invalid(`no name for ${token}`);
  return name;
}

function compare(a: Operand, operator: string, b: Operand): boolean {
  if (operator === '=') return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
  if (operator === '<>') return a === undefined || JSON.stringify(a) !== JSON.stringify(b);
  if (b?.BOOL !== undefined) throw invalid('Incorrect operand type for operator or function');
  const order = orderOf(a, b);
  if (order === undefined) return false;
  return { '<': order < 0, '<=': order <= 0, '>': order > 0, '>=': order >= 0 }[operator] ?? false;
}

function orderOf(a: Operand, b: Operand): number | undefined {
  if (a?.N !== undefined && b?.N !== undefined) return Number(a.N) - Number(b.N);
  if (a?.S !== undefined && b?.S !== undefined) return Buffer.from(a.S).compare(Buffer.from(b.S));
  return undefined;
}
