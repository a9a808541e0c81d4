/** What an alert rule looks for in the logs is what the code says there. */
import type { Rule } from '../bicep/infra.ts';
import { itemsOf, textsOf, valuesAt } from '../bicep/meaning.ts';
import { namedResources } from '../bicep/namedResources.ts';

const type = 'Microsoft.Insights/scheduledQueryRules';

/** @param says  whether the code logs this */
export const logsExist =
  (says: (phrase: string) => boolean): Rule =>
  (infra) => {
    const rules = namedResources(infra, type);
    if (rules.length === 0) return ['there is no alert rule on logs'];
    return rules.flatMap(({ place, body }) =>
      valuesAt(infra, body, ['properties', 'criteria', 'allOf'])
        .flatMap((list) => (list ? itemsOf(infra, list) : []))
        .flatMap((item) => valuesAt(infra, item, ['query']))
        .flatMap((query) => (query ? textsOf(infra, query) : [undefined]))
        .flatMap((query) =>
          query === undefined
            ? [`${place}: a query that can not be told`]
            : phrasesIn(query)
                .filter((phrase) => !says(phrase))
                .map((phrase) => `${place}: nothing logs '${phrase}'`),
        ),
    );
  };

/** A line holds what callers send: only its head is ours, so a query looks there, and at nothing that may stand anywhere. */
export const readFromHead: Rule = (infra) =>
  namedResources(infra, type).flatMap(({ place, body }) =>
    valuesAt(infra, body, ['properties', 'criteria', 'allOf'])
      .flatMap((list) => (list ? itemsOf(infra, list) : []))
      .flatMap((item) => valuesAt(infra, item, ['query']))
      .flatMap((query) => (query ? textsOf(infra, query) : []))
      .flatMap((query) => (query ?? '').match(anywhere) ?? [])
      .map((found) => `${place}: ${found}: write startswith, or a regular expression that begins with ^`),
  );

const anywhere =
  /(?<!')\bMessage\s+!?(?:has|contains|endswith|in|==|=~)\w*|\bMessage\s+matches\s+regex\s+@?'(?!\^)|\bextract\(@?'(?!\^)[^']*',\s*\d+,\s*Message\b/g;

/** @param manual  text that explains each rule in a row of a table, which begins with its name */
export const rulesExplained =
  (manual: string): Rule =>
  (infra) => {
    const explained = [...manual.matchAll(/^\| `([\w-]+)` \| \d \|/gm)].flatMap(([, name]) => name ?? []);
    const named = ['scheduledQueryRules', 'metricAlerts'].flatMap((kind) =>
      namedResources(infra, `Microsoft.Insights/${kind}`)
        .flatMap(({ body }) => valuesAt(infra, body, ['properties', 'description']))
        .flatMap((description) => (description ? textsOf(infra, description) : [undefined]))
        .map((description) => /docs\/operations\.md, ([\w-]+)\.?$/.exec(description ?? '')?.[1]),
    );
    return [
      ...named.flatMap((name) => (name === undefined ? ['a rule does not say where it is explained'] : [])),
      ...named.flatMap((name) => (name && !explained.includes(name) ? [`${name} is explained nowhere`] : [])),
      ...explained
        .filter((name) => !named.includes(name))
        .map((name) => `${name} is explained, and there is no such rule`),
    ];
  };

/** What a query looks for in messages: texts, and fields as `name=value`. */
export const phrasesIn = (query: string): readonly string[] => [
  ...[...query.matchAll(/\bMessage\s+(?:has|contains|startswith)\s+'([^']+)'/g)].flatMap(
    ([, text]) => text?.trim() ?? [],
  ),
  ...[...query.matchAll(/\bMessage\s+has_any\s*\(([^)]*)\)/g)].flatMap(([, list]) => quotedIn(list ?? '')),
  ...[...query.matchAll(/\bextract\('(?:\^[^']*?)?(\w+)=\(/g)].flatMap(([, field]) => field ?? []),
];

const quotedIn = (list: string): readonly string[] =>
  [...list.matchAll(/'([^']*)'/g)].flatMap(([, text]) => text ?? []);
