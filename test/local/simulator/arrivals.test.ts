import * as fc from 'fast-check';
import { arrivalLog } from '../../../src/local/simulator/arrivals/arrivals.ts';
import { fullestWindow } from '../../../src/local/simulator/arrivals/fullestWindow.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { law } from '../../support/law.ts';
import { type Asking, asking, token } from './support/asking.ts';
import { rawGet } from './support/rawGet.ts';

interface Seen {
  total: number;
  arrivals: {
    number: number;
    at: number;
    route: string;
    path: string;
    query: string;
    status?: number;
    headers: object;
  }[];
}

describe('the log of arrivals', () => {
  const clock = fakeClock();
  let defender: Asking;
  beforeEach(async () => {
    defender = await asking({ clock });
  });
  afterEach(() => defender.stop());
  const seen = (query = '') => defender.control<Seen>('GET', `arrivals${query}`);

  it('tells each call in order: when, by which route, as sent, with what answer', async () => {
    await defender.get("/api/machines?$filter=riskScore+eq+'High'&$top=1");
    clock.stall(1500);
    await defender.get('/api/nothing');
    const { arrivals } = await seen();
    expect(arrivals).toEqual([
      expect.objectContaining({
        number: 1,
        at: 0,
        route: 'listMachines',
        method: 'GET',
        path: '/api/machines',
        query: expect.stringContaining('riskScore+eq+'),
        status: 200,
      }),
      expect.objectContaining({ number: 2, at: 1500, route: 'unknown', path: '/api/nothing', query: '', status: 404 }),
    ]);
  });

  it('keeps headers worth seeing, and never the token', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await rawGet(`${defender.url}/api/machines`, { traceparent, 'user-agent': 'test/1', cookie: 'secret' });
    const answer = await seen();
    expect(answer.arrivals[0]?.headers).toEqual({ traceparent, 'user-agent': 'test/1' });
    expect(JSON.stringify(answer)).not.toContain(token().slice(0, 40));
  });

  it('can be asked from a number on, and by route', async () => {
    for (const path of ['/api/machines', '/api/alerts', '/api/machines?$top=1']) await defender.get(path);
    expect((await seen('?since=1')).arrivals.map(({ number }) => number)).toEqual([2, 3]);
    expect((await seen('?route=listMachines')).arrivals.map(({ number }) => number)).toEqual([1, 3]);
    expect(await seen('?since=x')).toEqual({ message: "since: 'x' is not a whole number" });
  });

  it('is empty after it was cleared, and counts on', async () => {
    await defender.get('/api/machines');
    await defender.control('DELETE', 'arrivals');
    await defender.get('/api/machines');
    expect(await seen()).toMatchObject({ total: 2, arrivals: [{ number: 2 }] });
  });

  it('tells the fullest window of each route and of all, and whether it keeps to a limit', async () => {
    for (const wait of [0, 30_000, 29_999, 1]) {
      clock.stall(wait);
      await defender.get('/api/machines?$top=1');
      await defender.get('/api/alerts?$top=1');
    }
    const windows = await defender.control('GET', 'windows?seconds=60&calls=5');
    expect(windows).toMatchObject({
      seconds: 60,
      routes: { listMachines: { arrivals: 4, calls: 3, within: true, from: 0, to: 59_999 }, listAlerts: { calls: 3 } },
      all: { arrivals: 8, calls: 6, within: false, refused: 0 },
    });
  });

  it('forgets the oldest first, and finds those it keeps by their number', () => {
    const log = arrivalLog(100);
    const arrival = { at: 0, wall: 0, route: 'r', method: 'GET', path: '/', query: '', headers: {} };
    for (let call = 0; call < 1000; call++) log.answered(log.add(arrival), 200);
    const kept = log.since(0);
    expect([kept.length, kept[0]?.number, kept.at(-1)]).toEqual([100, 901, { ...arrival, number: 1000, status: 200 }]);
  });
});

describe('the fullest window', () => {
  it('is the one that counting from every arrival finds', () => {
    const instants = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 40 });
    law(
      fc.property(instants, fc.integer({ min: 1, max: 60 }), (arrivals, length) => {
        const counts = arrivals.map((from) => arrivals.filter((at) => at >= from && at - from < length).length);
        expect(fullestWindow(arrivals, length).calls).toBe(Math.max(0, ...counts));
      }),
    );
  });

  it('does not hold two arrivals that are one length apart', () => {
    expect(fullestWindow([0, 60_000], 60_000).calls).toBe(1);
    expect(fullestWindow([0, 59_999.9], 60_000)).toEqual({ calls: 2, from: 0, to: 59_999.9 });
    expect(fullestWindow([], 1)).toEqual({ calls: 0, from: undefined, to: undefined });
  });
});

describe('the simulator’s own pages', () => {
  let defender: Asking;
  beforeAll(async () => {
    defender = await asking({ machines: 100 });
  });
  afterAll(() => defender.stop());

  it('say what the fleet holds and what to ask for', async () => {
    const fleet = await defender.control<{ examples: Record<string, string> }>('GET', 'fleet');
    expect(fleet).toMatchObject({ machines: 100, alerts: 24, seed: 1, asOf: '2026-02-01T00:00:00.000Z' });
    const { status, body } = await defender.get(`/api/machines/${fleet.examples.nameOfSeveralMachines}`);
    expect([status, body.isPotentialDuplication]).toEqual([200, true]);
  });

  it('change a machine, as time does', async () => {
    const path = '/api/machines/mymachine1.contoso.com';
    await defender.get(path);
    await defender.control('PATCH', 'machines/mymachine1.contoso.com', { riskScore: 'High', healthStatus: 'Inactive' });
    expect((await defender.get(path)).body).toMatchObject({ riskScore: 'High', healthStatus: 'Inactive' });
    expect(
      (
        await defender.get(
          "/api/machines?$filter=id eq '1e5bc9d7e413ddd7902c2932e418702b84d0cc07' and riskScore eq 'High'",
        )
      ).body.value,
    ).toHaveLength(1);
    expect(await defender.control('PATCH', 'machines/nobody', {})).toEqual({ message: 'there is no machine nobody' });
    expect(await defender.control('PATCH', 'machines/mymachine1.contoso.com', { riskScore: 1 })).toEqual({
      message: expect.stringContaining('riskScore'),
    });
  });

  it('list themselves where none is meant', async () => {
    expect(await defender.control('GET', 'nothing')).toEqual({
      message: expect.stringContaining('GET /_simulator/arrivals'),
    });
  });
});
