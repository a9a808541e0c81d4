import type { Answer } from '../../../src/defender/answer.ts';
import type { Found } from '../../../src/machines/finder.ts';
import { createResolve } from '../../../src/machines/resolver/resolve.ts';
import { createSources } from '../../../src/machines/resolver/source.ts';
import type { Source } from '../../../src/machines/told.ts';
import { usualFreshness, type Wish } from '../../../src/machines/wish.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { asking, idOf, machine } from './support/machines.ts';
import { fromDefender, type MemoryFleet, memoryFinder } from './support/memoryFinder.ts';

const wish: Wish = { waitMs: 30_000, priority: 'interactive', freshness: usualFreshness };
const kept = (age: number, freshFor: number): Source => ({ kind: 'cache', age, freshFor });
const throttled: Answer = { kind: 'throttled', retryAfterSeconds: 40, message: 'Wait 40 s.' };
const failed: Found = { kind: 'failed', answer: throttled, source: fromDefender };

const resolving = async (
  kind: Parameters<typeof asking>[0],
  value: string,
  fleet: MemoryFleet,
  clock = fakeClock(),
) => {
  const finder = memoryFinder(fleet);
  const resolved = await createResolve(finder, clock)(asking(kind, value), wish);
  return { resolved, finder };
};
const into = (digits: string) => ({ mergedIntoMachineId: idOf(digits) });
const renamed = { computerDnsName: 'srv99.contoso.com' };

describe('the resolver', () => {
  const device = { aadDeviceId: '80fe8ff8-2624-418e-9591-41f0491218f9' };
  const fleet = {
    machines: [machine('a', device), machine('b', { ...renamed, lastIpAddress: '10.0.0.6' })],
    alerts: { da1_1: idOf('a') },
  };

  it.each([
    ['hostName', 'SRV02.contoso.com', 'srv02.contoso.com', 'label srv02'],
    ['hostName', 'CONTOSO\\SRV02$', 'srv02', 'label srv02'],
    ['ipAddress', '::ffff:10.0.0.5', '10.0.0.5', 'lastIpAddress 10.0.0.5'],
    ['aadDeviceId', `{${device.aadDeviceId.toUpperCase()}}`, device.aadDeviceId, `aadDeviceId ${device.aadDeviceId}`],
    ['machineId', idOf('a').toUpperCase(), idOf('a'), `id ${idOf('a')}`],
    ['alertId', 'da1_1', 'da1_1', 'alert da1_1'],
  ] as const)(
    'finds a machine by %s %s with one find, and says what it understood',
    async (kind, written, text, asked) => {
      const { resolved, finder } = await resolving(kind, written, fleet);
      expect(resolved).toMatchObject({
        kind: 'resolved',
        resolution: { match: 'exact', askedFor: { [kind]: text }, source: 'defender', ageSeconds: 1 },
        source: fromDefender,
      });
      expect(resolved.kind === 'resolved' && resolved.resolution.machine).toBe(fleet.machines[0]);
      expect(finder.asked).toEqual([asked]);
      expect(finder.wishes).toEqual([wish]);
    },
  );

  it.each(['hostName', 'alertId'] as const)('of an unknown %s is none, and no error', async (kind) => {
    const { resolved } = await resolving(kind, 'unknown', fleet);
    expect(resolved).toMatchObject({ kind: 'resolved', resolution: { match: 'none', machine: null, candidates: [] } });
  });
});

