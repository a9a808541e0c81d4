/** Rules with names that only this deployment has: of settings, storage, hooks, logs and of what may be made. */
import { readFileSync } from 'node:fs';
import { httpTriggers } from '../../../src/functions/triggers.ts';
import { settingNames } from '../../../src/settings.ts';
import { notGiven, notRead } from './exceptedSettings.ts';
import { resourceVersions } from './resourceVersions.ts';
import type { OurRule } from './rule.ts';
import { logsExist, readFromHead, rulesExplained } from './rules/alertRules.ts';
import { parametersFit } from './rules/modules.ts';
import { noneTooMany, onlyTypes } from './rules/resourceTypes.ts';
import { sameSettings } from './rules/settingNames.ts';
import { onlyHooksExcluded } from './rules/site.ts';
import { sameNames } from './rules/storageNames.ts';
import { containers, queues, says, tables } from './sources.ts';

const hooks = httpTriggers.filter(({ access }) => access === 'key').map(({ route }) => `/${route}`);
const capsLine = '      CALLER_CLASS_CAPS: callerClassCaps\n';

const soundSettings = [
  'CALLER_CLASS_CAPS',
  'GRAPH_CLIENT_STATE',
  ...['blob', 'queue', 'table'].map((service) => `AzureWebJobsStorage__${service}ServiceUri`),
];
const platformSettings = {
  AzureWebJobsStorage__credential: 'the platform',
  AzureWebJobsStorage__clientId: 'the platform',
  APPLICATIONINSIGHTS_CONNECTION_STRING: 'the platform',
};

const soundVersions = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2024-11-30',
  'Microsoft.Storage/storageAccounts': '2024-01-01',
  'Microsoft.Storage/storageAccounts/blobServices': '2024-01-01',
  'Microsoft.Storage/storageAccounts/blobServices/containers': '2024-01-01',
  'Microsoft.Storage/storageAccounts/tableServices': '2024-01-01',
  'Microsoft.Storage/storageAccounts/tableServices/tables': '2024-01-01',
  'Microsoft.Storage/storageAccounts/queueServices': '2024-01-01',
  'Microsoft.Storage/storageAccounts/queueServices/queues': '2024-01-01',
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.OperationalInsights/workspaces': '2023-09-01',
  'Microsoft.Insights/components': '2020-02-02',
  'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
  'Microsoft.Web/serverfarms': '2024-04-01',
  'Microsoft.Web/sites': '2024-04-01',
  'Microsoft.Web/sites/config': '2024-04-01',
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': '2024-04-01',
  'Microsoft.EventGrid/topics': '2025-02-15',
};

