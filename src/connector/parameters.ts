/** Parameters that several operations have. Custom connectors encode what stands in a path once, where they are told to. */
import { changeKinds } from '../snapshots/change.ts';
import type { Parameter } from './swagger.ts';

const header = { in: 'header', type: 'string', 'x-ms-visibility': 'advanced' } as const;
const hiddenHeader = { ...header, 'x-ms-visibility': 'internal' } as const;
const query = { in: 'query', type: 'string' } as const;
const option = { ...query, 'x-ms-visibility': 'advanced' } as const;
const hiddenOption = { ...query, 'x-ms-visibility': 'internal' } as const;
const inPath = { in: 'path', type: 'string', required: true, 'x-ms-url-encoding': 'single' } as const;

/** Runs to choose from. */
const runs = {
  operationId: 'ListSnapshots',
  'value-collection': 'value',
  'value-path': 'id',
  'value-title': 'startedAt',
} as const;

const failedAlerts = {
  operationId: 'ListAlerts',
  parameters: { state: 'failed' },
  'value-collection': 'value',
  'value-path': 'alertId',
  'value-title': 'alertId',
} as const;

// biome-ignore format: it is a table
export const parameters = {
  Prefer: { name: 'Prefer', ...header, 'x-ms-summary': 'Prefer', description: 'wait=60: how many seconds you can wait. respond-async: it is answered later, at the address in Location.' },
  PreferWait: { name: 'Prefer', ...header, 'x-ms-summary': 'Prefer', description: 'wait=60: how many seconds you can wait.' },
  Priority: { name: 'Priority', ...header, 'x-ms-summary': 'Priority', description: 'u=0 to u=3 interactive, u=4 and u=5 enrichment, u=6 and u=7 background.' },
  CacheControl: { name: 'Cache-Control', ...header, 'x-ms-summary': 'Cache Control', description: 'How old an answer may be: no-cache, max-age=60, stale-if-error=3600, only-if-cached.' },
  RequestId: { name: 'x-request-id', ...header, 'x-ms-summary': 'Request Id', description: 'Comes back in the answer, and in the log.' },
  IfNoneMatch: { name: 'If-None-Match', ...hiddenHeader, 'x-ms-summary': 'If None Match', description: 'The ETag of what you have.' },
  Traceparent: { name: 'traceparent', ...hiddenHeader, 'x-ms-summary': 'Trace Parent', description: 'Is handed on to Defender.' },
  Accept: { name: 'Accept', ...hiddenHeader, 'x-ms-summary': 'Accept', description: 'application/json or text/csv.' },

  Filter: { name: '$filter', ...query, 'x-ms-summary': 'Filter Query', description: "Such as healthStatus eq 'Active' and riskScore eq 'High'." },
  TopOfDefender: { name: '$top', in: 'query', type: 'integer', minimum: 0, maximum: 10_000, 'x-ms-summary': 'Top Count', description: 'How many machines; without it you get pages.' },
  Skip: { name: '$skip', in: 'query', type: 'integer', minimum: 0, 'x-ms-visibility': 'advanced', 'x-ms-summary': 'Skip Count', description: 'How many machines to leave out at the start.' },
  Select: { name: '$select', ...option, 'x-ms-summary': 'Select Query', description: 'Properties that you want, such as id,computerDnsName.' },
  OrderBy: { name: '$orderby', ...option, 'x-ms-summary': 'Order By', description: 'Such as lastSeen desc.' },
  Count: { name: '$count', in: 'query', type: 'boolean', 'x-ms-visibility': 'advanced', 'x-ms-summary': 'Count', description: 'Whether to say how many there are in all.' },
  SkipToken: { name: '$skiptoken', ...hiddenOption, 'x-ms-summary': 'Skip Token', description: 'Of the next page, as its link has it.' },
  Top: { name: '$top', in: 'query', type: 'integer', minimum: 1, maximum: 10_000, 'x-ms-visibility': 'advanced', 'x-ms-summary': 'Top Count', description: 'How many at a time: 1,000 unless told.' },
  TopThousand: { name: '$top', in: 'query', type: 'integer', minimum: 1, maximum: 1000, 'x-ms-visibility': 'advanced', 'x-ms-summary': 'Top Count', description: 'How many at a time: 100 unless told.' },
  Format: { name: '$format', ...option, enum: ['json', 'csv'], 'x-ms-summary': 'Format', description: 'csv: for a spreadsheet, as text.' },

  MachineIdOrName: { name: 'id', ...inPath, 'x-ms-summary': 'Machine Id or Name', description: '40 hexadecimal digits, or the full DNS name.' },
  MachineId: { name: 'id', ...inPath, 'x-ms-summary': 'Machine Id', description: '40 hexadecimal digits.' },
  User: { name: 'id', ...inPath, 'x-ms-summary': 'User Name', description: 'user1, user1@contoso.com or CONTOSO\\user1.' },
  Domain: { name: 'domain', ...inPath, 'x-ms-summary': 'Domain', description: 'Such as malware.example.' },
  AlertId: { name: 'id', ...inPath, 'x-ms-summary': 'Alert Id', description: 'With da in front or without.' },
  FailedAlertId: { name: 'id', ...inPath, 'x-ms-summary': 'Alert Id', description: 'With da in front or without. The list shows those that failed.', 'x-ms-dynamic-values': failedAlerts },
  AlertState: { name: 'state', in: 'query', type: 'string', required: true, enum: ['waiting', 'failed'], 'x-ms-summary': 'State', description: 'Of the alerts that you want.' },
  OperationId: { name: 'id', ...inPath, 'x-ms-summary': 'Operation Id', description: 'As the address in Location has it.' },
  Run: { name: 'run', ...inPath, default: 'latest', 'x-ms-summary': 'Run', description: 'latest, or the name of a run, such as 20261121T190000Z.', 'x-ms-dynamic-values': runs },
  Requires: { name: 'requires', ...query, 'x-ms-summary': 'Requires Attention For', description: 'Properties, with commas between, such as AntivirusNotReporting; any for whatever.' },
  AsOf: { name: 'asOf', ...query, 'x-ms-summary': 'As Of', description: 'An instant, with the run latest: 2026-11-01T00:00:00Z.' },
  Since: { name: 'since', ...query, 'x-ms-summary': 'Since', description: 'The run to compare with; without, the one before.', 'x-ms-dynamic-values': runs },
  Change: { name: 'change', ...query, 'x-ms-summary': 'Kinds of Change', description: `With commas between: ${changeKinds.join(', ')}.` },
  Property: { name: 'property', ...query, 'x-ms-summary': 'Properties', description: 'With commas between; without, all.' },
  From: { name: 'from', ...query, 'x-ms-summary': 'From', description: 'The earliest instant: 2026-11-01T00:00:00Z.' },
  To: { name: 'to', ...query, 'x-ms-summary': 'To', description: 'The latest instant: 2026-11-30T00:00:00Z.' },

  HostName: { name: 'hostName', ...query, 'x-ms-visibility': 'important', 'x-ms-summary': 'Host Name', description: 'With its domain or without, such as srv02.contoso.com.' },
  IpAddress: { name: 'ipAddress', ...query, 'x-ms-summary': 'IP Address', description: 'The last that the machine had.' },
  AadDeviceId: { name: 'aadDeviceId', ...query, 'x-ms-summary': 'Entra Device Id', description: 'Its id in Entra.' },
  MachineIdAsked: { name: 'machineId', ...query, 'x-ms-summary': 'Machine Id', description: '40 hexadecimal digits.' },
  AlertIdAsked: { name: 'alertId', ...query, 'x-ms-summary': 'Alert Id', description: 'Of an alert that was raised on the machine.' },
  ValidationToken: { name: 'validationToken', ...hiddenOption, 'x-ms-summary': 'Validation Token', description: "Graph's, where it asks whether it is wanted." },
  WebhookRequestOrigin: { name: 'WebHook-Request-Origin', ...hiddenHeader, 'x-ms-summary': 'WebHook Request Origin', description: 'Who wants to send.' },
} as const satisfies Readonly<Record<string, Parameter>>;

export type ParameterName = keyof typeof parameters;

const common = ['RequestId', 'IfNoneMatch', 'Traceparent'] as const;

/** Of a question that Defender is asked. */
export const asked = ['Prefer', 'Priority', 'CacheControl', ...common] as const;

/** Of what is read from storage. */
export const read = ['Format', 'Prefer', 'Accept', ...common] as const;
