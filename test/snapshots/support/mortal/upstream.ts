import { systemClock } from '../../../../src/clock.ts';
import { createDefender, type Defender } from '../../../../src/defender/client.ts';
import { nodeGet } from '../../../../src/defender/nodeGet.ts';
import { createToken } from '../../../../src/defender/token.ts';
import { unsignedToken } from '../../../../src/local/identity/unsignedToken.ts';
import { timingFor } from '../../../../src/quota/guard.ts';
import { parseLimits } from '../../../../src/quota/limits.ts';
import { memoryLedger } from '../../../../src/quota/memoryLedger.ts';
import { createQuotas } from '../../../../src/quota/quotas.ts';
import { quietLog } from '../../../support/quietLog.ts';

/** The simulated Defender at an address, with a quota that is never spent. */
export const upstreamAt = (baseUrl: string): Defender => {
  const quotas = createQuotas({
    scope: 'route',
    limits: parseLimits('1000/1'),
    timing: timingFor,
    newLedger: 'unused',
    ledger: () => memoryLedger(systemClock),
    concurrency: 10,
    clock: systemClock,
    log: quietLog,
  });
  const audience = 'https://api.securitycenter.microsoft.com';
  const token = createToken(
    async () => ({ token: tokenFor(audience), expiresAt: Number.POSITIVE_INFINITY }),
    `${audience}/.default`,
    systemClock,
  );
  const service = { baseUrl, token };
  return createDefender({
    services: { defender: service, securityStates: service },
    gateOf: (call) => quotas.of(call).gate,
    get: nodeGet(),
    clock: systemClock,
    log: quietLog,
  });
};

const tokenFor = (aud: string): string =>
  unsignedToken({
    aud,
    iss: 'https://sts.windows.net/tenant/',
    iat: 1,
    nbf: 1,
    exp: 4_000_000_000,
    appid: 'mortal',
    oid: 'mortal',
    roles: ['Machine.Read.All'],
    tid: 'tenant',
    jti: 'one',
  });
