/** Records as Defender XDR streams them to an event hub: a row about the alert, one about its machine, one about a user ("Raw Data Streaming API"). */
import { json, type ToldAlert, type Writer } from '../writer.ts';

export const streaming: Writer = {
  name: 'streaming',
  most: 12,
  tellsTime: true,
  contentType: json,
  write: (alerts) => ({ records: alerts.flatMap(recordsOf) }),
};

const recordsOf = (alert: ToldAlert) => [
  record(alert, 'AlertInfo', { Title: 'Suspicious PowerShell command line', Severity: 'Medium' }),
  record(alert, 'AlertEvidence', {
    EntityType: 'User',
    EvidenceRole: 'Impacted',
    AccountName: 'user1',
    DeviceId: null,
  }),
  ...(alert.machineId
    ? [record(alert, 'AlertEvidence', { EntityType: 'Machine', EvidenceRole: 'Impacted', DeviceId: alert.machineId })]
    : []),
];

const record = (
  { id, raisedAt, product }: ToldAlert,
  table: string,
  columns: Readonly<Record<string, string | null>>,
) => ({
  time: raisedAt,
  tenantId: 'a839b112-1253-6432-9bf6-94542403f21c',
  operationName: 'Publish',
  category: `AdvancedHunting-${table}`,
  _TimeReceivedBySvc: raisedAt,
  properties: {
    Timestamp: raisedAt,
    AlertId: id,
    ServiceSource: product === 'defender' ? 'Microsoft Defender for Endpoint' : 'Microsoft Defender for Office 365',
    DetectionSource: 'EDR',
    MachineGroup: null,
    ...columns,
  },
});
