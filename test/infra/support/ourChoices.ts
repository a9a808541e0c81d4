/** What our deployment comes to, by what is chosen, and the slips that must not go unseen. */
import { networkChoices } from './networkChoices.ts';
import type { Choice } from './rules/choices.ts';
import { topicChoices } from './topicChoices.ts';
import { wallChoices } from './wallChoices.ts';

const site = 'Microsoft.Web/sites';
const rule = 'Microsoft.Insights/scheduledQueryRules';
const deletedAfter = (days: number) => ({ baseBlob: { delete: { daysAfterModificationGreaterThan: days } } });
const lifecycle = (name: string, days: number) => ({
  name,
  enabled: true,
  type: 'Lifecycle',
  definition: { filters: { blobTypes: ['blockBlob'], prefixMatch: [`${name}/`] }, actions: deletedAfter(days) },
});

const otherChoices: readonly Choice[] = [
  {
    says: 'removes blobs that nothing names, of each container after its time',
    given: { alertRetentionDays: 50 },
    type: 'Microsoft.Storage/storageAccounts/managementPolicies',
    path: 'properties.policy.rules',
    stands: [[lifecycle('operations', 7), lifecycle('alerts', 80)]],
    breaks: [
      ["prefixMatch: ['operations/']", "prefixMatch: ['operation/']"],
      ["prefixMatch: ['alerts/']", "prefixMatch: ['']"],
      ['alertRetentionDays + 30', 'alertRetentionDays'],
      ['alertRetentionDays: alertRetentionDays\n', 'alertRetentionDays: 1\n'],
    ],
  },
  {
    says: 'has an instance always ready unless none is wanted',
    given: { alwaysReadyHttp: 0 },
    type: site,
    path: 'properties.functionAppConfig.scaleAndConcurrency.alwaysReady',
    stands: [[]],
    breaks: [['alwaysReadyHttp == 0 ? [] : [', 'alwaysReadyHttp == 1 ? [] : [']],
  },
  {
    says: 'writes mail where an address is given',
    given: { alertEmail: 'soc@contoso.com' },
    type: rule,
    named: /quota-nearly-spent/,
    path: 'properties.actions',
    stands: [{ actionGroups: ['<told.id>'] }],
    breaks: [
      ['actionGroups: empty(actionGroupId) ? [] : [actionGroupId]', 'actionGroups: []'],
      ["empty(alertEmail) ? '' : told.id", "empty(alertEmail) ? told.id : ''"],
    ],
  },
  {
    says: 'writes no mail where none is',
    given: {},
    type: rule,
    named: /quota-nearly-spent/,
    path: 'properties.actions',
    stands: [{ actionGroups: [] }],
    breaks: [['empty(actionGroupId) ? [] : [actionGroupId] }', 'empty(actionGroupId) ? [actionGroupId] : [] }']],
  },
  {
    says: 'tells of a quota when as little is left as was chosen',
    given: { quotaLeftPercent: 7 },
    type: rule,
    named: /quota-nearly-spent/,
    path: 'properties.criteria.allOf.0.threshold',
    stands: [7],
    breaks: [['quotaLeftPercent: quotaLeftPercent\n', 'quotaLeftPercent: 1\n']],
  },
  {
    says: 'looks back for snapshots as far as was chosen',
    given: { snapshotSilence: 'P1D' },
    type: rule,
    named: /snapshot-missing/,
    path: 'properties.windowSize',
    stands: ['P1D'],
    breaks: [['snapshotSilence: snapshotSilence\n', "snapshotSilence: 'PT6H'\n"]],
  },
];

export const ourChoices: readonly Choice[] = [...wallChoices, ...networkChoices, ...topicChoices, ...otherChoices];
