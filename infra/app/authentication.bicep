// App Service Authentication, the outer of two walls: who has no token of this tenant for this gateway gets 401 before any code of ours
// runs. The inner one is the gateway itself, which checks the token again, and the caller's role.

@description('The app.')
param siteName string

@description('Whether it looks at callers at all. Where they are known by keys, it does not.')
param isOn bool

@description('Client id of the gateway\'s application in Entra.')
param clientId string

@description('Who must have issued tokens; App Service Authentication finds the keys there.')
param issuer string

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
    platform: { enabled: isOn }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      // Webhooks that can only carry a key. Each in full: behind a star would be what is added there later, too.
      excludedPaths: ['/gateway/hooks/alerts']
    }
    httpSettings: { requireHttps: true }
    // Without it there may be no application, and a registration must name one. The rest stands, so that what is switched on by hand lets nobody in.
    identityProviders: !isOn ? {} : {
      azureActiveDirectory: {
        enabled: true
        registration: {
          clientId: clientId
          openIdIssuer: issuer
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
