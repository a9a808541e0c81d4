import type { FleetExamples } from '../fleetExamples.ts';

/** What shows who calls, as curl takes it. */
export const keyCredential = (key: string): string => `-H 'x-functions-key: ${key}'`;

/** Lines for a shell, asking for what the simulated fleet has: Defender's calls, then what is the gateway's own. */
export const curlLines = (url: string, credential: string, fleet: FleetExamples): readonly string[] => [
  ...targets(fleet).map((target) => curl(url, credential, target)),
  curl(url, credential, '/api/$batch', batchOf(fleet)),
];

/** The same of what is there once a snapshot was taken; of changes once there are two. */
export const snapshotLines = (url: string, credential: string, fleet: FleetExamples): readonly string[] => [
  ...snapshotTargets(fleet).map((target) => curl(url, credential, target)),
  curl(url, credential, '/gateway/snapshots/latest/changes', "-H 'accept: text/csv' "),
];

/** An alert comes in, is waited for, and comes out with its machine; then those that could not be enriched. */
export const alertLines = (url: string, credential: string, { incident }: FleetExamples): readonly string[] => {
  const { alertId, machineId } = incident;
  const sent = `-H 'content-type: application/json' -d '${JSON.stringify({ alertId, machineId })}' `;
  return [
    curl(url, credential, '/gateway/alerts', sent),
    curl(url, credential, `/gateway/alerts/${encoded(alertId)}`, "-H 'prefer: wait=20' "),
    curl(url, credential, '/gateway/alerts?state=failed'),
  ];
};

/** The same alert as a webhook sends it, which has a key and nothing else, whatever other callers show. */
export const hookLine = (url: string, key: string, { incident: { alertId } }: FleetExamples): string =>
  curl(
    url,
    keyCredential(key),
    '/gateway/hooks/alerts',
    `-H 'content-type: application/json' -d '${JSON.stringify({ alertId })}' `,
  );

const curl = (url: string, credential: string, target: string, more = ''): string =>
  `curl -s ${credential} ${more}'${url}${target}'`;

/** Paths and queries, encoded so that they can stand between single quotes. */
const targets = ({ user, domain, alertId, incident }: FleetExamples): readonly string[] => [
  `/api/machines?$filter=${encoded("healthStatus eq 'Active'")}&$top=2`,
  `/api/machines/${encoded(incident.machineId)}`,
  `/api/users/${encoded(user)}/machines`,
  `/api/domains/${encoded(domain)}/machines`,
  `/api/alerts/${encoded(alertId)}/machine`,
  '/testwdatppreview/machinesecuritystates',
  `/gateway/machines/resolve?hostName=${encoded(incident.hostName)}`,
  '/gateway/quota',
  '/gateway/openapi.json',
];

const snapshotTargets = ({ incident }: FleetExamples): readonly string[] => [
  '/gateway/snapshots?$top=5',
  '/gateway/snapshots/latest/machines?requires=AntivirusNotReporting&$top=5',
  `/gateway/machines/${encoded(incident.machineId)}/states`,
  '/gateway/snapshots/trend?property=EdrImpairedCommunications',
];

/** What is asked of an alert, in one request. */
const batchOf = ({ incident: { alertId, machineId, user } }: FleetExamples): string => {
  const urls = [`machines/${machineId}`, `alerts/${encoded(alertId)}/machine`, `users/${encoded(user)}/machines`];
  const requests = urls.map((url, index) => ({ id: String(index + 1), method: 'GET', url }));
  return `-H 'content-type: application/json' -d '${JSON.stringify({ requests })}' `;
};

const encoded = (value: string): string => encodeURIComponent(value).replaceAll("'", '%27');
