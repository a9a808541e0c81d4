// Everything that the gateway remembers: ledger, answers, snapshots, alerts, long answers. Reached by identities only; there is no key.
// The app makes what is missing. It stands here, too, so that what fills the queues from outside finds them from the first minute.

@description('Name of the account.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('How it is copied.')
param sku string

@description('Whether it is reached through private endpoints only.')
param isPrivate bool

@description('Object id of the gateway\'s identity.')
param principalId string

@description('Days that alerts are kept after their end.')
param alertRetentionDays int

var deploymentContainerName = 'deployment'
var tableNames = ['quota', 'answers', 'keys', 'snapshots', 'snapshotStates', 'snapshotStaging', 'alerts', 'operations']
var queueNames = [
  'alerts-in'
  'alerts-in-poison'
  'alerts-to-enrich'
  'alerts-to-enrich-poison'
  'results-to-deliver'
  'results-to-deliver-poison'
  'operations-to-run'
  'operations-to-run-poison'
  'enriched-alerts'
  'security-state-changes'
]

// Storage Blob Data Owner is what the Functions host asks for; the other two are not in it.
var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid comes through this door, by its system-assigned identity ("Storage queue as an event handler").
      bypass: 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in [deploymentContainerName, 'alerts', 'operations']: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [
  for table in tableNames: {
    parent: tableService
    name: table
  }
]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [
  for queue in queueNames: {
    parent: queueService
    name: queue
  }
]

// A crash leaves a blob that no row names, and nothing else would ever remove it.
resource leftovers 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'operations'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['operations/']
            }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } }
            }
          }
        }
        {
          name: 'alerts'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['alerts/']
            }
            actions: {
              baseBlob: { delete: { daysAfterModificationGreaterThan: alertRetentionDays + 30 } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [containers]
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
output deploymentContainer string = deploymentContainerName
