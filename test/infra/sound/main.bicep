targetScope = 'resourceGroup'

@description('Where everything stands.')
param location string = resourceGroup().location

@description('The class that callers are capped at, as caller=class.')
param callerClassCaps string = ''

@description('The application that callers ask a token for.')
param audience string

@description('A secret that Microsoft Graph sends.')
@secure()
param graphClientState string = ''

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: 'gateway'
  location: location
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    principalId: identity.properties.principalId
  }
}

module app 'app/site.bicep' = {
  name: 'app'
  params: {
    location: location
    clientId: identity.properties.clientId
    audience: audience
    queues: storage.outputs.queues
    settings: union({
      CALLER_CLASS_CAPS: callerClassCaps
    }, empty(graphClientState) ? {} : { GRAPH_CLIENT_STATE: graphClientState })
  }
}

output url string = app.outputs.url
