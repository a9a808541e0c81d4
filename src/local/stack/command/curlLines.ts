import type { FleetExamples } from '../fleetExamples.ts';

/** One line for a shell for each of the five calls, asking for what the simulated fleet has, and one for the quota. */
export const curlLines = (url: string, key: string, fleet: FleetExamples): readonly string[] =>
  targets(fleet).map((target) => `curl -s -H 'x-functions-key: ${key}' '${url}${target}'`);

/** Paths and queries, encoded so that they can stand between single quotes. */
const targets = ({ user, domain, alertId }: FleetExamples): readonly string[] => [
  `/api/machines?$filter=${encoded("healthStatus eq 'Active'")}&$top=2`,
  `/api/users/${encoded(user)}/machines`,
  `/api/domains/${encoded(domain)}/machines`,
  `/api/alerts/${encoded(alertId)}/machine`,
  '/testwdatppreview/machinesecuritystates',
  '/gateway/quota',
];

const encoded = (value: string): string => encodeURIComponent(value).replaceAll("'", '%27');
