import { json, type Writer } from '../writer.ts';

/** Detections of the old SIEM interface ("Pull detections using SIEM REST API"): empty texts in place of null. */
export const siemAlert: Writer = {
  name: 'siemAlert',
  most: 5,
  tellsTime: true,
  contentType: json,
  write: (alerts) =>
    alerts.map(({ id, machineId, raisedAt }) => ({
      AlertTime: raisedAt,
      ComputerDnsName: '',
      AlertTitle: 'Suspicious PowerShell command line',
      Category: 'Execution',
      Severity: 'Medium',
      AlertId: id,
      Actor: '',
      LinkToWDATP: `https://security.microsoft.com/alerts/${id}`,
      DeviceID: machineId ?? '',
      FullId: `${id}:R4xEdgAXDGIuRu4zRuL4kb7VZr8xhmbA`,
      ReportID: '53773',
    })),
};
