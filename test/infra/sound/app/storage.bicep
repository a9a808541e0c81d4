@description('Where the account stands.')
param location string

@description('Who reads and writes.')
param principalId string

var roles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
]

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'gateway${uniqueString(resourceGroup().id)}'
  location: location
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    resource containers 'containers' = [for name in ['deployment', 'alerts']: {
      name: name
      properties: { publicAccess: 'None' }
    }]
  }

  resource tables 'tableServices' = {
    name: 'default'
    resource quota 'tables' = {
      name: 'quota'
    }
  }

  resource queueService 'queueServices' = {
    name: 'default'
    resource queue 'queues' = [for name in ['alerts-in', 'alerts-in-poison']: {
      name: name
    }]
  }
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for role in roles: {
  name: guid(account.id, principalId, role)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}]

output queues string = account.properties.primaryEndpoints.queue
