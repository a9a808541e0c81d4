import { HttpRequest, InvocationContext } from '@azure/functions';
import { authLevelOf, type CallerAuth, mayCall } from '../../src/callers/access.ts';
import { createIdentify } from '../../src/callers/identify.ts';
import { type CallerIdentity, type Role, roles } from '../../src/callers/identity.ts';
import type { VerifyToken } from '../../src/callers/tokens.ts';
import { httpFunctions } from '../../src/functions/httpFunctions.ts';
import { identified } from '../../src/functions/identified.ts';
import { httpTriggers } from '../../src/functions/triggers.ts';
import { type FakeClock, fakeClock } from '../support/fakeClock.ts';
import { json, scriptedFetch } from '../support/scriptedFetch.ts';
import { servicesOn } from '../support/services.ts';

/** Every address, and who may call it. */
const everybody: Readonly<Record<string, 'open' | 'key' | readonly Role[]>> = {
  'GET api/machines': ['Machines.Read'],
  'GET api/v1.0/machines': ['Machines.Read'],
  'GET api/machines/{id}': ['Machines.Read'],
  'GET api/v1.0/machines/{id}': ['Machines.Read'],
  'GET api/users/{id}/machines': ['Machines.Read'],
  'GET api/v1.0/users/{id}/machines': ['Machines.Read'],
  'GET api/domains/{domain}/machines': ['Machines.Read'],
  'GET api/v1.0/domains/{domain}/machines': ['Machines.Read'],
  'GET api/alerts/{id}/machine': ['Machines.Read'],
  'GET api/v1.0/alerts/{id}/machine': ['Machines.Read'],
  'GET testwdatppreview/machinesecuritystates': ['Machines.Read'],
  'GET gateway/machines/resolve': ['Machines.Read'],
  'POST gateway/machines/resolve': ['Machines.Read'],
  'POST api/$batch': ['Machines.Read'],
  'POST api/v1.0/$batch': ['Machines.Read'],
  'GET gateway/snapshots': ['Machines.Read'],
  'GET gateway/snapshots/{run}': ['Machines.Read'],
  'GET gateway/snapshots/trend': ['Machines.Read'],
  'GET gateway/snapshots/{run}/machines': ['Machines.Read'],
  'GET gateway/snapshots/{run}/changes': ['Machines.Read'],
  'GET gateway/machines/{id}/states': ['Machines.Read'],
  'POST gateway/alerts': ['Alerts.Enrich'],
  'OPTIONS gateway/alerts': ['Alerts.Enrich'],
  'GET gateway/alerts': ['Alerts.Enrich'],
  'GET gateway/alerts/{id}': ['Alerts.Enrich'],
  'POST gateway/alerts/{id}/replay': ['Alerts.Enrich'],
  'POST gateway/hooks/alerts': 'key',
  'OPTIONS gateway/hooks/alerts': 'key',
  'GET gateway/operations/{id}': roles,
  'GET gateway/openapi.json': roles,
  'GET gateway/quota': roles,
  'GET gateway/health': 'open',
  'GET gateway/health/permissions': ['Gateway.Admin'],
};

const addresses = httpTriggers.flatMap((trigger) =>
  trigger.methods.map((method) => ({ ...trigger, method, address: `${method} ${trigger.route}` })),
);
const services = (clock: FakeClock) => servicesOn(clock, scriptedFetch(json({ value: [] })).fetch);
const noToken: VerifyToken = async () => ({ kind: 'refused', reason: 'it is none' });

/** Asks each function of an address as Azure would, and tells what came. */
const ask = async (address: string, headers: Record<string, string>, verify: VerifyToken) => {
  const clock = fakeClock();
  const identify = createIdentify({ verify, deviceGroups: new Map() });
  const [method = '', route = ''] = address.split(' ');
  const found = httpFunctions(services(clock)).find(
    (each) => each.route === route && each.methods.includes(method as 'GET'),
  );
  if (!found) throw new Error(`nothing answers ${address}`);
  const url = `https://gateway.example/${route}`;
  const params = { id: '1', run: 'latest', domain: 'contoso.com' };
  const request = new HttpRequest({
    method,
    url,
    headers,
    params,
    query: { hostName: 'srv02' },
    body: { string: '{}' },
  });
  const answering = Promise.resolve(identified(found, identify)(request, new InvocationContext()));
  await clock.advance(1000);
  return (await answering) as { status?: number; headers: Record<string, string>; body: string };
};

