import { HttpRequest, type HttpResponseInit, InvocationContext } from '@azure/functions';
import { anonymous } from '../../src/callers/identity.ts';
import { permissions } from '../../src/functions/permissions.ts';
import type { Doctor } from '../../src/permissions/doctor.ts';
import { world } from '../permissions/support/world.ts';
import { fakeClock } from '../support/fakeClock.ts';

const kept = () => undefined;

const asked = async (doctor: Doctor, clock = fakeClock(), cacheControl?: string, advance = 60_000) => {
  const logged: unknown[] = [];
  const context = new InvocationContext({
    functionName: 'permissions',
    logHandler: (_, ...args) => logged.push(...args),
  });
  const url = 'https://gateway.example/gateway/health/permissions';
  const request = new HttpRequest({
    method: 'GET',
    url,
    headers: { 'x-request-id': 'r-1', ...(cacheControl ? { 'cache-control': cacheControl } : {}) },
  });
  const answering = permissions({ doctor, clock }).handler(request, context, anonymous);
  await clock.advance(advance);
  const { status, headers, body } = (await answering) as HttpResponseInit;
  return { status, headers: { ...headers } as Record<string, string>, body: JSON.parse(String(body)), logged };
};

describe('GET /gateway/health/permissions', () => {
  it('is for administrators', () => {
    const { doctor, clock } = world();
    expect(permissions({ doctor, clock }).access).toEqual(['Gateway.Admin']);
  });

  it('is 200 with the report, whatever that says, for nobody to keep', async () => {
    const { doctor, clock } = world({ says: () => ({ status: 403 }) });
    const { status, headers, body } = await asked(doctor, clock);
    expect([status, headers['cache-control'], headers['x-request-id']]).toEqual([200, 'no-store', 'r-1']);
    expect(body).toMatchObject({ status: 'failed', calls: expect.any(Array), tokens: expect.any(Array) });
  });

  it('is what is kept, or 504, for who wants nobody to be asked', async () => {
    const { doctor, clock, asked: calls } = world();
    expect((await asked(doctor, clock, 'only-if-cached', 0)).status).toBe(504);
    expect(calls).toEqual([]);
    const { body } = await asked(doctor, clock, undefined, 20_000);
    const made = calls.length;
    expect((await asked(doctor, clock, 'only-if-cached', 0)).body).toEqual(body);
    expect([made, calls.length]).toEqual([7, 7]);
  });

  it('is 503 where no report can be made, and the log knows why', async () => {
    const { status, headers, body, logged } = await asked({ examine: () => Promise.reject(new Error('broken')), kept });
    expect([status, headers['retry-after'], body.error.target]).toEqual([503, '30', 'r-1']);
    expect(body.error.message).not.toContain('broken');
    expect(JSON.stringify(logged)).toContain('broken');
  });

  it('is 503 where the report does not come', async () => {
    const { status } = await asked({ examine: () => new Promise(() => {}), kept });
    expect(status).toBe(503);
  });
});
