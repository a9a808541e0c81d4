/** Everything that answers HTTP, with what it does. */
import { calls } from '../defender/calls.ts';
import { batch } from './batch.ts';
import { defenderCall } from './defenderCall.ts';
import { health } from './health.ts';
import { quota } from './quota.ts';
import { resolve } from './resolve.ts';
import { resolveBatch } from './resolveBatch.ts';
import type { HttpFunction, Services } from './services.ts';

export const httpFunctions = (services: Services): readonly HttpFunction[] => {
  const single = [
    ...calls.flatMap((call) => defenderCall(call, services)),
    resolve(services),
    resolveBatch(services),
    quota(services),
    health(),
  ];
  return [...single, ...batch(single, services)];
};
