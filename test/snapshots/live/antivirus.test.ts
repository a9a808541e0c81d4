import { callNamed } from '../../../src/defender/calls.ts';
import type { Told } from '../../../src/machines/told.ts';
import { createAntivirus } from '../../../src/snapshots/live/antivirus.ts';
import type { Asking } from '../../../src/snapshots/live/asking.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';
import { askingOf, type Fleet, fleetOf, json, overlap, pageSize, type Row, report } from './support/fleet.ts';

const reports = (count: number): readonly Row[] => Array.from({ length: count }, (_, i) => report(`m${i}`));
const idsOf = (rows: readonly Row[]) => rows.map(({ machineId }) => machineId).sort();

const antivirusOn = (clock: FakeClock, lifetime = 300) =>
  createAntivirus({ call: callNamed('deviceAntivirus'), pageSize, mostPages: 3, overlap, clock }, lifetime);

const readWith = async (
  fleet: Fleet,
  clock = fakeClock(),
  antivirus = antivirusOn(clock),
  more: Partial<Asking<Told>> = {},
) => {
  const read = await antivirus.read(askingOf(fleet, clock, more));
  if (read.kind !== 'antivirus') throw new Error(`no list: ${read.kind}`);
  return { ...read, ids: [...read.list.byMachine.keys()].sort() };
};

describe('the list of antivirus', () => {
  it.each([0, 1, 5, 6, 7, 10, 11, 13])('is read to its end: %d rows', async (count) => {
    const fleet = fleetOf([], reports(count));
    const { ids, list } = await readWith(fleet);
    expect(ids).toEqual(idsOf(fleet.antivirus));
    expect(list.isLost).toBe(false);
  });

  it('is asked for by offsets, two rows of the last page again', async () => {
    const fleet = fleetOf([], reports(12));
    await readWith(fleet);
    expect(fleet.asked).toEqual([
      '/api/deviceavinfo?$top=6',
      '/api/deviceavinfo?$top=6&$skip=4',
      '/api/deviceavinfo?$top=6&$skip=8',
    ]);
  });

  it('misses none where rows go while it is read', async () => {
    const fleet = fleetOf([], reports(12));
    fleet.onAsked = () => {
      if (fleet.asked.length === 1) fleet.antivirus = fleet.antivirus.slice(1);
    };
    expect((await readWith(fleet)).ids).toEqual(idsOf(reports(12)));
  });

  it('follows tokens of Defender’s, never to another host', async () => {
    const fleet = fleetOf([], reports(13));
    fleet.hasTokens = true;
    expect((await readWith(fleet)).ids).toEqual(idsOf(fleet.antivirus));
    expect(fleet.asked[1]).toBe('/api/deviceavinfo?$skiptoken=6');
  });

  it('is read on where Defender gives fewer at a time than it is asked for, and a round number', async () => {
    const [clock, fleet] = [fakeClock(), fleetOf([], reports(1500))];
    fleet.mostRows = 1000;
    const antivirus = createAntivirus(
      { call: callNamed('deviceAntivirus'), pageSize: 10_000, mostPages: 3, overlap, clock },
      300,
    );
    expect((await readWith(fleet, clock, antivirus)).ids).toHaveLength(1500);
    fleet.antivirus = reports(1000);
    expect((await readWith(fleet, clock, antivirus, { accepts: () => false })).ids).toHaveLength(1000);
  });

  it('holds the newest of a machine’s rows', async () => {
    const old = report('a', { id: '1', osVersion: '10.0.1.1', dataRefreshTimestamp: '2026-11-01T00:00:00Z' });
    const unset = report('a', { id: '2', osVersion: '10.0.2.2', dataRefreshTimestamp: '0001-01-01T00:00:00Z' });
    const { list } = await readWith(fleetOf([], [old, report('a'), unset]));
    expect(list.byMachine.get('a')?.osVersion).toBe('10.0.19044.1865');
  });

  it('is told to have lost its place where the list is another one meanwhile', async () => {
    const fleet = fleetOf([], reports(8));
    fleet.onAsked = () => {
      if (fleet.asked.length === 1) fleet.antivirus = reports(30).slice(20);
    };
    expect((await readWith(fleet)).list.isLost).toBe(true);
  });

  it('ends where Defender gives the same page again', async () => {
    const fleet = fleetOf([], reports(6));
    fleet.instead.set('deviceAntivirus', json({ value: reports(6) }));
    expect((await readWith(fleet)).ids).toEqual(idsOf(reports(6)));
  });

  it('ends where Defender has nothing behind its rows, and not where it has nothing at all', async () => {
    const clock = fakeClock();
    const fleet = fleetOf([], reports(6));
    fleet.onAsked = ({ query }) => void (query.includes('skip') && fleet.instead.set('deviceAntivirus', json({}, 404)));
    expect((await readWith(fleet, clock)).ids).toEqual(idsOf(reports(6)));
    expect((await antivirusOn(clock).read(askingOf(fleet, clock))).kind).toBe('unheard');
  });

  it('is asked for within one wait', async () => {
    const clock = fakeClock();
    const fleet = fleetOf([], reports(12));
    fleet.onAsked = () => clock.stall(20_000);
    await readWith(fleet, clock);
    expect(fleet.waits).toEqual([30_000, 10_000, 0]);
  });

  it('is too long where three pages do not hold it, which is known for an hour', async () => {
    const clock = fakeClock();
    const antivirus = antivirusOn(clock);
    const fleet = fleetOf([], reports(14));
    expect((await antivirus.read(askingOf(fleet, clock))).kind).toBe('tooLong');
    expect(fleet.asked).toHaveLength(3);
    await clock.advance(3_599_999);
    expect(antivirus.isTooLong()).toBe(true);
    await clock.advance(1);
    expect(antivirus.isTooLong()).toBe(false);
  });

  it('is not there where a page did not come, and is unreadable where one is none', async () => {
    const clock = fakeClock();
    const fleet = fleetOf([], reports(3));
    const said = { kind: 'throttled', retryAfterSeconds: 40, message: 'Wait 40 s.' } as const;
    fleet.instead.set('deviceAntivirus', said);
    expect(await antivirusOn(clock).read(askingOf(fleet, clock))).toMatchObject({
      kind: 'unheard',
      told: { answer: said },
    });
    fleet.instead.set('deviceAntivirus', json({ value: 'none' }));
    expect(await antivirusOn(clock).read(askingOf(fleet, clock))).toMatchObject({
      kind: 'unheard',
      told: { answer: { kind: 'unreachable', reason: expect.stringContaining('/api/deviceavinfo') } },
    });
  });
});

