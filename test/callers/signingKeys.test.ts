import { createSigningKeys } from '../../src/callers/signingKeys.ts';
import { newKey } from '../../src/local/entra/keyRing.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { scriptedFetch } from '../support/scriptedFetch.ts';
import { jwk, keysUrl, testIssuer } from './support/issuer.ts';

const hour = 3_600_000;

const start = async () => {
  const issuer = await testIssuer();
  const keys = createSigningKeys({ url: keysUrl, fetch: issuer.fetch, clock: issuer.clock });
  return { issuer, keys };
};

const answered = (answer: Response | Error | 'silence') => {
  const clock = fakeClock();
  const script = scriptedFetch(answer);
  return { clock, calls: script.calls, keys: createSigningKeys({ url: keysUrl, fetch: script.fetch, clock }) };
};

describe('createSigningKeys', () => {
  it('asks once for all who wait, and not again within the hour', async () => {
    const { issuer, keys } = await start();
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.keyOf(issuer.key.kid)));
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['found']));
    await issuer.clock.advance(hour - 1);
    await keys.keyOf(issuer.key.kid);
    expect(issuer.asked()).toBe(1);
    await issuer.clock.advance(1);
    await keys.keyOf(issuer.key.kid);
    expect(issuer.asked()).toBe(2);
  });

  it('asks nothing of the issuer for a flood of names that are made up', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    for (let i = 0; i < 2_000; i++) expect(await keys.keyOf(`made up ${i}`)).toEqual({ kind: 'unknown' });
    expect(issuer.asked()).toBe(1);
    for (let i = 0; i < 10; i++) {
      await issuer.clock.advance(30_000);
      await Promise.all(Array.from({ length: 100 }, (_, j) => keys.keyOf(`made up ${i} ${j}`)));
    }
    expect(issuer.asked()).toBe(11);
  });

  it('finds a new key half a minute after the last question, at the latest', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf('made up');
    const next = await newKey();
    issuer.publishes(next, issuer.key);
    expect((await keys.keyOf(next.kid)).kind).toBe('unknown');
    await issuer.clock.advance(30_000);
    expect((await keys.keyOf(next.kid)).kind).toBe('found');
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
  });

  it('forgets a key within an hour of its withdrawal', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.publishes(await newKey());
    await issuer.clock.advance(hour);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('unknown');
  });

  it('goes by the keys that it has for a day while their address is down, and then by none', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.answers(new Error('down'));
    await issuer.clock.advance(24 * hour - 1);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
    await issuer.clock.advance(1);
    expect(await keys.keyOf(issuer.key.kid)).toEqual({
      kind: 'unavailable',
      reason: `The keys of callers' tokens can't be had from ${keysUrl}: down`,
    });
  });

  it('asks a machine that was frozen for a day to begin again', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.publishes(await newKey());
    issuer.clock.freeze(25 * hour);
    await issuer.clock.advance(30_000);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('unknown');
  });

  it('asks again where the clock of the machine was set back', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.publishes(await newKey());
    issuer.clock.freeze(-2 * hour);
    await issuer.clock.advance(30_000);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('unknown');
  });

  it('keeps its keys where the clock was set back a little', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.clock.freeze(-2_000);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
    expect(issuer.asked()).toBe(1);
  });

  it('can not tell of a new name while the address is down', async () => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.answers(new Error('down'));
    await issuer.clock.advance(30_000);
    expect((await keys.keyOf('new')).kind).toBe('unavailable');
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
  });

  it('lets nobody wait for an address that was down a moment ago', async () => {
    const clock = fakeClock();
    const issuer = await testIssuer();
    const script = scriptedFetch(Response.json({ keys: [jwk(issuer.key)] }), new Error('down'), 'silence');
    const keys = createSigningKeys({ url: keysUrl, fetch: script.fetch, clock });
    await keys.keyOf(issuer.key.kid);
    await clock.advance(hour);
    await keys.keyOf(issuer.key.kid);
    await clock.advance(3_000);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
    expect(script.calls).toHaveLength(3);
  });

  it('asks again three seconds after it had none, and not before', async () => {
    const { issuer, keys } = await start();
    issuer.answers(new Error('down'));
    for (let i = 0; i < 20; i++) expect((await keys.keyOf(issuer.key.kid)).kind).toBe('unavailable');
    expect(issuer.asked()).toBe(1);
    issuer.answers(undefined);
    await issuer.clock.advance(3_000);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
  });

  it('waits for an answer for five seconds', async () => {
    const { keys, clock } = answered('silence');
    const asked = keys.keyOf('a');
    await clock.advance(5_000);
    expect(await asked).toEqual({ kind: 'unavailable', reason: expect.stringContaining('did not answer within 5 s') });
  });

  it('follows no redirect', async () => {
    const { keys, calls } = answered(
      new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    );
    expect(await keys.keyOf('a')).toEqual({ kind: 'unavailable', reason: expect.stringContaining('it answered 302') });
    expect(calls).toEqual([{ url: keysUrl, headers: { accept: 'application/json' }, redirect: 'manual' }]);
  });

  it('reads no answer without an end', async () => {
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    });
    const clock = fakeClock();
    const keys = createSigningKeys({ url: keysUrl, fetch: async () => new Response(endless), clock });
    expect(await keys.keyOf('a')).toEqual({
      kind: 'unavailable',
      reason: expect.stringContaining('its answer is longer than 262144 bytes'),
    });
  });

  it.each([
    ['no JSON', new Response('<html>')],
    ['null', Response.json(null)],
    ['no list', Response.json({ keys: 'none' })],
    ['an empty list', Response.json({ keys: [] })],
    ['none for signatures', Response.json({ keys: [{ kty: 'RSA', use: 'enc', kid: 'a', n: 'AQAB', e: 'AQAB' }] })],
    ['none of RSA', Response.json({ keys: [{ kty: 'oct', kid: 'a', k: 'AAAA' }, null, 7] })],
  ])('keeps what it has where the address answers %s', async (_, answer) => {
    const { issuer, keys } = await start();
    await keys.keyOf(issuer.key.kid);
    issuer.answers(answer);
    await issuer.clock.advance(hour);
    expect((await keys.keyOf(issuer.key.kid)).kind).toBe('found');
    expect((await keys.keyOf('a')).kind).toBe('unavailable');
  });
});
