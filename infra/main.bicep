// The whole gateway in one deployment: azd up, or az deployment sub create --location <region> --template-file infra/main.bicep
// --parameters environmentName=... location=... gatewayClientId=... Makes the resource group. docs/operations.md says how it is run.
// Settings of the app whose parameter is left empty have the default that the app gives them.
targetScope = 'subscription'

// --- What must be said ------------------------------------------------------------------------------------------------------------------

@description('A short name of this installation, such as soc-prod. It stands in the name of the resource group and, hashed, in all others.')
@minLength(1)
@maxLength(50)
param environmentName string

@description('The Azure region. It must have the Flex Consumption plan with Node 24: az functionapp list-flexconsumption-locations lists them. Take one near your Defender tenant.')
@minLength(1)
@metadata({ azd: { type: 'location' } })
param location string

@description('The resource group that is made. Empty: rg-<environmentName>.')
param resourceGroupName string = ''

// --- Who may call -----------------------------------------------------------------------------------------------------------------------

@description('How callers are known. entra: by tokens of your tenant, which managed identities of Logic Apps get without a secret. key: by function keys, for tools that can do no better; App Service Authentication is switched off then.')
@allowed(['entra', 'key'])
param callerAuth string = 'entra'

@description('Client id of the application in Entra that callers ask a token for. infra/register-app.sh makes it and says it. Needed where callerAuth is entra.')
param gatewayClientId string = ''

@description('Client ids of the applications and managed identities that may call, separated by commas. Everybody else is refused at the door. Empty: whoever in the tenant has a token for the gateway gets to the second check, its role.')
param callerApplications string = ''

@description('Object ids of the same service principals, separated by commas: a second list that must fit, too. Empty: not looked at.')
param callerIdentities string = ''

@description('What people need who come through an application, such as a custom connector. role: a role of their own (infra/allow-caller.sh) besides the application\'s scope. scope: the scope alone.')
@allowed(['role', 'scope'])
param callerPeople string = 'role'

@description('More that callers\' tokens may be for, separated by spaces, beside the application\'s client id and api://<client id>.')
param callerAudiences string = ''

@description('Who must have issued callers\' tokens, separated by spaces, where it is not your tenant in the usual way. App Service Authentication takes tokens of the first one only, and asks it for its keys: it must publish .well-known/openid-configuration.')
param callerIssuers string = ''

@description('Where the gateway finds the public keys of those issuers, where it is not the usual place. App Service Authentication, which stands before it, goes by what the first issuer publishes.')
param callerKeysUrl string = ''

@description('The highest class of each caller, whatever urgency it asks for: <client id>=background,<client id>=enrichment.')
param callerClassCaps string = ''

@description('The Defender device groups that a caller is bound to, by rbacGroupId: <client id>=12|13,<client id>=14. Who is not named sees every machine.')
param callerDeviceGroups string = ''

// --- Where Defender is ------------------------------------------------------------------------------------------------------------------

@description('The cloud of your Defender tenant. gcchigh and dod belong into a subscription of Azure Government.')
@allowed(['public', 'gcc', 'gcchigh', 'dod'])
param defenderCloud string = 'public'

@description('The part of the public cloud that is near your tenant\'s data. Empty: Defender finds it, a little slower.')
@allowed(['', 'us', 'eu', 'uk', 'au', 'swa', 'ina'])
param defenderRegion string = ''

@description('Another host of the Defender API than the cloud\'s usual one.')
param defenderBaseUrl string = ''

@description('What the gateway asks Defender\'s token for, where it is not the cloud\'s usual scope.')
param defenderScope string = ''

@description('Another host of the preview call of security states.')
param securityStatesBaseUrl string = ''

@description('What the gateway asks the token of that call for.')
param securityStatesScope string = ''

@description('Another sign-in host of Entra than the cloud\'s usual one: the gateway gets its tokens there, and callers\' tokens are to be issued there.')
param entraAuthority string = ''