describe('a list of antivirus that is kept', () => {
  const twice = async (more: Partial<Asking<Told>>, lifetime = 300, afterMs = 300_000) => {
    const clock = fakeClock();
    const antivirus = antivirusOn(clock, lifetime);
    const fleet = fleetOf([], reports(3));
    await readWith(fleet, clock, antivirus, more);
    await clock.advance(afterMs);
    return { calls: fleet.asked.length, ...(await readWith(fleet, clock, antivirus, more)), asked: fleet.asked };
  };

  it('is used while it is fresh, and tells how old it is', async () => {
    const { asked, kept } = await twice({});
    expect(asked).toHaveLength(1);
    expect(kept).toEqual({ age: 300, freshFor: 0 });
  });

  it('counts its age from the call, not from when it was heard', async () => {
    const { asked } = await twice({ ageOf: () => 1 });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['it is too old', {}, 300, 300_001],
    ['the asker wants a newer one', { accepts: () => false }, 300, 1],
    ['nothing was to be kept', { keeps: false }, 300, 1],
    ['nothing is fresh for any time', {}, 0, 0],
  ])('is asked for again where %s', async (_, more, lifetime, afterMs) => {
    const { asked, kept } = await twice(more, lifetime, afterMs);
    expect(asked).toHaveLength(2);
    expect(kept).toBeUndefined();
  });
});
