/** All that a measurement needs: processes around the gateway, a process for each host, and callers for all of them. */
import { join } from 'node:path';
import { createEndings, type Endings } from '../../../src/local/stack/endings.ts';
import { untilAnswers } from '../../../src/local/stack/untilAnswers.ts';
import { printLimits } from '../../../src/quota/limits.ts';
import { type Client, createClient } from '../client/client.ts';
import type { Hosting, Surroundings, Weight } from '../process/messages.ts';
import { startPart } from '../process/part.ts';
import { defenderToken } from './defenderToken.ts';

/** Where the bench runs, and until when. */
export interface Place {
  /** The gateway's package.json and host.json, and azurite. */
  readonly appRoot: string;
  /** The folder of the built bench. */
  readonly built: string;
  /** Ends every request when it aborts. */
  readonly signal: AbortSignal;
}

export interface Scene extends Omit<Surroundings, 'appRoot'> {
  /** The folder of each host's app, the gateway's own or another. */
  readonly apps: readonly string[];
}

export interface Stage {
  readonly hosts: readonly OnStage[];
  /** Defender itself, for callers with a token of the gateway's identity. */
  readonly defender: Callable;
  /** The same fleet without quota and delay, for what is right; calls there count nowhere. */
  readonly twin: Callable;
  /** Calls that arrived at Defender since this was last forgotten. */
  arrivals(): Promise<number>;
  forgetArrivals(): Promise<void>;
  /** Ends all its processes. */
  stop(): Promise<void>;
}

export interface Callable {
  client(connections: number): Client;
}

export interface OnStage extends Callable {
  /** @throws on a system without signals, such as Windows */
  weigh(): Promise<{ readonly host: Weight; readonly worker: Weight }>;
}

/** Starts it cold. When it resolves, every part answers. @throws Error, with nothing left behind, when one does not start */
export const openStage = async (place: Place, scene: Scene): Promise<Stage> => {
  const endings = createEndings();
  try {
    return await open(place, scene, endings);
  } catch (error) {
    await endings.stop();
    throw error;
  }
};

const open = async (place: Place, { apps, ...around }: Scene, { keep, stop }: Endings): Promise<Stage> => {
  const { appRoot, built, signal } = place;
  const start = async () => startPart(join(built, 'economyPart.mjs'));
  const surroundings = await keep(start());
  const asked = { kind: 'surround', surroundings: { appRoot, ...around } } as const;
  const { wiring, addresses } = await surroundings.ask(asked, 'surrounds');
  const environment = { QUOTA_NEW_LEDGER: 'unused', QUOTA_LIMITS: printLimits(around.limits), ...wiring };
  const hosting = { workerPath: join(built, 'weighedWorker.mjs'), environment };
  const parts = await Promise.all(apps.map(() => keep(start())));
  const hosts = await Promise.all(
    parts.map((part, i) => hostOn(part, { ...hosting, appRoot: apps[i] ?? appRoot }, signal)),
  );
  const bearer = { authorization: `Bearer ${await defenderToken(addresses.tokens, wiring)}` };
  const callable = (url: string): Callable => ({
    client: (connections) => createClient({ url, headers: bearer, connections, signal }),
  });
  const control = async (method: string): Promise<number> => {
    const response = await fetch(`${addresses.simulator}/_simulator/arrivals`, { method, signal });
    return (JSON.parse(await response.text()) as { arrivals: unknown[] }).arrivals.length;
  };
  return {
    hosts,
    defender: callable(addresses.simulator),
    twin: callable(addresses.twin),
    arrivals: () => control('GET'),
    forgetArrivals: async () => void (await control('DELETE')),
    stop,
  };
};

const hostOn = async (part: ReturnType<typeof startPart>, hosting: Hosting, signal: AbortSignal): Promise<OnStage> => {
  const { url, key } = await part.ask({ kind: 'host', hosting }, 'hosts');
  await untilAnswers('the functions host', url);
  return {
    client: (connections) => createClient({ url, headers: { 'x-functions-key': key }, connections, signal }),
    weigh: () => part.ask({ kind: 'weigh' }, 'weight'),
  };
};