// --- Size -------------------------------------------------------------------------------------------------------------------------------

@description('Instances that always run, so that the first call is answered as fast as the hundredth. It is the larger part of the price; 0 makes callers wait for a cold start now and then.')
@minValue(0)
@maxValue(20)
param alwaysReadyHttp int = 1

@description('Memory of an instance in MB. 2048 is ample; 512 costs a quarter, and suits fleets of some ten thousand machines.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('The most instances of each group of functions. The quota is kept over all of them, so more do not call Defender more.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Requests that an instance takes at once before another one is started. Most of them wait, so it can be many.')
@minValue(1)
@maxValue(1000)
param httpPerInstanceConcurrency int = 100

@description('How the storage is copied. ZRS outlives a data centre. No copy in another region is offered: it lags behind, and a lost entry of the ledger is a call too many.')
@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Whether the app reaches its storage through a virtual network and private endpoints only, and nobody else reaches it at all.')
param vnetEnabled bool = false

@description('Addresses of that network: half of them are for the app, so at least a /24.')
param vnetAddressPrefix string = '10.90.0.0/24'

// --- Who is told ------------------------------------------------------------------------------------------------------------------------

@description('The mail address that alert rules write to. Empty: they show in the portal only.')
param alertEmail string = ''

@description('Days that logs are kept. The first 31 are included in what taking them in costs.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('GB of logs a day, after which none are taken until the next day, and alert rules are blind. -1: without end.')
@minValue(-1)
param logDailyCapGb int = -1

@description('The quota counts as nearly spent when so few percent of an hour\'s calls are left.')
@minValue(1)
@maxValue(50)
param quotaLeftPercent int = 10

@description('How long no snapshot may be finished before somebody is told. More than the time between two of them.')
@allowed(['PT2H', 'PT3H', 'PT6H', 'P1D', 'P2D'])
param snapshotSilence string = 'PT6H'

// --- Ways in and out for alerts ---------------------------------------------------------------------------------------------------------

@description('Whether an Event Grid topic is made that alerts can be published to. It hands them to the queue alerts-in with an identity of its own; no key is anywhere. None is made where alertQueuesServiceUri is set: it would fill a queue of the gateway\'s own account, which nobody reads then.')
param alertTopicEnabled bool = false

@description('Whether an Event Grid topic is made that results are published to, beside the queue enriched-alerts.')
param resultTopicEnabled bool = false

@description('Endpoint of a topic of your own that results go to. The gateway\'s identity needs EventGrid Data Sender there.')
param eventGridTopicEndpoint string = ''

@description('Key of that topic, where it takes no identity.')
@secure()
param eventGridTopicKey string = ''

@description('Resource id of the Event Hubs namespace that Defender XDR streams alerts to. The gateway\'s identity gets Azure Event Hubs Data Receiver on the hub.')
param alertStreamNamespaceId string = ''

@description('Name of the event hub there. Needed with the namespace.')
param alertStreamHub string = ''

@description('Consumer group of the hub that nobody else reads with. Empty: $Default.')
param alertStreamConsumerGroup string = ''

@description('Address of the queue service of another storage account for the queues that functions are triggered by: those of alerts, and operations-to-run as well. The gateway\'s identity needs Storage Queue Data Contributor there, and the queues are yours to make. Empty: the gateway\'s own account.')
param alertQueuesServiceUri string = ''

@description('The secret that Microsoft Graph sends with its notifications; several separated by spaces, so that it can be changed. Empty: they are refused.')
@secure()
param graphClientState string = ''

@description('The https address that results are posted to, signed.')
param webhookUrl string = ''

@description('Secrets that the receiver knows, whsec_ and base64, separated by spaces: each signs. Or a reference to a Key Vault.')
@secure()
param webhookSecrets string = ''

@description('Hosts that the webhook may be on.')
param webhookAllowedHosts string = ''

@description('The address by which callers know the gateway, where it is not the app\'s own: it stands in links.')
param gatewayUrl string = ''

// --- How it works: all of these have good defaults --------------------------------------------------------------------------------------

@description('Defender\'s limits, calls/seconds. Empty: 100/60,1500/3600.')
param quotaLimits string = ''

@description('Defender\'s limits of its antivirus list. Empty: 30/60,1000/3600.')
param quotaLimitsDeviceavinfo string = ''

@description('route: each call of Defender\'s has a quota of its own. application: all share one. The log tells where that is the case. Empty: route.')
@allowed(['', 'route', 'application'])
param quotaScope string = ''

@description('What it means that there is no ledger. unknown: calls begin slowly. unused: nothing was called in the last hour, certainly. Empty: unknown.')
@allowed(['', 'unknown', 'unused'])
param quotaNewLedger string = ''

@description('How unequal the ways to Defender may be, in milliseconds. Empty: 1000.')
param quotaNetworkSpreadMs string = ''

@description('Calls under way to Defender at once, for each quota and process. Empty: 64.')
param upstreamConcurrency string = ''

@description('How long answers are fresh: machine=600,absent=0. Empty: the usual times.')
param cacheSeconds string = ''

@description('MiB of answers that each process keeps. Empty: 64.')
param cacheMemoryMb string = ''

@description('Where security states come from. preview, composed, or auto: the preview as long as Defender serves it. Empty: auto.')
@allowed(['', 'auto', 'preview', 'composed'])
param securityStatesSource string = ''

@description('When a snapshot begins: six fields, seconds first. Empty: each hour.')
param snapshotSchedule string = ''

@description('When a snapshot that stopped goes on. Empty: each five minutes.')
param snapshotResumeSchedule string = ''

@description('When old snapshots are removed. Empty: at half past three.')
param snapshotPruneSchedule string = ''

@description('Days that snapshots can be asked for. Empty: 90.')
param snapshotRetentionDays string = ''

@description('Seconds that a snapshot works in one invocation. Empty: 540.')
param snapshotSliceSeconds string = ''

@description('Machines that a snapshot asks for in one call. Empty: 10000.')
param snapshotPageSize string = ''

@description('Days after which a report of antivirus counts as none. Empty: 7.')
param antivirusStaleDays string = ''

@description('When it is looked for alerts that have no message left. Empty: each minute.')
param alertSweepSchedule string = ''

@description('How late an alert must be for that, in seconds. Empty: 900.')
param alertSweepAfterSeconds string = ''

@description('Seconds that an alert waits for the quota before it is put back. Empty: 15.')
param alertWaitSeconds string = ''

@description('Seconds before an alert\'s second try. Empty: 15.')
param alertRetrySeconds string = ''

@description('Tries before an alert fails. Empty: 12.')
param alertMostTries string = ''

@description('Minutes until it counts that Defender does not know an alert. Empty: 30.')
param alertUnknownMinutes string = ''

@description('Days that alerts and results are kept. Blobs that nothing names any more go thirty days later.')
@minValue(1)
@maxValue(3650)
param alertRetentionDays int = 30

@description('Hours that the result of a long answer can be fetched: 168 at most. Empty: 24.')
param operationRetentionHours string = ''

@description('Minutes that a long answer is tried. Empty: 60.')
param operationMostMinutes string = ''

@description('When it is looked for long answers that have no message left, and for what has expired. Empty: each two minutes.')
param operationSweepSchedule string = ''

// --- What is made -----------------------------------------------------------------------------------------------------------------------

var suffix = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }
var usualAudiences = empty(gatewayClientId) ? '' : 'api://${gatewayClientId} ${gatewayClientId}'
var audiences = trim('${usualAudiences} ${replace(callerAudiences, ',', ' ')}')
var authority = empty(entraAuthority) || endsWith(entraAuthority, '/') ? entraAuthority : '${entraAuthority}/'
var usualIssuer = '${empty(authority) ? environment().authentication.loginEndpoint : authority}${tenant().tenantId}/v2.0'
var issuers = trim(replace(callerIssuers, ',', ' '))
var issuer = empty(issuers) ? usualIssuer : first(split(issuers, ' '))
var hasAlertTopic = alertTopicEnabled && empty(alertQueuesServiceUri)
var groupName = empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: groupName
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  name: 'identity'
  scope: group
  params: {
    name: 'id-gateway-${suffix}'
    location: location
    tags: tags
  }
}

