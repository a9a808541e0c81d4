import { createReading } from '../../../src/snapshots/reading/reading.ts';
import { statesInRows } from '../../../src/snapshots/store/statesInRows.ts';
import { stored } from '../../snapshots/reading/support/storedHistory.ts';
import { asking, idOf, origin, threeRuns } from './support/asking.ts';

const latest = '/gateway/snapshots/latest/machines';
const ids = (value: readonly Readonly<Record<string, unknown>>[]) =>
  value.map(({ id }) => String(id).slice(0, 1)).join('');

describe('GET /gateway/snapshots/{run}/machines', () => {
  it('gives the fleet in Defender’s envelope, each machine with since when', async () => {
    const { reading } = await stored(threeRuns);
    const { status, headers, body } = await asking(reading).get(latest, { 'x-request-id': 'r-1' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json; odata.metadata=minimal; charset=utf-8',
      'odata-version': '4.0',
      'x-request-id': 'r-1',
      'x-gateway-snapshot': '20261101T020000Z',
      'cache-control': 'private, no-cache',
      vary: 'Accept, Accept-Encoding',
    });
    expect(Number(headers.age)).toBeGreaterThan(0);
    expect(body['@odata.context']).toBe(`${origin}/gateway/$metadata#SnapshotMachines`);
    expect(body['@odata.count']).toBe(5);
    expect(body['@odata.nextLink']).toBeUndefined();
    expect(ids(body.value)).toBe('128cf');
    expect(body.value[0]).toEqual({
      id: idOf('1'),
      build: 14393,
      revision: 2485,
      architecture: 'Amd64',
      osVersion: '10.0.14393.2485',
      propertiesRequireAttention: ['AntivirusNotReporting', 'EdrImpairedCommunications'],
      since: '2026-11-01T02:00:00Z',
      attentionSince: {
        AntivirusNotReporting: '2026-11-01T00:00:00Z',
        EdrImpairedCommunications: '2026-11-01T02:00:00Z',
      },
      appeared: '2026-11-01T00:00:00Z',
      missedSince: null,
    });
    expect(body.value[4]).toMatchObject({ id: idOf('f'), missedSince: '2026-11-01T02:00:00Z' });
  });

  it.each([
    ['requires=AntivirusNotReporting', '12', 2],
    ['requires=antivirusnotreporting', '12', 2],
    ['requires=EdrImpairedCommunications', '1', 1],
    ['requires=AntivirusNotReporting,EdrImpairedCommunications', '12', undefined],
    ['requires=any', '12', 2],
    ['requires=*', '12', 2],
    ['asOf=2026-11-01T00:30:00Z', '128f', 4],
    ['asOf=2026-11-01T01:30:00%2B01:00', '128f', 4],
    ['asOf=2026-11-01T01:30:00+01:00', '128f', 4],
    ['asOf=2026-11-01T01:00:00Z', '128f', 4],
    ['asOf=2026-11-01T00:59:59.999Z&requires=EdrImpairedCommunications', '8', 1],
    ['asOf=2026-11-01', '128f', 4],
    ['asOf=20261101T000000Z&requires=AntivirusNotReporting', '1', 1],
    ['asOf=2030-01-01', '128cf', 5],
  ])('of latest with %s are %s', async (query, expected, count) => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get(`${latest}?${query}`);
    expect(ids(body.value)).toBe(expected);
    expect(body['@odata.count']).toBe(count);
  });

  it('tells of no machine that it was missed before it was', async () => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get('/gateway/snapshots/20261101T010000Z/machines');
    expect(body.value.at(-1)).toMatchObject({ id: idOf('f'), missedSince: null });
  });

  it('keeps the pages of a walk with the run that it began with', async () => {
    const history = await stored(threeRuns.slice(0, 2));
    const { get } = asking(history.reading);
    const first = await get(`${latest}?$top=3&code=secret`);
    const link = String(first.body['@odata.nextLink']);
    expect(link).toMatch(
      /^https:\/\/gateway\.example\/gateway\/snapshots\/20261101T010000Z\/machines\?\$top=3&\$skiptoken=[\w-]+$/,
    );
    expect(first.headers.link).toBe(`<${link}>; rel="next"`);
    const [, , third] = threeRuns;
    if (third) await history.add(third);
    const second = await get(link);
    expect(ids([...first.body.value, ...second.body.value])).toBe('128f');
    expect(second.headers['x-gateway-snapshot']).toBe('20261101T010000Z');
    expect(second.body['@odata.nextLink']).toBeUndefined();
  });

  it('puts the run in place of the instant into the link, and keeps the rest of the question', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const { body } = await get(`${latest}?asOf=2026-11-01T00:30:00Z&requires=any&$top=1&$format=json`);
    expect(ids(body.value)).toBe('1');
    const link = new URL(String(body['@odata.nextLink']));
    expect(link.pathname).toBe('/gateway/snapshots/20261101T000000Z/machines');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      requires: 'any',
      $top: '1',
      $format: 'json',
      $skiptoken: expect.any(String),
    });
    expect(ids((await get(link.href)).body.value)).toBe('8');
  });

  it('is CSV for spreadsheets where that is asked for', async () => {
    const { reading } = await stored(threeRuns);
    const { headers, text } = await asking(reading).get(`${latest}?requires=any&$top=1`, { accept: 'text/csv' });
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="machines.csv"',
      link: expect.stringMatching(
        /^<https:\/\/gateway\.example\/gateway\/snapshots\/20261101T020000Z\/machines\?.*>; rel="next"$/,
      ),
    });
    expect(text.split('\r\n')).toEqual([
      'id,build,revision,architecture,osVersion,propertiesRequireAttention,since,attentionSince,appeared,missedSince',
      `${idOf('1')},14393,2485,Amd64,10.0.14393.2485,"AntivirusNotReporting;EdrImpairedCommunications",2026-11-01T02:00:00Z,"AntivirusNotReporting=2026-11-01T00:00:00Z;EdrImpairedCommunications=2026-11-01T02:00:00Z",2026-11-01T00:00:00Z,`,
      '',
    ]);
  });

  it('is 304 where the caller has it, and compressed where it may be', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const { headers } = await get(latest);
    const again = await get(latest, { 'if-none-match': headers.etag ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
    expect((await get(latest, { 'accept-encoding': 'gzip' })).headers).toMatchObject({ 'content-encoding': 'gzip' });
  });

  it('asks Defender for nothing', async () => {
    const { reading } = await stored(threeRuns);
    const { get, calls } = asking(reading);
    await get(latest);
    expect(calls).toEqual([]);
  });
});

