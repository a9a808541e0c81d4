import { join } from 'node:path';
import { type HostOptions, type RunningHost, startHost } from '../../../../src/local/host/host.ts';
import type { HostEvent } from '../../../../src/local/host/hostEvent.ts';

/** A host under test, and all that it told. */
export interface TestHost extends RunningHost {
  readonly events: readonly HostEvent[];
  /** The first event that fits, past or to come. */
  event<K extends HostEvent['kind']>(
    kind: K,
    fits?: (event: Extract<HostEvent, { kind: K }>) => boolean,
  ): Promise<Extract<HostEvent, { kind: K }>>;
}

export const workerPath = join(process.cwd(), '.build/worker.mjs');

export const appRoot = (app: string) => join(process.cwd(), 'test/local/host/apps', app);

/** Starts one of the apps beside this folder, on a free port. */
export const startTestHost = async (app: string, more: Partial<HostOptions> = {}): Promise<TestHost> => {
  const events: HostEvent[] = [];
  const waiting = new Set<() => void>();
  const log = (event: HostEvent) => {
    events.push(event);
    for (const look of waiting) look();
  };
  const host = await startHost({ port: 0, appRoot: appRoot(app), workerPath, environment: {}, log, ...more });
  return {
    ...host,
    events,
    event: (kind, fits = () => true) =>
      new Promise((resolve) => {
        type Wanted = Extract<HostEvent, { kind: typeof kind }>;
        const look = () => {
          const found = events.find((event): event is Wanted => event.kind === kind && fits(event as Wanted));
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
};
