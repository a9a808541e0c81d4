/**
 * What an expression can come to: names are followed through variables, loops, parameters (their default, and what each module is given)
 * and outputs of modules; of a choice both sides count. Where that ends, in a function or a resource's property, the expression is its own
 * meaning.
 */
import type { BicepFile, Resource } from './bicepFile.ts';
import { type Expression, keyText } from './expression.ts';
import { type Infra, modulesOf, pathOfModule } from './infra.ts';

/** An expression where it stands: its names are those of that file, and of the loops around it. */
export interface Meant {
  readonly expression: Expression;
  readonly file: BicepFile;
  readonly bound: ReadonlyMap<string, readonly Meant[]>;
}

/** A resource's body, or what else stands in a file outside of loops. */
export const meant = (file: BicepFile, expression: Expression): Meant => ({ file, expression, bound: new Map() });

/** A resource's body, in its loop. */
export const bodyMeant = (infra: Infra, file: BicepFile, { body, loop }: Resource): Meant => {
  const outside = meant(file, body);
  return loop?.kind === 'each' ? { ...outside, bound: boundBy(infra, { ...outside, expression: loop }) } : outside;
};

export const meanings = (infra: Infra, from: Meant): readonly Meant[] => {
  const { expression } = from;
  switch (expression.kind) {
    case 'choice':
      return [expression.yes, expression.no].flatMap((side) => meanings(infra, { ...from, expression: side }));
    case 'name':
      return namedMeanings(infra, from, expression.name) ?? [from];
    case 'member':
      return memberMeanings(infra, from, expression.of, expression.property) ?? [from];
    default:
      return [from];
  }
};

/** What stands at this path in an object, in any case of letters; undefined for each meaning that has nothing there. */
export const valuesAt = (infra: Infra, from: Meant, path: readonly string[]): readonly (Meant | undefined)[] => {
  const [name, ...rest] = path;
  if (name === undefined) return meanings(infra, from);
  return meanings(infra, from).flatMap((each) => {
    const value = memberIn(each, name);
    return value ? valuesAt(infra, value, rest) : [undefined];
  });
};

/** The items of what comes to lists; of an object that a loop goes through by `items()`, none. */
export const itemsOf = (infra: Infra, from: Meant): readonly Meant[] =>
  meanings(infra, from).flatMap((each) => {
    const { expression } = each;
    if (expression.kind === 'list') {
      return expression.items.flatMap((item) => meanings(infra, { ...each, expression: item }));
    }
    if (expression.kind === 'call' && /^(concat|union|flatten)$/.test(expression.name)) {
      return expression.given.flatMap((list) => itemsOf(infra, { ...each, expression: list }));
    }
    if (expression.kind === 'each') {
      return meanings(infra, { ...each, expression: expression.body, bound: boundBy(infra, each) });
    }
    return [];
  });

/** All texts that an expression can come to; undefined for what is only known in Azure. */
export const textsOf = (infra: Infra, from: Meant): readonly (string | undefined)[] =>
  meanings(infra, from).flatMap((each) => {
    if (each.expression.kind !== 'text') return [undefined];
    return each.expression.parts.reduce<readonly (string | undefined)[]>(
      (before, part) => {
        const after = typeof part === 'string' ? [part] : textsOf(infra, { ...each, expression: part });
        return before.flatMap((text) =>
          after.map((more) => (text === undefined || more === undefined ? undefined : text + more)),
        );
      },
      [''],
    );
  });

const memberIn = ({ expression, file, bound }: Meant, name: string): Meant | undefined => {
  if (expression.kind !== 'object') return undefined;
  const found = expression.members.find(({ key }) => keyText(key)?.toLowerCase() === name.toLowerCase());
  return found && { expression: found.value, file, bound };
};

const namedMeanings = (infra: Infra, from: Meant, name: string): readonly Meant[] | undefined => {
  const bound = from.bound.get(name);
  if (bound) return bound;
  const variable = from.file.variables.get(name);
  if (variable) return meanings(infra, meant(from.file, variable));
  const param = from.file.params.find((each) => each.name === name);
  if (!param) return undefined;
  const given = modulesOf(infra)
    .filter((module) => pathOfModule(module) === from.file.path)
    .flatMap(({ file, item }) => valuesAt(infra, meant(file, item.body), ['params', name]))
    .filter((value) => value !== undefined);
  const byDefault = param.byDefault ? meanings(infra, meant(from.file, param.byDefault)) : [];
  return given.length + byDefault.length > 0 ? [...given, ...byDefault] : undefined;
};

const memberMeanings = (infra: Infra, from: Meant, of: Expression, property: string): readonly Meant[] | undefined => {
  const output = outputMeanings(infra, from, of, property);
  if (output) return output;
  const values = meanings(infra, { ...from, expression: of }).map((each) => memberIn(each, property));
  if (values.some((value) => value === undefined)) return undefined;
  return values.flatMap((value) => (value ? meanings(infra, value) : []));
};

/** Of `module.outputs.name`. */
const outputMeanings = (infra: Infra, { file }: Meant, of: Expression, property: string) => {
  if (of.kind !== 'member' || of.property !== 'outputs' || of.of.kind !== 'name') return undefined;
  const { name } = of.of;
  const item = file.modules.find(({ symbol }) => symbol === name);
  const target = item && infra.file(pathOfModule({ file, item }));
  const output = target?.outputs.find((each) => each.name === property);
  return target && output && meanings(infra, meant(target, output.value));
};

const boundBy = (infra: Infra, from: Meant): Meant['bound'] => {
  const { expression, bound } = from;
  if (expression.kind !== 'each') return bound;
  const items = itemsOf(infra, { ...from, expression: expression.over });
  return items.length > 0 ? new Map([...bound, [expression.variable, items]]) : bound;
};
