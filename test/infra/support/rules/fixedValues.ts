/** Properties that have one right value: what locks a resource down, and what the app is made for. */

import { plainText } from '../bicep/expression.ts';
import type { Rule } from '../bicep/infra.ts';
import { type Meant, valuesAt } from '../bicep/meaning.ts';
import { namedResources } from '../bicep/namedResources.ts';

export interface FixedValue {
  readonly type: string;
  /** Only resources of these names, each of which has to be there. */
  readonly names?: readonly string[];
  /** From the resource's body on, in any case of letters. */
  readonly path: string;
  readonly value: string | number | boolean;
}

const storage = 'Microsoft.Storage/storageAccounts';
const site = 'Microsoft.Web/sites';
const auth = { type: `${site}/config`, names: ['authsettingsV2'] };
const runtime = 'properties.functionAppConfig.runtime';

export const fixedValues: readonly FixedValue[] = [
  { type: storage, path: 'properties.allowSharedKeyAccess', value: false },
  { type: storage, path: 'properties.allowBlobPublicAccess', value: false },
  { type: storage, path: 'properties.minimumTlsVersion', value: 'TLS1_2' },
  { type: storage, path: 'properties.supportsHttpsTrafficOnly', value: true },
  { type: `${storage}/blobServices/containers`, path: 'properties.publicAccess', value: 'None' },
  { type: 'Microsoft.Insights/components', path: 'properties.DisableLocalAuth', value: true },
  { type: 'Microsoft.OperationalInsights/workspaces', path: 'properties.features.disableLocalAuth', value: true },
  { type: 'Microsoft.EventGrid/topics', path: 'properties.disableLocalAuth', value: true },
  { type: 'Microsoft.EventGrid/topics', path: 'properties.minimumTlsVersionAllowed', value: '1.2' },
  { type: 'Microsoft.Insights/scheduledQueryRules', path: 'properties.enabled', value: true },
  { type: site, path: 'properties.httpsOnly', value: true },
  { type: site, path: 'properties.siteConfig.minTlsVersion', value: '1.2' },
  { type: site, path: 'properties.siteConfig.scmMinTlsVersion', value: '1.2' },
  { type: site, path: `${runtime}.name`, value: 'node' },
  { type: site, path: `${runtime}.version`, value: '24' },
  { type: `${site}/basicPublishingCredentialsPolicies`, names: ['ftp', 'scm'], path: 'properties.allow', value: false },
  { ...auth, path: 'properties.globalValidation.requireAuthentication', value: true },
  { ...auth, path: 'properties.globalValidation.unauthenticatedClientAction', value: 'Return401' },
  { ...auth, path: 'properties.httpSettings.requireHttps', value: true },
];

/** The value stands there, whatever is chosen, and there is such a resource at all. */
export const fixed =
  ({ type, names, path, value }: FixedValue): Rule =>
  (infra) => {
    const found = namedResources(infra, type);
    const missing = (names ?? [undefined]).filter((name) => !found.some((each) => !name || each.name === name));
    return [
      ...missing.map((name) => `there is no ${type}${name ? ` named ${name}` : ''}`),
      ...found
        .filter(({ name }) => !names || names.includes(name ?? ''))
        .flatMap(({ place, body }) => valuesAt(infra, body, path.split('.')).map((at) => ({ place, at })))
        .filter(({ at }) => !at || !isValue(at, value))
        .map(({ place, at }) => `${place}: ${type}: ${path} is ${at?.expression.source ?? 'not set'}: write ${value}`),
    ];
  };

const isValue = ({ expression }: Meant, value: FixedValue['value']) =>
  expression.kind === 'literal' ? expression.value === value : plainText(expression) === value;