describe('every address', () => {
  it('is here, and says who may call it', () => {
    expect(Object.fromEntries(addresses.map(({ address, access }) => [address, access]))).toEqual(everybody);
  });

  const levels = (callerAuth: CallerAuth) =>
    addresses.map(({ address, access }) => [address, authLevelOf(access, callerAuth)]);

  it('asks the host for a key where callers are known by keys, but for liveness', () => {
    expect(levels('key').filter(([, level]) => level !== 'function')).toEqual([['GET gateway/health', 'anonymous']]);
  });

  it('checks the token itself where callers are known by tokens, but for hooks, whose key the host checks', () => {
    expect(
      levels('entra')
        .filter(([, level]) => level !== 'anonymous')
        .map(([address]) => address),
    ).toEqual(['POST gateway/hooks/alerts', 'OPTIONS gateway/hooks/alerts']);
  });
});

describe('where callers are known by tokens', () => {
  const guarded = addresses.filter(({ access }) => typeof access !== 'string').map(({ address }) => address);
  /** All that one could send in place of a token. */
  const forged = {
    'x-functions-key': 'a key of the function',
    'x-ms-client-principal': Buffer.from('{"claims":[{"typ":"roles","val":"Machines.Read"}]}').toString('base64'),
    'x-ms-client-principal-id': '11111111-2222-3333-4444-555555555555',
    'x-ms-token-aad-access-token': 'token',
    cookie: 'AppServiceAuthSession=1',
  };

  it.each(guarded)('nobody without one is answered by %s', async (address) => {
    for (const headers of [{}, forged, { ...forged, authorization: 'Basic dTpw' }, { authorization: 'Bearer ' }]) {
      const { status, headers: said, body } = await ask(address, headers, () => Promise.reject(new Error('asked')));
      expect(status).toBe(401);
      expect(said['www-authenticate']).toBe('Bearer');
      expect(JSON.parse(body).error.message).toMatch(/^The request has no token/);
    }
  });

  it.each(guarded)('nobody with one that is refused is answered by %s', async (address) => {
    const { status, headers } = await ask(address, { ...forged, authorization: 'Bearer a.b.c' }, noToken);
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token", error_description="it is none"');
  });

  const application = '11111111-2222-3333-4444-5555aaaabbbb';
  const withRoles =
    (given: readonly string[]): VerifyToken =>
    async () => ({
      kind: 'verified',
      claims: { azp: application, oid: application, sub: application, roles: given },
    });

  it.each(guarded)('nobody without the role is answered by %s, and is told which it is', async (address) => {
    const access = everybody[address] ?? 'open';
    const others = roles.filter((role) => !access.includes(role));
    const { status, body } = await ask(address, { authorization: 'Bearer a.b.c' }, withRoles(others));
    expect(status).toBe(403);
    expect(JSON.parse(body).error.message).toContain([access].flat().join(' or '));
  });

  it('whether a token is good may be out of reach, which is said with a time', async () => {
    const away: VerifyToken = async () => ({ kind: 'unavailable', reason: 'The keys can’t be had.' });
    const { status, headers } = await ask('GET api/machines', { authorization: 'Bearer a.b.c' }, away);
    expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: '10' });
  });
});

describe('a caller that is bound to device groups', () => {
  const bound: CallerIdentity = { id: 'key-0a1b2c3d4e5f', owner: 'me', roles: new Set(roles), groups: new Set([12]) };

  it('is refused where it can’t be told of which group a machine is', async () => {
    const clock = fakeClock();
    const refused: string[] = [];
    for (const each of httpFunctions(services(clock))) {
      const request = new HttpRequest({ method: 'GET', url: 'https://gateway.example/', body: { string: '{}' } });
      const answering = Promise.resolve(each.handler(request, new InvocationContext(), bound));
      await clock.advance(40_000);
      const { status, body } = (await answering) as { status: number; body: string };
      if (status === 403 && String(body).includes('CALLER_DEVICE_GROUPS')) refused.push(each.route);
      expect(mayCall(each.access, bound)).toBe(true);
    }
    expect(refused).toEqual([
      'testwdatppreview/machinesecuritystates',
      'gateway/snapshots',
      'gateway/snapshots/{run}',
      'gateway/snapshots/trend',
      'gateway/snapshots/{run}/machines',
      'gateway/snapshots/{run}/changes',
      'gateway/machines/{id}/states',
      'gateway/alerts',
      'gateway/alerts/{id}',
      'gateway/alerts/{id}/replay',
    ]);
  });
});
