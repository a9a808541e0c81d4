/**
 * What a deployment makes with given parameters: every condition decided, every choice taken, every loop gone through. What only Azure knows
 * stands there as it is written, in angle brackets.
 */
import type { BicepFile, Module, Resource } from './bicepFile.ts';
import { memberNamed } from './expression.ts';
import { type Infra, pathOfModule, placeOf } from './infra.ts';
import { type Scope, unknown, type Value, valueIn } from './value.ts';

export interface Made {
  readonly place: string;
  readonly type: string;
  readonly body: Value;
}

export type Given = Readonly<Record<string, Value>>;

/** @param given  parameters of main.bicep; the others have their default */
export const made = (infra: Infra, given: Given): readonly Made[] => {
  const main = infra.file('main.bicep');
  return main ? ofFile(infra, main, given).resources : [];
};

interface Ran {
  readonly resources: readonly Made[];
  outputOf(name: string): Value;
}

const ofFile = (infra: Infra, file: BicepFile, given: Given): Ran => {
  const modules = new Map<string, Ran | undefined>();
  const scope: Scope = {
    file,
    given,
    locals: new Map(),
    outputOf: (symbol, name) => {
      const module = file.modules.find((each) => each.symbol === symbol);
      return module && (ran(module)?.outputOf(name) ?? unknown(`${symbol}.outputs.${name}`));
    },
  };
  const ran = (module: Module): Ran | undefined => {
    if (!modules.has(module.symbol)) modules.set(module.symbol, ofModule(infra, scope, module));
    return modules.get(module.symbol);
  };
  return {
    resources: [
      ...file.resources.filter(({ isExisting }) => !isExisting).flatMap((resource) => ofResource(scope, resource)),
      ...file.modules.flatMap((module) => ran(module)?.resources ?? []),
    ],
    outputOf: (name) => {
      const output = file.outputs.find((each) => each.name === name);
      return output ? valueIn(scope, output.value) : unknown(name);
    },
  };
};

const ofModule = (infra: Infra, scope: Scope, module: Module): Ran | undefined => {
  const file = infra.file(pathOfModule({ file: scope.file, item: module }));
  if (!file || (module.condition && valueIn(scope, module.condition) !== true)) return undefined;
  const params = memberNamed(module.body, 'params');
  return ofFile(infra, file, (params ? valueIn(scope, params) : {}) as Given);
};

const ofResource = (scope: Scope, { type, body, loop, condition, ...item }: Resource): readonly Made[] => {
  const one = (inside: Scope): readonly Made[] =>
    condition && valueIn(inside, condition) !== true
      ? []
      : [{ place: placeOf(scope.file, item), type, body: valueIn(inside, body) }];
  if (loop?.kind !== 'each') return one(scope);
  const over = valueIn(scope, loop.over);
  if (!Array.isArray(over)) throw new Error(`${placeOf(scope.file, loop)}: no list: ${loop.over.source}`);
  return over.flatMap((item, i) => {
    const index: readonly (readonly [string, Value])[] = loop.index ? [[loop.index, i]] : [];
    return one({ ...scope, locals: new Map([...scope.locals, [loop.variable, item], ...index]) });
  });
};
