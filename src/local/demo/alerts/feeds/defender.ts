/** What Defender's own interfaces besides the alert itself give. */
import type { FleetAlert } from '../fleetAlerts.ts';

/** A detection of the SIEM API of before. */
export const siemDetection = ({ id, title, alertCreationTime, machineId, computerDnsName }: FleetAlert) => ({
  AlertTime: alertCreationTime,
  ComputerDnsName: computerDnsName,
  AlertTitle: title,
  AlertId: id,
  FullId: `${id}:R4xEdgAAAAA=`,
  IocName: '',
  Source: 'EDR',
  DeviceID: machineId,
});

/** An incident of Defender XDR, each alert with its device. */
export const xdrIncident = (alerts: readonly FleetAlert[]) => ({
  incidentId: 12,
  incidentName: 'Multi-stage incident on several endpoints',
  status: 'Active',
  alerts: alerts.map(({ id, title, alertCreationTime, machineId, computerDnsName }) => ({
    alertId: id,
    incidentId: 12,
    serviceSource: 'MicrosoftDefenderATP',
    creationTime: alertCreationTime,
    title,
    devices: [{ mdatpDeviceId: machineId, deviceDnsName: computerDnsName }],
    entities: [{ entityType: 'File', fileName: 'a.exe', deviceId: machineId }],
  })),
});
