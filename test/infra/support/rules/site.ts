/** The app's own: who gets past the platform's wall, and what is always there. */
import type { Rule } from '../bicep/infra.ts';
import { itemsOf, textsOf, valuesAt } from '../bicep/meaning.ts';
import { namedResources } from '../bicep/namedResources.ts';

/** @param hooks  addresses that always take a key, such as `/gateway/hooks/alerts`: nothing else is kept out of the platform's check */
export const onlyHooksExcluded =
  (hooks: readonly string[]): Rule =>
  (infra) => {
    const lists = namedResources(infra, 'Microsoft.Web/sites/config')
      .filter(({ name }) => name === 'authsettingsV2')
      .flatMap(({ body }) => valuesAt(infra, body, ['properties', 'globalValidation', 'excludedPaths']));
    if (lists.length === 0) return ['there is no authsettingsV2'];
    return lists.flatMap((list) => {
      const paths = list ? itemsOf(infra, list).flatMap((item) => textsOf(infra, item)) : [];
      return [
        ...hooks.filter((hook) => !paths.includes(hook)).map((hook) => `${hook} is not excluded: no key gets through`),
        ...paths
          .filter((path) => !hooks.includes(path ?? ''))
          .map((path) => `${path} is excluded: only ${hooks} may be`),
      ];
    });
  };

/** A first call that waits for an instance waits for seconds. */
export const httpAlwaysReady: Rule = (infra) =>
  namedResources(infra, 'Microsoft.Web/sites').flatMap(({ place, body }) => {
    const lists = valuesAt(infra, body, ['properties', 'functionAppConfig', 'scaleAndConcurrency', 'alwaysReady']);
    const groups = lists
      .flatMap((list) => (list ? itemsOf(infra, list) : []))
      .flatMap((item) => valuesAt(infra, item, ['name']))
      .flatMap((name) => (name ? textsOf(infra, name) : []));
    return groups.includes('http') ? [] : [`${place}: alwaysReady has no http`];
  });

/** "Flex Consumption plan deprecated properties and settings": what other plans take, and this one refuses or passes over. */
const notOfFlex = ['ftpsState', 'linuxFxVersion', 'alwaysOn', 'use32BitWorkerProcess', 'functionAppScaleLimit'];

export const onlyFlexProperties: Rule = (infra) =>
  namedResources(infra, 'Microsoft.Web/sites').flatMap(({ place, body }) =>
    notOfFlex
      .filter((name) => valuesAt(infra, body, ['properties', 'siteConfig', name]).some((at) => at !== undefined))
      .map((name) => `${place}: siteConfig.${name} is none of Flex Consumption's`),
  );
