/** The app's settings, wherever in the Bicep files they are put together. */
import { keyText } from '../bicep/expression.ts';
import type { Infra } from '../bicep/infra.ts';
import { itemsOf, type Meant, meanings, textsOf, valuesAt } from '../bicep/meaning.ts';
import { namedResources } from '../bicep/namedResources.ts';

export interface AppSettings {
  /** What each setting is given; several where it depends. */
  readonly given: ReadonlyMap<string, readonly Meant[]>;
  /** What can't be read: then the rest is not all. */
  readonly faults: readonly string[];
}

export const appSettingsOf = (infra: Infra): AppSettings => {
  const found = [
    ...namedResources(infra, 'Microsoft.Web/sites').flatMap(({ body }) =>
      valuesAt(infra, body, ['properties', 'siteConfig', 'appSettings']),
    ),
    ...namedResources(infra, 'Microsoft.Web/sites/config')
      .filter(({ name }) => name === 'appsettings')
      .flatMap(({ body }) => valuesAt(infra, body, ['properties'])),
  ].filter((value) => value !== undefined);
  const pairs = found.flatMap((value) => pairsIn(infra, value));
  const names = [...new Set(pairs.map(([name]) => name))].filter((name) => name !== undefined);
  return {
    given: new Map(names.map((name) => [name, pairs.flatMap(([each, value]) => (each === name ? [value] : []))])),
    faults: [
      ...(found.length === 0 ? ['no app settings are found'] : []),
      ...pairs.flatMap(([name, { file, expression }]) =>
        name === undefined ? [`${file.path}:${expression.line}: can't tell the settings in ${expression.source}`] : [],
      ),
    ],
  };
};

type Pair = readonly [name: string | undefined, value: Meant];

/** Names and values in what is an object, a list of `{ name, value }`, or is put together of such. */
const pairsIn = (infra: Infra, from: Meant): readonly Pair[] =>
  meanings(infra, from).flatMap((each): readonly Pair[] => {
    const { expression } = each;
    const inside = (part: typeof expression) => pairsIn(infra, { ...each, expression: part });
    switch (expression.kind) {
      case 'object':
        return expression.members.flatMap(({ key, value }) =>
          namesOf(infra, each, key).map((name): Pair => [name, { ...each, expression: value }]),
        );
      case 'list':
        return itemsOf(infra, each).flatMap((item) => namedPairs(infra, item));
      case 'each':
        return expression.over.kind === 'call' && expression.over.name === 'items'
          ? expression.over.given.flatMap(inside)
          : itemsOf(infra, each).flatMap((item) => namedPairs(infra, item));
      case 'call':
        return /^(union|concat|shallowMerge)$/.test(expression.name)
          ? expression.given.flatMap((part) =>
              part.kind === 'list' && isMerge(expression.name) ? part.items.flatMap(inside) : inside(part),
            )
          : [[undefined, each]];
      default:
        return [[undefined, each]];
    }
  });

const isMerge = (name: string) => name === 'shallowMerge';

const namesOf = (infra: Infra, from: Meant, key: Meant['expression']): readonly (string | undefined)[] => {
  const name = keyText(key);
  return name === undefined ? textsOf(infra, { ...from, expression: key }) : [name];
};

const namedPairs = (infra: Infra, item: Meant): readonly Pair[] => {
  const names = valuesAt(infra, item, ['name']).flatMap((name) => (name ? textsOf(infra, name) : [undefined]));
  const [value] = valuesAt(infra, item, ['value']);
  return names.map((name) => [value ? name : undefined, value ?? item]);
};