describe('a record that was merged into one of another name', () => {
  it('is followed by id, to its end', async () => {
    const machines = [machine('d', into('c')), machine('c', { ...into('b'), ...renamed }), machine('b', renamed)];
    const { resolved, finder } = await resolving('hostName', 'srv02', { machines });
    expect(resolved).toMatchObject({ resolution: { match: 'exact', machine: { id: idOf('b') } } });
    expect(finder.asked).toEqual(['label srv02', `id ${idOf('c')}`, `id ${idOf('b')}`]);
  });

  it('is followed from an alert’s machine', async () => {
    const fleet = { machines: [machine('c', into('b')), machine('b')], alerts: { da1_1: idOf('c') } };
    const { resolved } = await resolving('alertId', 'da1_1', fleet);
    expect(resolved).toMatchObject({
      resolution: { match: 'exact', machine: { id: idOf('b') }, candidates: [{ behind: 'mergedIntoAnother' }] },
    });
  });

  it('is looked for once where Defender does not give it', async () => {
    const { resolved, finder } = await resolving('hostName', 'srv02', { machines: [machine('c', into('b'))] });
    expect(resolved).toMatchObject({ resolution: { match: 'ambiguous', machine: null } });
    expect(finder.asked).toEqual(['label srv02', `id ${idOf('b')}`]);
  });

  it('is followed three times and no further', async () => {
    const ids = ['1', '2', '3', '4', '5', '6'];
    const machines = ids.map((id, i) => machine(id, { ...into(ids[i + 1] ?? id), ...(i === 0 ? {} : renamed) }));
    const { resolved, finder } = await resolving('hostName', 'srv02', { machines });
    expect(finder.asked).toHaveLength(4);
    expect(resolved).toMatchObject({ resolution: { match: 'ambiguous', candidates: [{}, {}, {}, {}] } });
  });

  it('is looked for with 29 others at a time, which is one merged call', async () => {
    const names = Array.from({ length: 100 }, (_, i) => (0x1000 + i).toString(16));
    const machines = names.map((id) => machine(id, into(`f${id}`)));
    const { finder } = await resolving('hostName', 'srv02', { machines });
    expect(finder.asked).toHaveLength(1 + 3 * 30);
    expect(new Set(finder.asked).size).toBe(finder.asked.length);
  });

  it('is asked for in the time that is left', async () => {
    const clock = fakeClock();
    const machines = [machine('c', into('b')), machine('b', renamed)];
    const meanwhile = () => clock.advance(12_000);
    const { finder } = await resolving('hostName', 'srv02', { machines, meanwhile }, clock);
    expect(finder.wishes.map(({ waitMs }) => waitMs)).toEqual([30_000, 18_000]);
  });
});

describe('a find that failed', () => {
  const machines = [machine('c', into('b')), machine('b', renamed)];

  it.each(['label srv02', `id ${idOf('b')}`])('is what the caller gets, and no half answer: %s', async (what) => {
    const { resolved } = await resolving('hostName', 'srv02', {
      machines,
      fail: (asked) => (asked === what ? failed : undefined),
    });
    expect(resolved).toEqual(failed);
  });
});

describe('the age of an answer', () => {
  it('is that of the older find', async () => {
    const { resolved } = await resolving('hostName', 'srv02', {
      machines: [machine('c', into('b')), machine('b', renamed)],
      source: (asked) => (asked === 'label srv02' ? kept(20.3, 40) : fromDefender),
    });
    expect(resolved).toMatchObject({ source: kept(20.3, 40), resolution: { source: 'cache', ageSeconds: 21 } });
  });

  it('grows while merges are followed', async () => {
    const clock = fakeClock();
    const { resolved } = await resolving(
      'hostName',
      'srv02',
      {
        machines: [machine('c', into('b')), machine('b', renamed)],
        source: (asked) => (asked === 'label srv02' ? kept(10, 5) : fromDefender),
        meanwhile: () => clock.advance(20_000),
      },
      clock,
    );
    expect(resolved).toMatchObject({ source: kept(30, -15), resolution: { source: 'cache', ageSeconds: 30 } });
  });

  it('has the freshness of what is fresh the shortest', () => {
    expect(ofBoth(kept(20, 40), kept(5, 10))).toEqual(kept(20, 10));
    expect(ofBoth(kept(5, 10), kept(20, -3))).toEqual(kept(20, -3));
    expect(ofBoth(fromDefender, kept(20, 100))).toEqual(kept(20, 60));
  });

  it('has no freshness where a part of it was not kept', () => {
    const unkept: Source = { kind: 'defender', because: 'request', age: 3, isShared: false };
    expect(ofBoth(unkept, { ...unkept, age: 1 })).toEqual(unkept);
    expect(ofBoth({ ...unkept, age: 1, freshFor: 60 }, unkept)).toEqual(unkept);
    expect(ofBoth({ ...unkept, freshFor: 60 }, { ...unkept, age: 1 })).toEqual(unkept);
    expect(ofBoth(kept(20, 40), unkept)).toEqual(kept(20, 0));
    expect(ofBoth(kept(20, -4), unkept)).toEqual(kept(20, -4));
  });
});

const ofBoth = (a: Source, b: Source): Source => {
  const sources = createSources(fakeClock());
  sources.add(a);
  sources.add(b);
  return sources.together();
};
