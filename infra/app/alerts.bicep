// What operators are told of. Each rule looks for what the gateway, or the Functions host, writes into the log; docs/operations.md says
// what each means and what to do, under the name it has here.
// A line holds what callers send, such as requestId="…": only its head is ours. So queries look at how a line begins, and read a field only
// where nothing in quotes but our own can stand before it.

@description('Part of all names.')
param suffix string

@description('Region.')
param location string

@description('Tags.')
param tags object

@description('The Log Analytics workspace.')
param workspaceId string

@description('Who is told; empty for nobody.')
param actionGroupId string

@description('Percent of an hour\'s calls that are left when a quota counts as nearly spent.')
param quotaLeftPercent int

@description('How long no snapshot may be finished.')
param snapshotSilence string

// Severity: 0 critical, 1 error, 2 warning, 3 informational. A rule without a measure counts rows.
var rules = [
  {
    name: 'quota-nearly-spent'
    title: 'A quota of Defender\'s calls is nearly spent'
    severity: 3
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'Quota '
| extend standing = extract('^Quota quota="[A-Za-z]+" [^"]*callers="[^"]*" ([^"]+)', 1, Message), quota = extract('^Quota quota="([A-Za-z]+)"', 1, Message)
| extend callsUsed = todouble(extract('hourUsed=([0-9]+)', 1, standing)), callsLeft = todouble(extract('hourLeft=([0-9]+)', 1, standing))
| where callsUsed + callsLeft > 0
| extend percentLeft = 100.0 * callsLeft / (callsUsed + callsLeft)
'''
    measure: 'percentLeft'
    aggregation: 'Minimum'
    operator: 'LessThanOrEqual'
    threshold: quotaLeftPercent
    dimension: 'quota'
  }
  {
    name: 'callers-refused'
    title: 'Callers are told to come back, because a quota is spent'
    severity: 2
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'Quota '
| extend refused = tolong(extract('^Quota quota="[A-Za-z]+" [^"]*refused=([0-9]+)', 1, Message)), quota = extract('^Quota quota="([A-Za-z]+)"', 1, Message)
| where refused > 0
'''
    measure: 'refused'
    aggregation: 'Total'
    operator: 'GreaterThan'
    threshold: 20
    dimension: 'quota'
  }
  {
    name: 'defender-refused'
    title: 'Defender refused a call (429)'
    severity: 2
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'Defender refused a call'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'ledger-lost'
    title: 'The quota\'s ledger was lost or set back'
    severity: 1
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'The quota ledger was lost or set back'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'storage-out-of-reach'
    title: 'Storage is out of reach'
    severity: 1
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'The quota ledger could not be used'
    or Message startswith 'The quota ledger could not be read again'
    or Message startswith 'The state of the quotas could not be read'
    or Message startswith 'Snapshots could not be read'
    or Message startswith 'Alerts could not be reached in storage'
    or Message startswith 'Alerts could not be recorded'
    or Message startswith 'An operation could not be reached in storage'
    or Message startswith 'A request could not be parked'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 5
    dimension: ''
  }
  {
    name: 'no-token'
    title: 'The gateway\'s identity got no token for Defender'
    severity: 1
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'The managed identity gave no token'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'gateway-refused'
    title: 'Defender refuses the gateway itself'
    severity: 1
    window: 'PT15M'
    // One can be a token that has just ended; it is asked again with a fresh one.
    query: '''
AppTraces
| where Message startswith 'Defender refused the gateway itself'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 5
    dimension: ''
  }
  {
    name: 'poison-queue'
    title: 'A poison queue is not empty'
    severity: 2
    window: 'PT1H'
    // The host tells of each message that it gives up, and the sweep of those that it takes and of those it can't deal with.
    query: '''
union isfuzzy=true AppTraces, (AppExceptions | project TimeGenerated, Message = InnermostMessage)
| where Message startswith 'Message has reached MaxDequeueCount'
    or Message matches regex '^(Result: [A-Za-z]*[ \\r\\n]+Exception: )?([A-Za-z]*Error: )?[0-9]+ messages that were given up are left'
    or Message startswith 'A poison queue holds messages'
    or Message startswith 'A message can not be taken, and is left'
    or Message startswith 'A message that was given up names nothing'
    or Message startswith 'A message that was given up names no operation'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'given-up'
    title: 'An alert, an event, a result or a long answer was given up'
    severity: 2
    window: 'PT15M'
    query: '''
AppTraces
| where Message startswith 'An alert failed, because its message was given up too often'
    or Message startswith 'An event can not be taken, and is kept'
    or Message startswith 'A result was not delivered, and is given up'
    or Message startswith 'An operation failed, because its message was given up too often'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'snapshot-incomplete'
    title: 'A snapshot is not complete'
    severity: 2
    window: 'PT1H'
    query: '''
AppTraces
| where Message startswith 'Snapshot incomplete '
    or Message startswith 'Snapshot failed '
    or Message matches regex '^Snapshot complete( [a-z]+="[^"]*")* untold="'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'snapshot-missing'
    title: 'No snapshot was finished for long'
    severity: 2
    window: snapshotSilence
    query: '''
AppTraces
| where Message startswith 'Snapshot complete '
    or Message startswith 'Snapshot incomplete '
'''
    measure: ''
    aggregation: 'Count'
    operator: 'LessThan'
    threshold: 1
    dimension: ''
  }
  {
    name: 'server-errors'
    title: 'Requests are answered with 5xx'
    severity: 2
    window: 'PT15M'
    query: '''
AppRequests
| where ResultCode startswith '5' and strlen(ResultCode) == 3
| extend status = ResultCode
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 10
    dimension: 'status'
  }
  {
    name: 'gateway-failed'
    title: 'The gateway itself failed, or does not start'
    severity: 1
    window: 'PT15M'
    query: '''
union isfuzzy=true AppTraces, (AppExceptions | project TimeGenerated, Message = InnermostMessage)
| where Message startswith 'The gateway failed'
    or Message matches regex '^(Result: [A-Za-z]*[ \\r\\n]+Exception: )?([A-Za-z]*Error: )?(Worker was unable to load entry point [^ ]+ )?The settings are wrong'
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 0
    dimension: ''
  }
  {
    name: 'background-failing'
    title: 'A timer or a queue function fails again and again'
    severity: 2
    window: 'PT1H'
    query: '''
AppRequests
| where Success == false and ResultCode !startswith '4' and ResultCode !startswith '5'
| extend functionName = OperationName
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 5
    dimension: 'functionName'
  }
  {
    name: 'callers-unknown'
    title: 'Many requests have no right to what they ask'
    severity: 3
    window: 'PT15M'
    query: '''
AppRequests
| where ResultCode in ('401', '403')
'''
    measure: ''
    aggregation: 'Count'
    operator: 'GreaterThan'
    threshold: 50
    dimension: ''
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'gateway-${rule.name}-${suffix}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      description: 'What it means and what to do: docs/operations.md, ${rule.name}.'
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [workspaceId]
      // The tables are there once something was logged.
      skipQueryValidation: true
      evaluationFrequency: 'PT15M'
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: empty(rule.measure) ? null : rule.measure
            timeAggregation: rule.aggregation
            operator: rule.operator
            threshold: rule.threshold
            dimensions: empty(rule.dimension) ? [] : [
              {
                name: rule.dimension
                operator: 'Include'
                values: ['*']
              }
            ]
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: empty(actionGroupId) ? [] : [actionGroupId] }
    }
  }
]
