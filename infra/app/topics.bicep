// Event Grid: a topic that alerts are published to, which hands them to the queue alerts-in; and one that results are published to.
// Both take CloudEvents 1.0, and know who publishes by an identity: give publishers EventGrid Data Sender on the topic.

@description('Part of all names.')
param suffix string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Whether there is one for alerts.')
param isForAlerts bool

@description('Whether there is one for results.')
param isForResults bool

@description('The account of the queue alerts-in.')
param storageName string

@description('Object id of the gateway\'s identity.')
param principalId string

@description('Who is told of lost events; empty for nobody.')
param actionGroupId string

var storageQueueDataMessageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
var eventGridDataSender = 'd5a91429-5739-47e2-a06b-3470a27159e7'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' existing = {
  parent: account
  name: 'default'
}

resource alertsIn 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' existing = {
  parent: queueService
  name: 'alerts-in'
}

resource alertTopic 'Microsoft.EventGrid/topics@2025-02-15' = if (isForAlerts) {
  name: 'evgt-alerts-${suffix}'
  location: location
  tags: tags
  // A user-assigned one does not get through the firewall of the storage.
  identity: { type: 'SystemAssigned' }
  properties: {
    inputSchema: 'CloudEventSchemaV1_0'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: 'Enabled'
  }
}

resource fillsQueue 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isForAlerts) {
  name: guid(alertsIn.id, 'evgt-alerts-${suffix}', storageQueueDataMessageSender)
  scope: alertsIn
  properties: {
    principalId: alertTopic!.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageQueueDataMessageSender)
  }
}

resource delivery 'Microsoft.EventGrid/topics/eventSubscriptions@2025-02-15' = if (isForAlerts) {
  parent: alertTopic
  name: 'alerts-in'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    deliveryWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      destination: {
        endpointType: 'StorageQueue'
        properties: {
          resourceId: account.id
          queueName: 'alerts-in'
          queueMessageTimeToLiveInSeconds: 604800
        }
      }
    }
    retryPolicy: {
      eventTimeToLiveInMinutes: 1440
      maxDeliveryAttempts: 30
    }
  }
  dependsOn: [fillsQueue]
}

resource lostAlerts 'Microsoft.Insights/metricAlerts@2018-03-01' = if (isForAlerts) {
  name: 'gateway-alerts-lost-before-the-queue-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid gave up events of alerts: the queue alerts-in did not take them for a day. docs/operations.md, alerts-lost-before-the-queue.'
    severity: 1
    enabled: true
    scopes: [alertTopic.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dropped'
          metricNamespace: 'Microsoft.EventGrid/topics'
          metricName: 'DroppedEventCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: empty(actionGroupId) ? [] : [{ actionGroupId: actionGroupId }]
  }
}

resource resultTopic 'Microsoft.EventGrid/topics@2025-02-15' = if (isForResults) {
  name: 'evgt-results-${suffix}'
  location: location
  tags: tags
  properties: {
    inputSchema: 'CloudEventSchemaV1_0'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: 'Enabled'
  }
}

resource publishesResults 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (isForResults) {
  name: guid(resultTopic.id, principalId, eventGridDataSender)
  scope: resultTopic
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', eventGridDataSender)
  }
}

output alertTopicEndpoint string = isForAlerts ? alertTopic!.properties.endpoint : ''
output resultTopicEndpoint string = isForResults ? resultTopic!.properties.endpoint : ''
