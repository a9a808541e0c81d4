/** What Microsoft Sentinel sends of alerts of Defender's. */
import type { FleetAlert } from '../fleetAlerts.ts';

const productName = 'Microsoft Defender Advanced Threat Protection';

/** The body of the incident trigger of Logic Apps: one alert, and hosts among the entities. */
export const sentinelIncident = (alert: FleetAlert, hosts: readonly FleetAlert[]) => ({
  eventUniqueId: 'c02d8a63-5f01-4b6c-9c0d-3f6a1f2e8c11',
  objectSchemaType: 'Incident',
  objectEventType: 'Create',
  workspaceInfo: { SubscriptionId: '6b1c', ResourceGroupName: 'soc', WorkspaceName: 'siem' },
  object: {
    type: 'Microsoft.SecurityInsights/Incidents',
    properties: {
      title: alert.title,
      status: 'New',
      incidentNumber: 4711,
      providerName: 'Microsoft XDR',
      alerts: [{ kind: 'SecurityAlert', properties: incidentAlert(alert) }],
      relatedEntities: [...hosts.map(hostEntity), { kind: 'Account', properties: { accountName: 'user1' } }],
    },
  },
});

const incidentAlert = ({ id, title, alertCreationTime: timeGenerated }: FleetAlert) => ({
  systemAlertId: '5f1ac9a4-4d0d-4e9e-a4f1-0e4b8c8c5a11',
  providerAlertId: id,
  alertDisplayName: title,
  vendorName: 'Microsoft',
  productName,
  timeGenerated,
});

const hostEntity = ({ machineId, computerDnsName: FQDN }: FleetAlert) => ({
  kind: 'Host',
  properties: { hostName: FQDN.split('.')[0], additionalData: { MdatpDeviceId: machineId, FQDN } },
});

/** The body of the alert trigger. */
export const sentinelAlert = (alert: FleetAlert) => ({
  WorkspaceId: '8f9c9bb1-5c7a-4d0c-9c6c-97a1b7d4b6a1',
  SystemAlertId: '5f1ac9a4-4d0d-4e9e-a4f1-0e4b8c8c5a11',
  ProviderAlertId: alert.id,
  AlertDisplayName: alert.title,
  ProductName: productName,
  ProviderName: 'MDATP',
  EndTimeUtc: alert.alertCreationTime,
  Entities: [host(alert, '3'), { $id: '4', Name: 'user1', Type: 'account' }],
});

/** A row of SecurityAlert: the entities are a text, the host stands in a process, and is referred to. */
export const securityAlertRow = (alert: FleetAlert) => ({
  TimeGenerated: alert.alertCreationTime,
  DisplayName: alert.title,
  ProductName: productName,
  VendorOriginalId: alert.id,
  SystemAlertId: '6b6f0f1e-2f64-7b8e-91a8-0a1c5d1e4f20',
  Entities: JSON.stringify([{ $id: '3', Type: 'process', Host: host(alert, '4') }, { $ref: '4' }]),
  Type: 'SecurityAlert',
});

const host = ({ machineId: MdatpDeviceId, computerDnsName: FQDN }: FleetAlert, $id: string) => ({
  $id,
  Type: 'host',
  FQDN,
  MdatpDeviceId,
});