module monitoring 'app/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    alertEmail: alertEmail
  }
}

module storage 'app/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'st${suffix}'
    location: location
    tags: tags
    sku: storageSku
    isPrivate: vnetEnabled
    principalId: identity.outputs.principalId
    alertRetentionDays: alertRetentionDays
  }
}

module network 'app/network.bicep' = if (vnetEnabled) {
  name: 'network'
  scope: group
  params: {
    name: 'vnet-${suffix}'
    location: location
    tags: tags
    addressPrefix: vnetAddressPrefix
    storageName: storage.outputs.name
  }
}

module topics 'app/topics.bicep' = if (hasAlertTopic || resultTopicEnabled) {
  name: 'topics'
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    isForAlerts: hasAlertTopic
    isForResults: resultTopicEnabled
    storageName: storage.outputs.name
    principalId: identity.outputs.principalId
    actionGroupId: monitoring.outputs.actionGroupId
  }
}

// A module's scope is read even where its condition is false, so the parts must always be there.
var namespaceParts = split(empty(alertStreamNamespaceId) ? '${subscription().id}/resourceGroups/${groupName}/providers/Microsoft.EventHub/namespaces/none' : alertStreamNamespaceId, '/')

module alertStream 'app/alertStream.bicep' = if (!empty(alertStreamNamespaceId)) {
  name: 'alertStream-${suffix}'
  scope: resourceGroup(namespaceParts[2], namespaceParts[4])
  params: {
    namespaceName: last(namespaceParts)
    hubName: alertStreamHub
    principalId: identity.outputs.principalId
  }
}

