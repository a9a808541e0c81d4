/** Alerts that ended, as docs/alert-events.md shows them. */
import type { Finished } from '../../../../src/enrichment/out/alertEvent.ts';

export const alertId = 'da637308392288907382_-880718168';
export const key = '637308392288907382_-880718168';
const link = `https://gateway.example/gateway/alerts/${alertId}`;

export const machine = {
  id: '1e5bc9d7e413ddd7902c2932e418702b84d0cc07',
  computerDnsName: 'mymachine1.contoso.com',
  firstSeen: '2018-08-02T14:55:03.7791856Z',
  lastSeen: '2026-11-21T18:31:03.7791856Z',
  osPlatform: 'Windows10',
  version: '1709',
  lastIpAddress: '172.17.230.209',
  healthStatus: 'Active',
  riskScore: 'Low',
  exposureLevel: 'Medium',
  machineTags: ['test tag 1', 'test tag 2'],
};

/** Enriched, by the machine that it names. */
export const finished = (more: Partial<Finished> = {}): Finished => ({
  record: {
    key,
    alertId,
    sources: ['defenderAlert'],
    receivedAt: '2026-11-21T19:00:02.114Z',
    raisedAt: '2026-11-21T18:58:41.8Z',
    sequence: 1,
  },
  state: 'enriched',
  machines: [{ machine, ageSeconds: 0, asOf: '2026-11-21T19:00:03.000Z', from: 'defender', by: 'machineId' }],
  unknownMachineIds: [],
  calls: 1,
  finishedAt: '2026-11-21T19:00:03.240Z',
  original: JSON.stringify({
    id: alertId,
    incidentId: 2723,
    severity: 'Low',
    status: 'New',
    title: 'Suspicious PowerShell command line',
    alertCreationTime: '2026-11-21T18:58:41.8Z',
    machineId: machine.id,
  }),
  source: '/defender-machine-gateway',
  link,
  ...more,
});

/** As `finished`, of so many bytes more. */
export const longer = (bytes: number): Finished =>
  finished({ original: JSON.stringify({ ...JSON.parse(finished().original), description: '.'.repeat(bytes) }) });
