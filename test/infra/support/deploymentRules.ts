/** What we ask of every deployment; names that only ours has are in `gatewayRules.ts`. */

import { fittingRules } from './fittingRules.ts';
import type { OurRule } from './rule.ts';
import { fixed, fixedValues } from './rules/fixedValues.ts';
import { noOtherRoles, rolesGranted, scopedRoles, wholeConnections } from './rules/identities.ts';
import { httpAlwaysReady, onlyFlexProperties } from './rules/site.ts';
import { secretRules } from './secretRules.ts';

const identities: readonly OurRule[] = [
  {
    says: 'gives each trigger an address, a credential and the identity',
    rule: wholeConnections,
    breaks: [
      ["  AzureWebJobsStorage__credential: 'managedidentity'\n", '', 'AzureWebJobsStorage__credential is missing'],
      [
        "  AzureWebJobsStorage__tableServiceUri: replace(queues, 'queue', 'table')\n",
        '',
        'AzureWebJobsStorage__tableServiceUri is missing',
      ],
      [
        '      CALLER_CLASS_CAPS: callerClassCaps\n',
        '      AlertStream__fullyQualifiedNamespace: callerClassCaps\n',
        'AlertStream__clientId is missing',
      ],
      [
        '      CALLER_CLASS_CAPS: callerClassCaps\n',
        '      AzureWebJobsStorage: callerClassCaps\n',
        'AzureWebJobsStorage is a connection string',
      ],
      ["__credential: 'managedidentity'", "__credential: 'key'", 'write managedidentity'],
      [
        '      CALLER_CLASS_CAPS: callerClassCaps\n',
        '      Other__queueServiceUri: callerClassCaps\n',
        'Other: a connection that no function has',
      ],
    ],
  },
  {
    says: 'grants the four roles that the app needs',
    rule: rolesGranted,
    breaks: [
      [
        "  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n",
        '',
        'Storage Queue Data Contributor (974c5e8b-45b9-4653-ba55-5f855dd0fb88)',
      ],
    ],
  },
  {
    says: 'grants no other role',
    rule: noOtherRoles,
    breaks: [
      [
        "  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'\n",
        "  'b24988ac-6180-42a0-ab88-20f7382dd24c'\n",
        'is no role that is known here',
      ],
    ],
  },
  {
    says: 'grants each role on one resource',
    rule: scopedRoles,
    breaks: [
      ['  scope: account\n', '', 'scope is not set'],
      ['  scope: insights\n', '  scope: resourceGroup()\n', 'scope is resourceGroup()'],
      [
        "    principalType: 'ServicePrincipal'\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)",
        '    roleDefinitionId: role',
        "write principalType 'ServicePrincipal'",
      ],
    ],
  },
];

const site: readonly OurRule[] = [
  {
    says: 'sets nothing that Flex Consumption refuses',
    rule: onlyFlexProperties,
    breaks: [
      [
        "      scmMinTlsVersion: '1.2'\n",
        "      scmMinTlsVersion: '1.2'\n      ftpsState: 'Disabled'\n",
        'siteConfig.ftpsState',
      ],
      [
        "      scmMinTlsVersion: '1.2'\n",
        "      scmMinTlsVersion: '1.2'\n      alwaysOn: true\n",
        'siteConfig.alwaysOn',
      ],
    ],
  },
  {
    says: 'keeps an instance ready for HTTP',
    rule: httpAlwaysReady,
    breaks: [["alwaysReady: [{ name: 'http', instanceCount: 1 }]", 'alwaysReady: []', 'alwaysReady has no http']],
  },
];

export const deploymentRules: readonly OurRule[] = [...fittingRules, ...secretRules, ...identities, ...site];

/** By the property's path: what stands in `sound/` for it, and what a broken one says instead. */
export const fixedRules: readonly OurRule[] = fixedValues.map((each) => ({
  says: `sets ${each.path} of ${each.type}${each.names ? ` (${each.names})` : ''} to ${each.value}`,
  rule: fixed(each),
  breaks: [],
}));
