import type { FleetAlert } from '../fleetAlerts.ts';

/** What Defender XDR streams of an alert: a row of AlertInfo, and rows of AlertEvidence, of which one names the device. */
export const streamedRecords = (alert: FleetAlert) => ({
  records: [
    record(alert, 'AlertInfo', { Title: alert.title, Severity: alert.severity }),
    record(alert, 'AlertEvidence', { EntityType: 'User', AccountName: 'user1', DeviceId: null }),
    record(alert, 'AlertEvidence', {
      EntityType: 'Machine',
      DeviceId: alert.machineId,
      DeviceName: alert.computerDnsName,
    }),
  ],
});

const record = (
  { id, alertCreationTime: time, aadTenantId: tenantId }: FleetAlert,
  table: string,
  columns: Readonly<Record<string, string | null>>,
) => ({
  time,
  tenantId,
  operationName: 'Publish',
  category: `AdvancedHunting-${table}`,
  properties: { Timestamp: time, AlertId: id, ServiceSource: 'Microsoft Defender for Endpoint', ...columns },
});
