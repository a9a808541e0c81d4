/** Ways in and out by Event Grid, Event Hubs and queues of another account. */
import type { Choice } from './rules/choices.ts';

const topic = 'Microsoft.EventGrid/topics';
const settings = { type: 'Microsoft.Web/sites/config', named: /^appsettings$/ };
const elsewhere = { alertQueuesServiceUri: 'https://other.queue.core.windows.net/' };
const condition = "'app/topics.bicep' = if (hasAlertTopic || resultTopicEnabled)";

const forAlerts: readonly Choice[] = [
  {
    says: 'makes a topic for alerts, which has an identity of its own',
    given: { alertTopicEnabled: true },
    type: topic,
    named: /^evgt-alerts/,
    path: 'identity',
    stands: [{ type: 'SystemAssigned' }],
    breaks: [
      ["of the storage.\n  identity: { type: 'SystemAssigned' }\n", 'of the storage.\n'],
      [condition, "'app/topics.bicep' = if (resultTopicEnabled)"],
      ['isForAlerts: hasAlertTopic', 'isForAlerts: false'],
    ],
  },
  {
    says: 'hands alerts to their queue, by that identity',
    given: { alertTopicEnabled: true },
    type: `${topic}/eventSubscriptions`,
    path: 'properties.deliveryWithResourceIdentity',
    stands: [
      {
        identity: { type: 'SystemAssigned' },
        destination: {
          endpointType: 'StorageQueue',
          properties: {
            resourceId: '<account.id>',
            queueName: 'alerts-in',
            queueMessageTimeToLiveInSeconds: 604800,
          },
        },
      },
    ],
    breaks: [["          queueName: 'alerts-in'", "          queueName: 'alerts-to-enrich'"]],
  },
  {
    says: 'tells of alerts that the topic lost',
    given: { alertTopicEnabled: true, alertEmail: 'soc@contoso.com' },
    type: 'Microsoft.Insights/metricAlerts',
    path: 'properties.actions',
    stands: [[{ actionGroupId: '<told.id>' }]],
    breaks: [['actions: empty(actionGroupId) ? [] : [{ actionGroupId: actionGroupId }]', 'actions: []']],
  },
  {
    says: 'has that rule switched on',
    given: { alertTopicEnabled: true },
    type: 'Microsoft.Insights/metricAlerts',
    path: 'properties.enabled',
    stands: [true],
    breaks: [['severity: 1\n    enabled: true', 'severity: 1\n    enabled: false']],
  },
  {
    says: 'makes no topic for alerts where functions listen on another account, which it would not fill',
    given: { alertTopicEnabled: true, resultTopicEnabled: true, ...elsewhere },
    type: topic,
    named: /^evgt-alerts/,
    stands: [],
    breaks: [
      ['alertTopicEnabled && empty(alertQueuesServiceUri)', 'alertTopicEnabled'],
      ['isForAlerts: hasAlertTopic', 'isForAlerts: alertTopicEnabled'],
    ],
  },
  {
    says: 'makes no topic for alerts that was not asked for',
    given: { resultTopicEnabled: true },
    type: topic,
    named: /^evgt-alerts/,
    stands: [],
    breaks: [
      [
        "alertTopic 'Microsoft.EventGrid/topics@2025-02-15' = if (isForAlerts)",
        `alertTopic '${topic}@2025-02-15' = if (true)`,
      ],
    ],
  },
];

const elsewhereAndOut: readonly Choice[] = [
  {
    says: 'has functions listen on another account where it is given',
    given: elsewhere,
    ...settings,
    path: 'properties.AlertQueues__queueServiceUri',
    stands: [elsewhere.alertQueuesServiceUri],
    breaks: [['alertQueuesServiceUri: alertQueuesServiceUri\n', "alertQueuesServiceUri: ''\n"]],
  },
  {
    says: 'has functions listen on the own account otherwise',
    given: {},
    ...settings,
    path: 'properties.AlertQueues__queueServiceUri',
    stands: [undefined],
    breaks: [['var alertQueues = empty(alertQueuesServiceUri) ? {} : {', 'var alertQueues = {']],
  },
  {
    says: 'publishes results to the topic that it makes',
    given: { resultTopicEnabled: true, eventGridTopicEndpoint: 'https://own.example' },
    ...settings,
    path: 'properties.EVENT_GRID_TOPIC_ENDPOINT',
    stands: ['<resultTopic.properties.endpoint>'],
    breaks: [
      ['EVENT_GRID_TOPIC_ENDPOINT: resultTopicEnabled ?', 'EVENT_GRID_TOPIC_ENDPOINT: alertTopicEnabled ?'],
      ['isForResults: resultTopicEnabled', 'isForResults: alertTopicEnabled'],
    ],
  },
  {
    says: 'makes no topic for results that was not asked for',
    given: { alertTopicEnabled: true },
    type: topic,
    named: /^evgt-results/,
    stands: [],
    breaks: [['isForResults: resultTopicEnabled', 'isForResults: true']],
  },
  {
    says: 'publishes results to the topic that is given',
    given: { eventGridTopicEndpoint: 'https://own.example' },
    ...settings,
    path: 'properties.EVENT_GRID_TOPIC_ENDPOINT',
    stands: ['https://own.example'],
    breaks: [[': eventGridTopicEndpoint\n', ": ''\n"]],
  },
];

export const topicChoices: readonly Choice[] = [...forAlerts, ...elsewhereAndOut];
