// App Service Authentication, the outer of two walls: who has no token of this tenant for this gateway gets 401 before any code of ours
// runs. The inner one is the gateway itself, which checks the token again, and the caller's role.

@description('The app.')
param siteName string

@description('Client id of the gateway\'s application in Entra.')
param clientId string

@description('What tokens must be for.')
param audiences array

@description('Client ids that may call; empty for all.')
param applications array

@description('Object ids of who may call; empty for all.')
param identities array

resource site 'Microsoft.Web/sites@2024-11-01' existing = {
  name: siteName
}

resource authentication 'Microsoft.Web/sites/config@2024-11-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      // Webhooks that can only carry a key. Each in full: behind a star would be what is added there later, too.
      excludedPaths: ['/gateway/hooks/alerts']
    }
    httpSettings: { requireHttps: true }
    identityProviders: {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
        }
        validation: {
          allowedAudiences: audiences
          defaultAuthorizationPolicy: {
            allowedApplications: applications
            allowedPrincipals: { identities: identities }
          }
        }
      }
    }
    login: {
      tokenStore: { enabled: false }
    }
  }
}
