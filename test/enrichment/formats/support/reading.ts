import { readFileSync } from 'node:fs';
import { type ReadAlerts, readAlerts } from '../../../../src/enrichment/formats/readAlerts.ts';

export const [machine1, machine2, machine3] = [
  '1e5bc9d7e413ddd7902c2932e418702b84d0cc07',
  '9843c569704bdf87b4a3ef896f87ce313e133f03',
  '44430dab9650aa8e482d89a40f371e2b04ec71b2',
] as const;

export const receivedAt = '2026-07-18T14:05:00.000Z';

/** @param path such as `streaming/info.json` */
export const fixture = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(`test/enrichment/formats/fixtures/${path}`));

export const read = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): ReadAlerts =>
  readAlerts(
    { body: typeof body === 'string' ? new TextEncoder().encode(body) : body, headers, receivedAt },
    { clientStates: ['a secret of ours'] },
  );

/** What is read of JSON that holds alerts, in short: only what is known of each, and each thing that is amiss as `place: message`. */
export const alertsIn = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}) => {
  const said = read(body, headers);
  if (said.kind !== 'alerts') throw new Error(`no alerts: ${JSON.stringify(said)}`);
  return {
    alerts: said.alerts.map(({ alertId, machineIds, product, raisedAt, source }) => {
      return { alertId, machineIds, ...(product && { product }), ...(raisedAt && { raisedAt }), source };
    }),
    wrong: said.wrong.map(({ place, message }) => `${place}: ${message}`),
    ignored: said.ignored.map(({ place, message }) => `${place}: ${message}`),
  };
};

export const originalsIn = (body: string | Uint8Array): readonly unknown[] => {
  const said = read(body);
  return said.kind === 'alerts' ? said.alerts.map(({ original }) => JSON.parse(original)) : [];
};
