/**
 * Answers a filter for one entity, as plain JSON has it. Nulls follow OData: a property that is missing is null, a
 * condition may come to null, and what is not true is not in the answer.
 */
import { calculate, negated } from './evaluation/arithmetic.ts';
import { compareValues, holds } from './evaluation/compareValues.ts';
import { evaluateCall } from './evaluation/evaluateCall.ts';
import { type Entity, fromJson, isEntity, isList, type Value } from './evaluation/value.ts';
import type { Expression, Literal, Path } from './expression.ts';

/**
 * Whether an entity is in a filter's answer. Never throws; what cannot be evaluated counts as null, so ask
 * `canEvaluate` first.
 *
 * Texts compare and are searched without regard to case: an inference from Defender's answers, not documented.
 *
 * @param now an instant's text, for `now()`
 */
export const evaluateFilter = (expression: Expression, entity: Entity, now?: string): boolean =>
  evaluate(expression, { entity, variables: new Map(), now }) === true;

/** What a path leads to in an entity; null if it leads nowhere. */
export const valueAt = (steps: readonly string[], entity: unknown): Value => {
  let reached: unknown = entity;
  for (const step of steps) reached = isEntity(reached) && Object.hasOwn(reached, step) ? reached[step] : null;
  return fromJson(reached);
};

interface Scope {
  readonly entity: Entity;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly now: string | undefined;
}

const evaluate = (expression: Expression, scope: Scope): Value => {
  switch (expression.kind) {
    case 'literal':
      return literalValue(expression);
    case 'path':
      return pathValue(expression, scope);
    case 'or':
    case 'and':
      return joinedValue(expression.operands, expression.kind === 'or', scope);
    case 'not':
      return opposite(evaluate(expression.operand, scope));
    case 'negate':
      return negated(evaluate(expression.operand, scope));
    case 'comparison':
      return holds(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    case 'arithmetic':
      return calculate(expression.operator, evaluate(expression.left, scope), evaluate(expression.right, scope));
    default:
      return evaluateOther(expression, scope);
  }
};

type Other = Extract<Expression, { kind: 'in' | 'call' | 'typeName' | 'count' | 'lambda' }>;

const evaluateOther = (expression: Other, scope: Scope): Value => {
  switch (expression.kind) {
    case 'in':
      return isAmong(evaluate(expression.operand, scope), membersOf(expression.members, scope));
    case 'call': {
      const parameters = expression.parameters.map((parameter) => evaluate(parameter, scope));
      return evaluateCall(expression.name, parameters, scope.now);
    }
    case 'count':
      return BigInt(listAt(expression.of, scope).length);
    case 'lambda':
      return lambdaValue(expression, scope);
    case 'typeName':
      return null;
  }
};

const literalValue = (literal: Literal): Value =>
  typeof literal.value === 'bigint' && literal.type !== 'number' ? { ticks: literal.value } : literal.value;

const pathValue = ({ steps }: Path, { entity, variables }: Scope): Value => {
  const [first = '', ...rest] = steps;
  if (first === '$it') return valueAt(rest, entity);
  return variables.has(first) ? valueAt(rest, variables.get(first)) : valueAt(steps, entity);
};

/** `decisive` is what settles the matter: one true for `or`, one false for `and`; else null settles it. */
const joinedValue = (operands: readonly Expression[], decisive: boolean, scope: Scope): Value => {
  let result: Value = !decisive;
  for (const operand of operands) {
    const value = evaluate(operand, scope);
    if (value === decisive) return decisive;
    if (value !== !decisive) result = null;
  }
  return result;
};

const opposite = (value: Value): Value => (typeof value === 'boolean' ? !value : null);

const membersOf = (members: readonly Literal[] | Path, scope: Scope): readonly Value[] =>
  'kind' in members ? listAt(members, scope).map(fromJson) : members.map(literalValue);

const isAmong = (value: Value, members: readonly Value[]): boolean =>
  members.some((member) => (value === null ? member === null : compareValues(value, member) === 0));

const listAt = (path: Path, scope: Scope): readonly unknown[] => {
  const list = pathValue(path, scope);
  return isList(list) ? list : [];
};

const lambdaValue = ({ of, quantifier, each }: Extract<Expression, { kind: 'lambda' }>, scope: Scope): Value => {
  const list = listAt(of, scope);
  if (each === undefined) return list.length > 0;
  const test = (element: unknown): boolean =>
    evaluate(each.body, { ...scope, variables: new Map([...scope.variables, [each.variable, element]]) }) === true;
  return quantifier === 'any' ? list.some(test) : list.every(test);
};