describe('what is wrong with it', () => {
  it.each([
    [
      '/gateway/snapshots/20261101T030000Z/machines',
      404,
      'there is no run 20261101T030000Z. The newest is 20261101T020000Z',
    ],
    [
      '/gateway/snapshots/newest/machines',
      400,
      "'newest' is no run; a run is named by the instant at which it began, such as 20261121T190000Z, and the last one is latest",
    ],
    [
      `${latest}?asOf=yesterday`,
      400,
      "asOf: 'yesterday' is no instant; write it as 2026-11-01T00:00:00Z or 2026-11-01",
    ],
    [
      `${latest}?asOf=2026-02-30`,
      400,
      "asOf: '2026-02-30' is no instant; write it as 2026-11-01T00:00:00Z or 2026-11-01",
    ],
    [
      `${latest}?asOf=2026-10-31T23:59:59Z`,
      404,
      'asOf: 2026-10-31T23:59:59Z is before the first run, which began at 2026-11-01T00:00:00Z',
    ],
    [
      '/gateway/snapshots/20261101T010000Z/machines?asOf=2026-11-01',
      400,
      "asOf: it can't be asked of run 20261101T010000Z, which is of one instant; ask it of latest",
    ],
    [
      `${latest}?requires=AntivirusNotReportin`,
      400,
      "requires: 'AntivirusNotReportin' is no property that requires attention of a machine. Did you mean: AntivirusNotReporting",
    ],
    [`${latest}?requires=AntivirusNotReporting,`, 400, 'requires: a name is missing beside a comma'],
    [`${latest}?requires=`, 400, 'requires: it is empty; give it a value, or leave it out'],
    [`${latest}?require=any`, 400, "'require' is not an option here. Did you mean: requires"],
    [
      `${latest}?$filter=id`,
      400,
      expect.stringMatching(
        /^'\$filter' is not an option here\. There are: requires, asOf, \$top, \$skiptoken, \$format$/,
      ),
    ],
    [`${latest}?$top=10001`, 400, "$top: '10001' will not do; write a whole number from 1 to 10000"],
    [
      `${latest}?$skiptoken=abc`,
      400,
      "$skiptoken: it is none of this list's. Follow '@odata.nextLink' as it is, or begin again without it",
    ],
  ])('%s is %d: %s', async (address, status, message) => {
    const { reading } = await stored(threeRuns);
    const answer = await asking(reading).get(address, { 'x-request-id': 'r-1' });
    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual({
      code: status === 404 ? 'ResourceNotFound' : 'InvalidInput',
      message,
      target: 'r-1',
    });
    expect(answer.headers).toMatchObject({ 'x-request-id': 'r-1', 'cache-control': 'no-store' });
  });

  it('names the properties there are, those that only this fleet has too', async () => {
    const history = await stored(threeRuns);
    const { body } = await asking(history.reading).get(`${latest}?requires=zzzzzzzzzzzzzzzz`);
    expect(body.error.message).toMatch(/There are: AntivirusDisabled, .*EdrImpairedCommunications/);
  });

  it('is a token of another run', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const { body } = await get(`${latest}?$top=1`);
    const other = String(body['@odata.nextLink']).replace('T02', 'T01');
    expect((await get(other)).body.error.message).toMatch(/^\$skiptoken: it is none of this list's/);
  });

  it('is a type that there is not', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const { status, body } = await get(latest, { accept: 'text/html' });
    expect(status).toBe(406);
    expect(body.error).toMatchObject({ code: 'NotAcceptable', message: expect.stringContaining('$format=csv') });
    expect((await get(`${latest}?$format=xml`)).status).toBe(406);
  });

  it('is a bucket that was written to whenever it was read', async () => {
    const { index, clock } = await stored(threeRuns);
    let version = 0;
    const states = statesInRows({
      range: async () => ({ rows: [], isOfOneMoment: false }),
      first: async (_, { lowest }) => ({ rowKey: lowest, properties: {}, version: `${version++}` }),
      keys: async () => [],
      commit: async () => '',
      remove: async () => undefined,
    });
    const { status, headers, body } = await asking(createReading({ index, states, buckets: 4, clock })).get(latest);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(body.error.message).toContain('does not give them (Bucket 0 was written to whenever it was read)');
  });

  it('is a storage that can’t be read, or not in time; a fault of ours stays one', async () => {
    const { reading } = await stored(threeRuns);
    const failing = (fault: unknown) => asking({ ...reading, machines: () => Promise.reject(fault) }).get(latest);
    const refused = await failing(
      Object.assign(new Error('secret.example refused'), { statusCode: 403, code: 'AuthorizationFailure' }),
    );
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('5');
    expect(refused.body.error.message).toBe(
      "Snapshots can't be read: Table storage does not give them (403 AuthorizationFailure). The log tells more under this request's id.",
    );
    for (const name of ['AbortError', 'TimeoutError']) {
      const cut = await failing(Object.assign(new Error('of secret.example'), { name }));
      expect([cut.status, cut.headers['retry-after'], cut.body.error.message]).toEqual([
        503,
        '5',
        "Snapshots can't be read: Table storage does not give them (no answer in time). The log tells more under this request's id.",
      ]);
    }
    const aborted = await failing(new DOMException('This operation was aborted', 'AbortError'));
    expect([aborted.status, aborted.body.error.message]).toEqual([503, expect.stringContaining('(no answer in time)')]);
    const slow = asking({ ...reading, machines: () => new Promise(() => undefined) });
    const late = await slow.get(latest, { prefer: 'wait=0' });
    expect([late.status, late.body.error.code]).toEqual([504, 'GatewayTimeout']);
    await expect(failing(new TypeError('a fault of ours'))).rejects.toThrow('a fault of ours');
  });
});
