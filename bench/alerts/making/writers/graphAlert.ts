import { json, type Writer } from '../writer.ts';

/** One alert of Microsoft Graph ("alert resource type", `/security/alerts_v2`), its device among the evidence. */
export const graphAlert: Writer = {
  name: 'graphAlert',
  most: 1,
  tellsTime: true,
  contentType: json,
  write: ([alert]) =>
    alert && {
      '@odata.type': '#microsoft.graph.security.alert',
      id: alert.id,
      providerAlertId: alert.id,
      incidentId: '28282',
      status: 'new',
      severity: 'low',
      serviceSource: alert.product === 'defender' ? 'microsoftDefenderForEndpoint' : 'microsoftDefenderForOffice365',
      detectionSource: 'antivirus',
      title: 'Suspicious execution of hidden file',
      category: 'DefenseEvasion',
      createdDateTime: alert.raisedAt,
      lastUpdateDateTime: alert.raisedAt,
      evidence: alert.machineId ? [device(alert.machineId, alert.raisedAt)] : [],
    },
};

const device = (mdeDeviceId: string, createdDateTime: string) => ({
  '@odata.type': '#microsoft.graph.security.deviceEvidence',
  createdDateTime,
  verdict: 'unknown',
  remediationStatus: 'none',
  mdeDeviceId,
  azureAdDeviceId: null,
  deviceDnsName: 'yonif-lap3.middleeast.corp.microsoft.com',
  osPlatform: 'Windows10',
});
