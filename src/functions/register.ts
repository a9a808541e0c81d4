/** Everything that Azure triggers. The functions of Defender's calls follow from `defender/calls.ts`. */
import { app, type HttpFunctionOptions } from '@azure/functions';
import { calls } from '../defender/calls.ts';
import { answeringFaults } from './answeringFaults.ts';
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

export const register = (services: Services): void => {
  for (const { name, ...options } of httpFunctions(services)) app.http(name, azureOptions(options));
};

const azureOptions = ({ methods, handler, ...options }: Omit<HttpFunction, 'name'>): HttpFunctionOptions => ({
  ...options,
  methods: [...methods],
  handler: answeringFaults(handler),
});
