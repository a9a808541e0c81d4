/** What an expression comes to, where all that it depends on is decided. */
import type { BicepFile } from './bicepFile.ts';
import { type Expression, keyText } from './expression.ts';
import { functions, isUnknown, unknown, type Value } from './functions.ts';

export { unknown, type Value } from './functions.ts';

export interface Scope {
  readonly file: BicepFile;
  readonly given: Readonly<Record<string, Value>>;
  readonly locals: ReadonlyMap<string, Value>;
  /** Of a module; undefined where the symbol is none. */
  outputOf(symbol: string, name: string): Value | undefined;
}

export const valueIn = (scope: Scope, expression: Expression): Value => {
  const value = (part: Expression) => valueIn(scope, part);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'text':
      return expression.parts.map((part) => (typeof part === 'string' ? part : shown(value(part)))).join('');
    case 'list':
      return expression.items.map(value);
    case 'object':
      return Object.fromEntries(
        expression.members.map(({ key, value: member }) => [keyText(key) ?? shown(value(key)), value(member)]),
      );
    case 'name':
      return namedIn(scope, expression.name);
    case 'member':
      return memberIn(scope, expression.of, expression.property);
    case 'choice':
      return value(expression.condition) === true ? value(expression.yes) : value(expression.no);
    case 'each':
      return listed(value(expression.over)).map((item) =>
        valueIn(withLocal(scope, expression.variable, item), expression.body),
      );
    case 'call':
      return calledIn(scope, expression);
    case 'operation':
      return operated(expression.operator, expression.parts, value) ?? unknown(expression.source);
    default:
      return unknown(expression.source);
  }
};

const withLocal = (scope: Scope, name: string, value: Value): Scope => ({
  ...scope,
  locals: new Map([...scope.locals, [name, value]]),
});

const namedIn = (scope: Scope, name: string): Value => {
  const local = scope.locals.get(name);
  if (local !== undefined) return local;
  const variable = scope.file.variables.get(name);
  if (variable) return valueIn(scope, variable);
  const param = scope.file.params.find((each) => each.name === name);
  if (param && name in scope.given) return scope.given[name] ?? null;
  return param?.byDefault ? valueIn(scope, param.byDefault) : unknown(name);
};

const memberIn = (scope: Scope, of: Expression, property: string): Value => {
  if (of.kind === 'member' && of.property === 'outputs' && of.of.kind === 'name') {
    const output = scope.outputOf(of.of.name, property);
    if (output !== undefined) return output;
  }
  const value = valueIn(scope, of);
  if (isUnknown(value)) return unknown(`${value.slice(1, -1)}.${property}`);
  return isObject(value) ? (value[property] ?? null) : null;
};

const isObject = (value: Value): value is { readonly [name: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const calledIn = (scope: Scope, { name, of, given, source }: Expression & { kind: 'call' }): Value => {
  const [list, lambda] = given;
  if (name === 'filter' && list && lambda?.kind === 'lambda') {
    const items = listed(valueIn(scope, list));
    return items.filter((item) => valueIn(withLocal(scope, lambda.variable, item), lambda.body) === true);
  }
  const made = of ? undefined : functions[name];
  return made ? made(given.map((part) => valueIn(scope, part))) : unknown(source);
};

/** The second part is looked at only where the first does not decide. */
const operated = (
  operator: string,
  [left, right]: readonly Expression[],
  value: (part: Expression) => Value,
): Value | undefined => {
  if (!left) return undefined;
  const first = value(left);
  if (operator === '!') return first !== true;
  if (operator === '&&' && first !== true) return false;
  if (operator === '||' && first === true) return true;
  if (!right) return undefined;
  const second = value(right);
  if (operator === '&&' || operator === '||') return second === true;
  if (operator === '[]' && isUnknown(first)) return unknown(`${first.slice(1, -1)}[${second}]`);
  if (operator === '[]' && Array.isArray(first)) return first[Number(second)] ?? null;
  if (operator === '==') return first === second;
  if (operator === '!=') return first !== second;
  if (operator === '??') return first ?? second;
  return operator === '+' ? Number(first) + Number(second) : undefined;
};

const listed = (value: Value): readonly Value[] => {
  if (!Array.isArray(value)) throw new Error(`no list: ${JSON.stringify(value)}`);
  return value;
};

const shown = (value: Value): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
