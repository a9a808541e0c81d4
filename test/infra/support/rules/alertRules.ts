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

/** What a query compares messages with. */
export const phrasesIn = (query: string): readonly string[] =>
  [
    ...query.matchAll(
      /\b(?:message|customDimensions\S*|name|operation_Name)\s*(?:has_cs|has|contains_cs|contains|startswith|==|=~|matches regex)\s*@?(["'])(.+?)\1/gi,
    ),
  ].map(([, , phrase = '']) => phrase);
