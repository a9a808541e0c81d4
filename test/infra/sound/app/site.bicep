@description('Where the app stands.')
param location string

@description('Client id of the identity.')
param clientId string

@description('What callers ask a token for.')
param audience string

@description('Address of the queues.')
param queues string

@description('More settings.')
param settings object

var storage = {
  AzureWebJobsStorage__queueServiceUri: queues
  AzureWebJobsStorage__blobServiceUri: replace(queues, 'queue', 'blob')
  AzureWebJobsStorage__tableServiceUri: replace(queues, 'queue', 'table')
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'logs'
  location: location
  properties: {
    features: { disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: logs.id
  }
}

resource mayTell 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, clientId)
  scope: insights
  properties: {
    principalId: clientId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '3913510d-42f4-4e42-8a64-420c390055eb')
  }
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan'
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: 'topic'
  location: location
  properties: { disableLocalAuth: true, minimumTlsVersionAllowed: '1.2' }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: 'gateway'
  location: location
  kind: 'functionapp,linux'
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 40
        alwaysReady: [{ name: 'http', instanceCount: 1 }]
      }
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(storage, settings, { APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString })
  }

  resource auth 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        excludedPaths: ['/gateway/hooks/alerts']
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          validation: {
            allowedAudiences: [audience]
            defaultAuthorizationPolicy: { allowedApplications: ['caller'] }
          }
        }
      }
    }
  }

  resource publishing 'basicPublishingCredentialsPolicies' = [for name in ['ftp', 'scm']: {
    name: name
    properties: { allow: false }
  }]
}

resource poison 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = {
  name: 'poison'
  location: location
  properties: {
    description: 'docs/operations.md, quota-spent.'
    enabled: true
    criteria: {
      allOf: [{ query: '''
AppTraces
| where Message startswith 'the quota is nearly spent' or Message startswith 'untold='
| extend left = extract('^the [^"]*hourLeft=([0-9]+)', 1, Message)
''' }]
    }
  }
}

output url string = 'https://${site.properties.defaultHostName}'
