import { json, type ToldAlert, type Writer } from '../writer.ts';

/** One alert of `/api/alerts` ("Alert resource type"). */
export const defenderAlert: Writer = {
  name: 'defenderAlert',
  most: 1,
  tellsTime: true,
  contentType: json,
  write: ([alert]) => alert && alertRecord(alert),
};

export const alertRecord = ({ id, machineId, raisedAt }: ToldAlert) => ({
  id,
  incidentId: 1126093,
  investigationId: null,
  assignedTo: null,
  severity: 'Low',
  status: 'New',
  classification: null,
  determination: null,
  detectionSource: 'WindowsDefenderAtp',
  category: 'Execution',
  title: 'Low-reputation arbitrary code executed by signed executable',
  description: 'Binaries signed by Microsoft can be used to run low-reputation arbitrary code.',
  alertCreationTime: raisedAt,
  firstEventTime: raisedAt,
  lastEventTime: raisedAt,
  machineId: machineId ?? null,
  computerDnsName: null,
  aadTenantId: 'a839b112-1253-6432-9bf6-94542403f21c',
  comments: [],
  evidence: [],
});
