// The function app: Flex Consumption, Node 24, known everywhere by its user-assigned identity.

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('Resource id of the identity.')
param identityId string

@description('Client id of the identity.')
param identityClientId string

@description('The subnet that the app stands in; empty for none.')
param subnetId string

@description('Address of the blob service.')
param blobEndpoint string

@description('Address of the queue service.')
param queueEndpoint string

@description('Address of the table service.')
param tableEndpoint string

@description('Container that holds the package.')
param deploymentContainer string

@description('Where logs go.')
param insightsConnectionString string

@description('Instances that always run for HTTP.')
param alwaysReadyHttp int

@description('Memory of an instance.')
param instanceMemoryMB int

@description('Most instances of each group of functions.')
param maximumInstanceCount int

@description('Requests at once before another instance is started.')
param httpPerInstanceConcurrency int

@description('Queue service of another account for the alerts\' queues; empty for the app\'s own.')
param alertQueuesServiceUri string

@description('Event Hubs namespace that alerts are streamed to, as host name; empty for none.')
param alertStreamNamespace string

@description('Settings by name; an empty one has the app\'s default.')
param settings object

@description('Settings that are secrets, or references to a Key Vault.')
@secure()
param secrets object

// A connection that uses a user-assigned identity has three parts: an address, that it is one, and which.
var connections = {
  AzureWebJobsStorage__blobServiceUri: blobEndpoint
  AzureWebJobsStorage__queueServiceUri: queueEndpoint
  AzureWebJobsStorage__tableServiceUri: tableEndpoint
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
}

var alertQueues = empty(alertQueuesServiceUri) ? {} : {
  AlertQueues__queueServiceUri: alertQueuesServiceUri
  AlertQueues__credential: 'managedidentity'
  AlertQueues__clientId: identityClientId
}

var alertStream = empty(alertStreamNamespace) ? {} : {
  AlertStream__fullyQualifiedNamespace: alertStreamNamespace
  AlertStream__credential: 'managedidentity'
  AlertStream__clientId: identityClientId
}

var own = {
  AZURE_CLIENT_ID: identityClientId
  AZURE_TENANT_ID: tenant().tenantId
  STORAGE_BLOBS_ENDPOINT: blobEndpoint
  STORAGE_QUEUES_ENDPOINT: queueEndpoint
  STORAGE_TABLES_ENDPOINT: tableEndpoint
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  // By this tag azd finds the app of the service in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'gateway' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${blobEndpoint}${deploymentContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'node'
        version: '24'
      }
      scaleAndConcurrency: {
        alwaysReady: alwaysReadyHttp == 0 ? [] : [
          {
            name: 'http'
            instanceCount: alwaysReadyHttp
          }
        ]
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: {
          http: { perInstanceConcurrency: httpPerInstanceConcurrency }
        }
      }
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: site
  name: 'appsettings'
  properties: union(settings, secrets, connections, alertQueues, alertStream, own)
}

// Without user names and passwords: the package comes with the deployer's Entra token.
resource publishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = [
  for way in ['ftp', 'scm']: {
    parent: site
    name: way
    properties: { allow: false }
  }
]

output name string = site.name
output url string = 'https://${site.properties.defaultHostName}'
