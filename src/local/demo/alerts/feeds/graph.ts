import type { FleetAlert } from '../fleetAlerts.ts';

/** What the subscription was made with; the stack is told the same. */
export const clientState = 'local';

/** An alert of `/security/alerts_v2`, its device among the evidence. */
export const graphAlert = ({ id, title, alertCreationTime, machineId, computerDnsName }: FleetAlert) => ({
  '@odata.type': '#microsoft.graph.security.alert',
  id,
  providerAlertId: id,
  incidentId: '28282',
  status: 'new',
  severity: 'low',
  serviceSource: 'microsoftDefenderForEndpoint',
  title,
  createdDateTime: alertCreationTime,
  evidence: [
    {
      '@odata.type': '#microsoft.graph.security.deviceEvidence',
      createdDateTime: alertCreationTime,
      mdeDeviceId: machineId,
      deviceDnsName: computerDnsName,
    },
    { '@odata.type': '#microsoft.graph.security.registryKeyEvidence', registryKey: 'SYSTEM\\CONTROLSET001' },
  ],
});

/** A change notification; it names no device. */
export const graphNotification = ({ id, aadTenantId: tenantId }: FleetAlert) => ({
  value: [
    {
      id: 'lsgTZMr9KwAAA',
      subscriptionId: '9f5e1b52-0b2f-4b8e-8f0b-0a5d1c2b3e4f',
      subscriptionExpirationDateTime: '2027-01-01T00:00:00.0000000+00:00',
      clientState,
      changeType: 'created',
      resource: `security/alerts/${id}`,
      tenantId,
      resourceData: { '@odata.type': '#microsoft.graph.alert', '@odata.id': `security/alerts/${id}`, id },
    },
  ],
});
