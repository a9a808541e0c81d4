/**
 * Microsoft Defender for Endpoint on this machine: the calls of `routes.ts` over a fleet made from a seed, with the
 * service's quota, refusals and known defects, and faults on demand. Its own pages are under `/_simulator/`.
 */
import { setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import { listen } from '../listen.ts';
import type { RunningPart } from '../part.ts';
import { control } from './control.ts';
import type { SimulatorOptions } from './options.ts';
import { serve } from './serve.ts';
import { simulationOf } from './simulation.ts';

/** Bigger fleets are made when first asked for, so that the simulator starts at once. */
const warmUpTo = 10_000;

/**
 * Starts it on 127.0.0.1.
 *
 * @throws Error when the port is taken or an option is out of bounds
 */
export const startSimulator = async (options: SimulatorOptions): Promise<RunningPart> => {
  const simulation = simulationOf(options);
  if (simulation.fleet.plan.machines <= warmUpTo) simulation.fleet.warm();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal); // one for each slow answer, however many there are
  const server = createServer((request, response) => {
    const done = request.url?.startsWith('/_simulator/')
      ? control(simulation, request, response)
      : serve(simulation, request, response, stopping.signal);
    done.catch((error: Error) => {
      simulation.log(`fault of the simulator itself: ${error.stack}`);
      response.destroy();
    });
  });
  server.keepAliveTimeout = 120_000;
  const part = await listen(server, options.port);
  return {
    url: part.url,
    stop: () => {
      stopping.abort();
      return part.stop();
    },
  };
};
