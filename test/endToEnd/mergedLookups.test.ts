import type { Dialect } from '../../src/local/simulator/dialect.ts';
import { bodyOf, type Gateway, startGateway } from '../support/gateway.ts';

let gateway: Gateway;
let fleet: readonly Readonly<Record<string, unknown>>[];

const start = async (dialect: Partial<Dialect> = {}) => {
  gateway = await startGateway({ limits: '10000/60', simulator: { machines: 1000, latencyMs: 20, dialect } });
  fleet = (await bodyOf(await gateway.direct('/api/machines'))).value;
};

const equalTo = (property: string, value: unknown) =>
  `/api/machines?$filter=${encodeURIComponent(`${property} eq '${value}'`)}`;

/** So many values that machines have, each once. */
const valuesOf = (property: string, from: number, count = 60) =>
  [...new Set(fleet.flatMap((machine) => machine[property] ?? []))].slice(from, from + count);

/** Status and body of each, which for an error has a request's id. */
const said = async (response: Response) => {
  const { error, ...body } = await bodyOf(response);
  return [response.status, error === undefined ? body : error.code];
};

/** Asks all at once; each answer has to be Defender's own to that question alone. @returns how many calls it took */
const askAll = async (paths: readonly string[]) => {
  await gateway.forgetArrivals();
  const answers = await Promise.all(paths.map(async (path) => [path, await said(await gateway.get(path))]));
  const arrivals = await gateway.arrivals();
  for (const { path, query } of arrivals)
    expect(`http://127.0.0.1:65535${path}${query}`.length).toBeLessThanOrEqual(2000);
  const truth = await Promise.all(paths.map(async (path) => [path, await said(await gateway.direct(path))]));
  expect(answers).toEqual(truth);
  return arrivals.length;
};

describe('lookups that are asked at one moment', () => {
  beforeAll(() => start());
  afterAll(() => gateway.stop());

  it.each(['computerDnsName', 'aadDeviceId', 'lastIpAddress', 'id'])(
    '60 by %s are at most 4 calls, and each is answered as if it were asked alone',
    async (property) => {
      const paths = valuesOf(property, 0).map((value) => equalTo(property, value));
      expect(paths).toHaveLength(60);
      expect(await askAll(paths)).toBeLessThanOrEqual(4);
    },
  );

  it('by id, in the path and in a filter, travel together', async () => {
    const paths = valuesOf('id', 100).map((id, i) => (i % 2 === 0 ? `/api/machines/${id}` : equalTo('id', id)));
    expect(await askAll(paths)).toBeLessThanOrEqual(4);
  });

  it('are asked alone where they find nothing, or are written in other letters', async () => {
    const names = valuesOf('computerDnsName', 100, 30).map(String);
    const asked = [...names, ...names.slice(0, 3).map((name) => name.toUpperCase()), 'nobody', 'no-one.contoso.com'];
    const calls = await askAll(asked.map((name) => equalTo('computerDnsName', name)));
    expect(calls).toBeLessThanOrEqual(4 + 3 + 3 + 2);
  });

  it('of long names are more calls, none with an address above 2,000 bytes', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `${`long-${i}-`.padEnd(63, 'x')}.${'y'.repeat(60)}.example`);
    for (const computerDnsName of names) await gateway.control('POST', 'machines', { computerDnsName });
    const calls = await askAll(names.map((name) => equalTo('computerDnsName', name)));
    expect(calls).toBeGreaterThanOrEqual(4);
    expect(calls).toBeLessThanOrEqual(8);
  });

  it('that were answered once are answered again without a call', async () => {
    expect(await askAll(valuesOf('computerDnsName', 0).map((name) => equalTo('computerDnsName', name)))).toBe(0);
  });

  it('get what Defender refuses by itself, each its own: one that is wrong harms no other', async () => {
    const names = valuesOf('computerDnsName', 200, 20).map((name) => equalTo('computerDnsName', name));
    await gateway.faults([{ match: { path: 'poisoned' }, do: { status: 400 } }]);
    const answers = await Promise.all(
      [...names, equalTo('computerDnsName', 'poisoned')].map((path) => gateway.get(path)),
    );
    expect(answers.map(({ status }) => status)).toEqual([...names.map(() => 200), 400]);
  });
});

describe.each<[string, Partial<Dialect>]>([
  ['refuses in and filters of more than 100 nodes', { in: 'refused', mostNodes: 100 }],
  ['refuses lists of more than 15 members', { mostMembers: 15 }],
  ['refuses in and filters of more than 30 nodes', { in: 'refused', mostNodes: 30 }],
  ['tells letters’ case apart', { comparesCase: true }],
])('where Defender %s', (_, dialect) => {
  beforeAll(() => start(dialect));
  afterAll(() => gateway.stop());

  it('lookups are merged all the same, and what was refused is not tried again', async () => {
    const pathsFrom = (from: number) =>
      valuesOf('computerDnsName', from).map((name) => equalTo('computerDnsName', name));
    const first = await askAll(pathsFrom(0));
    expect(first).toBeLessThanOrEqual(26);
    const second = await askAll(pathsFrom(60));
    expect(second).toBeLessThanOrEqual(dialect.mostNodes === 30 ? 14 : 4);
    expect((await gateway.arrivals()).map(({ status }) => status)).not.toContain(400);
  });

  it('names in other letters are answered as Defender does alone', async () => {
    const names = valuesOf('computerDnsName', 130, 30).map(String);
    await askAll(
      [...names, ...names.map((name) => name.toUpperCase())].map((name) => equalTo('computerDnsName', name)),
    );
  });
});
