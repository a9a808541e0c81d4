/** Everything that answers HTTP, with what it does. */
import type { Call } from '../defender/call.ts';
import { calls } from '../defender/calls.ts';
import { alertFunctions } from './alerts/alertFunctions.ts';
import { batch } from './batch.ts';
import { defenderCall } from './defenderCall.ts';
import { health } from './health.ts';
import { machineSecurityStates } from './machineSecurityStates.ts';
import { openapi } from './openapi.ts';
import { operation } from './operations/operation.ts';
import { permissions } from './permissions.ts';
import { permitted } from './permitted.ts';
import { quota } from './quota.ts';
import { resolve } from './resolve.ts';
import { resolveBatch } from './resolveBatch.ts';
import type { HttpFunction, Services } from './services.ts';
import { snapshotFunctions } from './snapshots/snapshotFunctions.ts';

export const httpFunctions = (services: Services): readonly HttpFunction[] => {
  const single = [
    ...calls.flatMap((call) => functionsOf(call, services)),
    resolve(services),
    resolveBatch(services),
    ...snapshotFunctions(services),
    ...alertFunctions(services),
    operation(services),
    quota(services),
    health(),
    permissions(services),
    openapi(services),
  ].map(permitted);
  return [...single, ...batch(single, services).map(permitted)];
};

/** Security states have two sources; all other calls are passed on. */
const functionsOf = (call: Call, services: Services): readonly HttpFunction[] =>
  call.name === 'machineSecurityStates' ? [machineSecurityStates(call, services)] : defenderCall(call, services);
