/** The gateway as Azure places it: its instances, and the ways in and out. */
import { join } from 'node:path';
import type { Clock } from '../../../src/clock.ts';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import type { Endings } from '../../../src/local/stack/endings.ts';
import { environment } from '../../../src/settings.ts';
import { randomOf } from '../../quota/random.ts';
import type { BenchArguments } from '../arguments.ts';
import { type Client, createClient } from '../client.ts';
import { createGates, type Gates } from '../sending/gates.ts';
import type { Place, Stage } from '../stage.ts';
import { type Instances, startInstances } from './instances.ts';
import { placementsOf } from './placements.ts';

export interface Gateway {
  readonly instances: Instances;
  readonly gates: Gates;
  readonly client: Client;
  /** Opens every function. */
  readonly key: string;
}

export interface GatewayOptions {
  readonly place: Place;
  readonly given: BenchArguments;
  readonly stage: Stage;
  readonly tell: (placement: string, event: HostEvent) => void;
  readonly endings: Endings;
  readonly clock: Clock;
}

/**
 * Where instances die, everything is faster than in Azure: there, a message whose instance died comes again after ten minutes, and an alert
 * without a message is looked for after a quarter of an hour.
 */
const leaseSeconds = 20;
const hurried = { ALERT_SWEEP_SCHEDULE: '*/15 * * * * *', ALERT_SWEEP_AFTER_SECONDS: '45', ALERT_RETRY_SECONDS: '1' };
/** Requests under way at a time. */
export const lanes = 16;

/** When it resolves, every instance has answered. @throws where one does not start, with its last words */
export const openGateway = async ({ place, given, stage, tell, endings, clock }: GatewayOptions): Promise<Gateway> => {
  const { appRoot, built } = place;
  const instances = startInstances({
    appRoot,
    hostPath: join(built, 'host.mjs'),
    environment: { ...environment(), ...stage.settings, ...(given.chaos && hurried) },
    ...(given.chaos && { messageLeaseSeconds: leaseSeconds }),
    placements: placementsOf(given.instances),
    tell,
    clock,
    random: randomOf(given.seed * 16 + 5),
  });
  await endings.keep(Promise.resolve(instances));
  const keys = await instances.ready;
  const client = createClient(lanes);
  const queue = stage.queue('alerts-in');
  await queue.createIfNotExists();
  return {
    instances,
    gates: createGates({ urlOf: instances.urlOf, keys, client, queue }),
    client,
    key: keys.function,
  };
};
