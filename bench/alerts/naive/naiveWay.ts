/**
 * How it is done without a gateway: for each alert a playbook that asks Defender for its machine, all at once, and on a 429 waits as long as it is
 * told. It is as patient as no playbook is: Logic Apps give up after four more tries.
 */
import type { Clock } from '../../../src/clock.ts';
import type { Client, Reply } from '../client.ts';
import type { PlannedAlert } from '../making/plannedAlert.ts';

export interface Naive {
  readonly seconds: number;
  /** Refused ones, too. */
  readonly calls: number;
  readonly refused: number;
  /** Alerts that have their machine. */
  readonly enriched: number;
}

export interface NaiveOptions {
  readonly alerts: readonly PlannedAlert[];
  /** Of a Defender of its own. */
  readonly url: string;
  readonly token: string;
  readonly client: Client;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const pauseMs = 1_000;

export const goNaiveWay = async ({ alerts, url, token, client, clock, signal }: NaiveOptions): Promise<Naive> => {
  const counts = { calls: 0, refused: 0, enriched: 0 };
  const started = clock.monotonic();
  const headers = { authorization: `Bearer ${token}` };
  const ask = async (path: string): Promise<Reply | undefined> => {
    counts.calls += 1;
    return client.request(`${url}/api/${path}`, { headers }).catch(() => undefined);
  };
  const play = async ({ id, machineId }: PlannedAlert): Promise<void> => {
    const path = machineId === undefined ? `alerts/${encodeURIComponent(id)}/machine` : `machines/${machineId}`;
    while (!signal.aborted) {
      const reply = await ask(path);
      if (reply?.status === 200) counts.enriched += 1;
      if (reply?.status === 200 || reply?.status === 404) return;
      if (reply?.status === 429) counts.refused += 1;
      await clock.sleep(Number(reply?.headers['retry-after'] ?? 0) * 1000 || pauseMs, signal);
    }
  };
  await Promise.all(alerts.map(play));
  return { ...counts, seconds: (clock.monotonic() - started) / 1000 };
};