module gateway 'app/gateway.bicep' = {
  name: 'gateway'
  scope: group
  params: {
    name: 'func-gateway-${suffix}'
    planName: 'plan-${suffix}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    subnetId: vnetEnabled ? network!.outputs.appSubnetId : ''
    blobEndpoint: storage.outputs.blobEndpoint
    queueEndpoint: storage.outputs.queueEndpoint
    tableEndpoint: storage.outputs.tableEndpoint
    deploymentContainer: storage.outputs.deploymentContainer
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    alwaysReadyHttp: alwaysReadyHttp
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpPerInstanceConcurrency: httpPerInstanceConcurrency
    alertQueuesServiceUri: alertQueuesServiceUri
    alertStreamNamespace: empty(alertStreamNamespaceId) ? '' : alertStream!.outputs.fullyQualifiedNamespace
    settings: {
      CALLER_AUTH: callerAuth
      CALLER_AUDIENCES: audiences
      CALLER_ISSUERS: callerIssuers
      CALLER_KEYS_URL: callerKeysUrl
      CALLER_CLASS_CAPS: callerClassCaps
      CALLER_PEOPLE: callerPeople
      CALLER_DEVICE_GROUPS: callerDeviceGroups
      DEFENDER_CLOUD: defenderCloud
      DEFENDER_REGION: defenderRegion
      DEFENDER_BASE_URL: defenderBaseUrl
      DEFENDER_SCOPE: defenderScope
      SECURITY_STATES_BASE_URL: securityStatesBaseUrl
      SECURITY_STATES_SCOPE: securityStatesScope
      ENTRA_AUTHORITY: entraAuthority
      QUOTA_LIMITS: quotaLimits
      QUOTA_LIMITS_DEVICEAVINFO: quotaLimitsDeviceavinfo
      QUOTA_SCOPE: quotaScope
      QUOTA_NEW_LEDGER: quotaNewLedger
      QUOTA_NETWORK_SPREAD_MS: quotaNetworkSpreadMs
      UPSTREAM_CONCURRENCY: upstreamConcurrency
      CACHE_SECONDS: cacheSeconds
      CACHE_MEMORY_MB: cacheMemoryMb
      SECURITY_STATES_SOURCE: securityStatesSource
      SNAPSHOT_SCHEDULE: snapshotSchedule
      SNAPSHOT_RESUME_SCHEDULE: snapshotResumeSchedule
      SNAPSHOT_PRUNE_SCHEDULE: snapshotPruneSchedule
      SNAPSHOT_RETENTION_DAYS: snapshotRetentionDays
      SNAPSHOT_SLICE_SECONDS: snapshotSliceSeconds
      SNAPSHOT_PAGE_SIZE: snapshotPageSize
      ANTIVIRUS_STALE_DAYS: antivirusStaleDays
      ALERT_STREAM_HUB: alertStreamHub
      ALERT_STREAM_CONSUMER_GROUP: alertStreamConsumerGroup
      ALERT_SWEEP_SCHEDULE: alertSweepSchedule
      ALERT_SWEEP_AFTER_SECONDS: alertSweepAfterSeconds
      ALERT_WAIT_SECONDS: alertWaitSeconds
      ALERT_RETRY_SECONDS: alertRetrySeconds
      ALERT_MOST_TRIES: alertMostTries
      ALERT_UNKNOWN_MINUTES: alertUnknownMinutes
      ALERT_RETENTION_DAYS: string(alertRetentionDays)
      OPERATION_RETENTION_HOURS: operationRetentionHours
      OPERATION_MOST_MINUTES: operationMostMinutes
      OPERATION_SWEEP_SCHEDULE: operationSweepSchedule
      GATEWAY_URL: gatewayUrl
      EVENT_GRID_TOPIC_ENDPOINT: resultTopicEnabled ? topics!.outputs.resultTopicEndpoint : eventGridTopicEndpoint
      WEBHOOK_URL: webhookUrl
      WEBHOOK_ALLOWED_HOSTS: webhookAllowedHosts
    }
    secrets: {
      GRAPH_CLIENT_STATE: graphClientState
      EVENT_GRID_TOPIC_KEY: eventGridTopicKey
      WEBHOOK_SECRETS: webhookSecrets
    }
  }
}

