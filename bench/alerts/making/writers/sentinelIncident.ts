/** A Microsoft Sentinel incident as its Logic Apps trigger sends it: one alert, its host among the entities. */
import { json, type ToldAlert, type Writer } from '../writer.ts';

export const sentinelIncident: Writer = {
  name: 'sentinelIncident',
  most: 1,
  tellsTime: true,
  contentType: json,
  write: ([alert]) =>
    alert && {
      eventUniqueId: 'c02d8a63-5f01-4b6c-9c0d-3f6a1f2e8c11',
      objectSchemaType: 'Incident',
      objectEventType: 'Create',
      workspaceInfo: { SubscriptionId: 's', ResourceGroupName: 'g', WorkspaceName: 'w' },
      object: {
        id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.SecurityInsights/Incidents/i',
        type: 'Microsoft.SecurityInsights/Incidents',
        properties: {
          title: 'Suspicious PowerShell command line on one endpoint',
          severity: 'Medium',
          status: 'New',
          createdTimeUtc: alert.raisedAt,
          incidentNumber: 4711,
          providerName: 'Microsoft XDR',
          alerts: [alertOf(alert)],
          relatedEntities: alert.machineId ? [hostOf(alert.machineId)] : [],
        },
      },
    },
};

const alertOf = ({ id, raisedAt, product }: ToldAlert) => ({
  type: 'Microsoft.SecurityInsights/Entities',
  kind: 'SecurityAlert',
  properties: {
    systemAlertId: 'f1d2b1f3-6ea8-4c13-9c70-1d2f0e8b3a55',
    providerAlertId: id,
    productName:
      product === 'defender'
        ? 'Microsoft Defender Advanced Threat Protection'
        : 'Office 365 Advanced Threat Protection',
    vendorName: 'Microsoft',
    timeGenerated: raisedAt,
    startTimeUtc: raisedAt,
    endTimeUtc: raisedAt,
  },
});

const hostOf = (machineId: string) => ({
  type: 'Microsoft.SecurityInsights/Entities',
  kind: 'Host',
  properties: { hostName: 'lab-01', osFamily: 'Windows', additionalData: { MdatpDeviceId: machineId } },
});