const soundParameters = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
  "parameters": { "audience": { "value": "api://gateway" }, "graphClientState": { "value": "\${GRAPH_CLIENT_STATE}" } }
}`;

export const gatewayRules: readonly OurRule[] = [
  {
    says: 'makes only what is allowed, in versions that were chosen',
    rule: onlyTypes(resourceVersions),
    soundRule: onlyTypes(soundVersions),
    breaks: [
      ["'Microsoft.Web/serverfarms@2024-04-01'", "'Microsoft.Web/serverfarms@2023-12-01'", 'write 2024-04-01'],
      ["'Microsoft.Web/serverfarms@2024-04-01'", "'Microsoft.KeyVault/vaults@2024-11-01'", 'is not allowed'],
    ],
  },
  {
    says: 'makes all that is allowed',
    rule: noneTooMany(resourceVersions),
    soundRule: noneTooMany(soundVersions),
    breaks: [
      [
        "'Microsoft.EventGrid/topics@2025-02-15'",
        "'Microsoft.Web/serverfarms@2024-04-01'",
        'EventGrid/topics is allowed, and nowhere made',
      ],
    ],
  },
  {
    says: 'gives the app each setting that it reads, and no other',
    rule: sameSettings(settingNames, notGiven, notRead),
    soundRule: sameSettings(
      [...soundSettings, 'IDENTITY_HEADER'],
      { IDENTITY_HEADER: 'the platform' },
      platformSettings,
    ),
    breaks: [
      [capsLine, '', 'CALLER_CLASS_CAPS is read, and not given'],
      ['CALLER_CLASS_CAPS:', 'CALLER_CLASS_CAP:', 'CALLER_CLASS_CAP is given, and read by nobody'],
      ['CALLER_CLASS_CAPS:', 'IDENTITY_HEADER:', 'IDENTITY_HEADER is given: it is no exception'],
      ['union(storage, settings, ', 'union(storage, json(string(settings)), ', "can't tell the settings"],
      ["name: 'appsettings'", "name: 'slotsettings'", 'no app settings are found'],
    ],
  },
  {
    says: 'is given parameters that it takes, and all that it needs',
    rule: (infra) => parametersFit(readFileSync('infra/main.parameters.json', 'utf8'))(infra),
    soundRule: parametersFit(soundParameters),
    breaks: [
      [
        "param audience string\n\n@description('A secret",
        "param audiences string\n\n@description('A secret",
        'audiences is not given',
      ],
      [
        "param audience string\n\n@description('A secret",
        "param audiences string\n\n@description('A secret",
        'main.bicep does not take audience',
      ],
      ["param callerClassCaps string = ''", 'param callerClassCaps string', 'callerClassCaps is not given'],
    ],
  },
  {
    says: 'lets only the hooks past the platform’s check of identities',
    rule: onlyHooksExcluded(hooks),
    soundRule: onlyHooksExcluded(['/gateway/hooks/alerts']),
    breaks: [
      ["['/gateway/hooks/alerts']", "['/gateway/hooks/alerts', '/gateway/alerts']", '/gateway/alerts is excluded'],
      ["['/gateway/hooks/alerts']", "['/gateway']", '/gateway is excluded'],
      ["        excludedPaths: ['/gateway/hooks/alerts']\n", '', '/gateway/hooks/alerts is not excluded'],
    ],
  },
  {
    says: 'makes the tables that the code uses',
    rule: sameNames('tables', tables()),
    soundRule: sameNames('tables', ['quota']),
    breaks: [["name: 'quota'", "name: 'quotas'", 'quota is not made']],
  },
  {
    says: 'makes the queues that the code uses, with those for poison',
    rule: sameNames('queues', queues()),
    soundRule: sameNames('queues', ['alerts-in', 'alerts-in-poison']),
    breaks: [["['alerts-in', 'alerts-in-poison']", "['alerts-in', 'alerts-on']", 'alerts-in-poison is not made']],
  },
  {
    says: 'makes the containers that the code uses',
    rule: sameNames('containers', ['deployment', ...containers()]),
    soundRule: sameNames('containers', ['deployment', 'alerts']),
    breaks: [["['deployment', 'alerts']", "['deployment', 'alerts', 'more']", 'more is used by nobody']],
  },
  {
    says: 'warns of what the code logs',
    rule: logsExist(says),
    soundRule: logsExist((phrase) => ['the quota is nearly spent', 'untold=', 'hourLeft'].includes(phrase)),
    breaks: [
      ['the quota is nearly spent', 'the quota is spent', "nothing logs 'the quota is spent'"],
      ["startswith 'untold='", "startswith 'told='", "nothing logs 'told='"],
      ['hourLeft=(', 'left=(', "nothing logs 'left'"],
      ['Microsoft.Insights/scheduledQueryRules@', 'Microsoft.Insights/metricAlerts@', 'there is no alert rule on logs'],
    ],
  },
  {
    says: 'reads lines of the log from their head',
    rule: readFromHead,
    breaks: [
      ["Message startswith 'untold='", "Message has 'untold='", 'Message has'],
      ["Message startswith 'untold='", "Message has_any ('untold=')", 'Message has_any'],
      ["Message startswith 'untold='", "Message contains 'untold='", 'Message contains'],
      ["Message startswith 'untold='", "Message matches regex 'untold='", 'matches regex'],
      ["extract('^the ", "extract('the ", 'extract('],
    ],
  },
  {
    says: 'has its alert rules explained in docs/operations.md, and no others',
    rule: rulesExplained(readFileSync('docs/operations.md', 'utf8')),
    soundRule: rulesExplained('| `quota-spent` | 3 | means | do |'),
    breaks: [
      ['operations.md, quota-spent.', 'operations.md, quota-left.', 'quota-left is explained nowhere'],
      [
        'operations.md, quota-spent.',
        'operations.md, quota-left.',
        'quota-spent is explained, and there is no such rule',
      ],
      ["    description: 'docs/operations.md, quota-spent.'\n", '', 'does not say where it is explained'],
    ],
  },
];
