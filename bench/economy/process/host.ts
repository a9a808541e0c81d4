/** A functions host, and the scales for it and its worker. */
import { systemClock } from '../../../src/clock.ts';
import { startHost } from '../../../src/local/host/host.ts';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import type { RunningPart } from '../../../src/local/part.ts';
import type { FromPart, Hosting, Weight } from './messages.ts';
import { weigh, weightMark } from './weigh.ts';

export type Host = Pick<RunningPart, 'stop'> & {
  readonly said: FromPart;
  /** @throws when the worker does not tell its weight: it has to be the built weighedWorker.ts */
  weigh(): Promise<FromPart>;
};

const graceMs = 2000;
const weighingMs = 5000;

/** Starts it on a free port. Errors of the app are written to stderr. */
export const host = async (hosting: Hosting): Promise<Host> => {
  let worker = 0;
  let heard: (weight: Weight) => void = () => undefined;
  const log = (event: HostEvent) => {
    if (event.kind === 'workerStarted') worker = event.pid;
    if (event.kind !== 'log') return;
    if (event.message.startsWith(weightMark)) heard(JSON.parse(event.message.slice(weightMark.length)));
    else if (event.level === 'error' || event.level === 'critical') console.error(event.message);
  };
  const running = await startHost({ ...hosting, port: 0, graceMs, log });
  const workerWeight = async (): Promise<Weight> => {
    const told = new Promise<Weight>((resolve) => {
      heard = resolve;
    });
    process.kill(worker, 'SIGUSR2');
    const late = systemClock.sleep(weighingMs).then(() => Promise.reject(new Error('the worker told no weight')));
    return Promise.race([told, late]);
  };
  return {
    said: { kind: 'hosts', url: running.url, key: running.keys.function },
    stop: running.stop,
    weigh: async () => ({ kind: 'weight', worker: await workerWeight(), host: await weigh() }),
  };
};