// Always: where it was on, leaving it out would leave it on, and callers with keys outside.
module authentication 'app/authentication.bicep' = {
  name: 'authentication'
  scope: group
  params: {
    siteName: gateway.outputs.name
    isOn: callerAuth == 'entra'
    clientId: gatewayClientId
    issuer: issuer
    audiences: filter(split(audiences, ' '), audience => !empty(audience))
    applications: filter(split(replace(callerApplications, ' ', ''), ','), id => !empty(id))
    identities: filter(split(replace(callerIdentities, ' ', ''), ','), id => !empty(id))
  }
}

module alerts 'app/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    suffix: suffix
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    quotaLeftPercent: quotaLeftPercent
    snapshotSilence: snapshotSilence
  }
}

output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = group.name
@description('The app: its name, and its address.')
output SERVICE_GATEWAY_NAME string = gateway.outputs.name
output SERVICE_GATEWAY_URI string = gateway.outputs.url
@description('Who the gateway is to Defender: infra/grant-roles.sh gives it its roles.')
output AZURE_IDENTITY_NAME string = identity.outputs.name
output AZURE_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
@description('Where alerts are published to, and where results come from; empty without topics.')
output ALERT_TOPIC_ENDPOINT string = hasAlertTopic ? topics!.outputs.alertTopicEndpoint : ''
output RESULT_TOPIC_ENDPOINT string = resultTopicEnabled ? topics!.outputs.resultTopicEndpoint : ''
