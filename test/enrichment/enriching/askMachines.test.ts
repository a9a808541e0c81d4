import { askMachines, type Look } from '../../../src/enrichment/enriching/askMachines.ts';
import { createSpellings } from '../../../src/enrichment/enriching/spellings.ts';
import type { MachineAnswer } from '../../../src/enrichment/machineSource.ts';
import type { AlertRecord } from '../../../src/enrichment/record.ts';
import { memoryAlertStore } from '../../../src/enrichment/store/memoryAlertStore.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { alertIdAt, machineIdAt } from '../support/references.ts';

const clock = fakeClock();
const foundAt = (index: number): MachineAnswer => ({
  kind: 'found',
  machine: { id: machineIdAt(index), computerDnsName: 'srv' },
  ageSeconds: 12.4,
  from: 'cache',
  calls: 0,
});
const absent: MachineAnswer = { kind: 'absent', calls: 1 };

/** Defender that knows only these ids. */
const sourceOf = (known: Readonly<Record<string, MachineAnswer>>) => {
  const asked: string[] = [];
  const ask = async (id: string) => {
    asked.push(id);
    return known[id] ?? absent;
  };
  return { asked, source: { byId: ask, ofAlert: ask } };
};

const last: Look = { isFirst: false, isLast: true };
const first: Look = { isFirst: true, isLast: false };
const between: Look = { isFirst: false, isLast: false };

const recordOf = (machineIds: readonly string[], alertId = alertIdAt(1)) => ({ alertId, machineIds }) as AlertRecord;
const spellingsOf = (store = memoryAlertStore()) => createSpellings(store);

describe('asking for the machines of an alert', () => {
  it('asks for those that are named, at once, and not for the alert', async () => {
    const { asked, source } = sourceOf({ [machineIdAt(1)]: foundAt(1) });
    const ids = [machineIdAt(1), machineIdAt(2)];
    const told = await askMachines(recordOf(ids), last, { source, spellings: spellingsOf(), clock });
    expect(asked).toEqual(ids);
    expect(told).toMatchObject({ absent: [machineIdAt(2)], open: undefined, calls: 1 });
    expect(told.machines).toEqual([
      {
        machine: { id: machineIdAt(1), computerDnsName: 'srv' },
        ageSeconds: 12,
        asOf: new Date(clock.wall() - 12_400).toISOString(),
        from: 'cache',
        by: 'machineId',
      },
    ]);
  });

  it('asks for the alert as it came, then without its prefix, and then always so', async () => {
    const store = memoryAlertStore();
    const bare = alertIdAt(1).slice(2);
    const { asked, source } = sourceOf({ [bare]: foundAt(1), [alertIdAt(2).slice(2)]: foundAt(2) });
    const told = await askMachines(recordOf([]), last, { source, spellings: spellingsOf(store), clock });
    expect(told.machines).toMatchObject([{ by: 'alertId' }]);
    await askMachines(recordOf([], alertIdAt(2)), last, { source, spellings: spellingsOf(store), clock });
    expect(asked).toEqual([alertIdAt(1), bare, alertIdAt(2).slice(2)]);
  });

  it('asks with a prefix for what came without, where Defender does not know it otherwise', async () => {
    const { asked, source } = sourceOf({ [alertIdAt(1)]: foundAt(1) });
    const bare = alertIdAt(1).slice(2);
    await askMachines(recordOf([], bare), last, { source, spellings: spellingsOf(), clock });
    expect(asked).toEqual([bare, alertIdAt(1)]);
  });

  it('takes it for unknown where Defender refuses one spelling and does not know the other', async () => {
    const { source } = sourceOf({ [alertIdAt(1)]: { kind: 'refused', reason: '400', calls: 1 } });
    const told = await askMachines(recordOf([]), last, { source, spellings: spellingsOf(), clock });
    expect(told).toMatchObject({ absent: [alertIdAt(1)], open: undefined, calls: 2 });
  });

  it('asks no second time when the quota is spent', async () => {
    const throttled: MachineAnswer = { kind: 'throttled', retryAfterSeconds: 9, reason: 'spent', calls: 0 };
    const { asked, source } = sourceOf({ [alertIdAt(1)]: throttled });
    const told = await askMachines(recordOf([]), last, { source, spellings: spellingsOf(), clock });
    expect(told.open).toEqual(throttled);
    expect(asked).toHaveLength(1);
  });

  it('waits for the longest of several waits, and tells of a fault before any of them', async () => {
    const wait = (seconds: number): MachineAnswer => ({
      kind: 'throttled',
      retryAfterSeconds: seconds,
      reason: '',
      calls: 0,
    });
    const ids = [1, 2, 3].map(machineIdAt);
    const [first = '', second = '', third = ''] = ids;
    const waiting = sourceOf({ [first]: wait(3), [second]: wait(40), [third]: wait(7) });
    const parts = { spellings: spellingsOf(), clock };
    expect((await askMachines(recordOf(ids), last, { ...parts, ...waiting })).open).toEqual(wait(40));
    const fault: MachineAnswer = { kind: 'unavailable', reason: '503', calls: 1 };
    const failing = sourceOf({ [first]: wait(3), [second]: fault });
    expect((await askMachines(recordOf(ids), last, { ...parts, ...failing })).open).toEqual(fault);
  });

  it('learns nothing from what is found as it came: the other spelling may be taken, too', async () => {
    const store = memoryAlertStore();
    const { source } = sourceOf({ [alertIdAt(1)]: foundAt(1) });
    await askMachines(recordOf([]), first, { source, spellings: spellingsOf(store), clock });
    expect(await store.note('spelling')).toBeUndefined();
  });

  it('asks in both spellings at the first look and at the last, in between as it came', async () => {
    const bare = alertIdAt(1).slice(2);
    for (const [look, ids] of [
      [first, [alertIdAt(1), bare]],
      [between, [alertIdAt(1)]],
      [last, [alertIdAt(1), bare]],
    ] as const) {
      const { asked, source } = sourceOf({});
      const told = await askMachines(recordOf([]), look, { source, spellings: spellingsOf(), clock });
      expect(asked).toEqual(ids);
      expect(told).toEqual({
        machines: [],
        absent: [alertIdAt(1)],
        open: undefined,
        calls: ids.length,
        isWhole: ids.length === 2,
      });
    }
  });

  it('asks in the one that was found to be taken in between', async () => {
    const bare = alertIdAt(1).slice(2);
    const store = memoryAlertStore();
    await store.keepNote('spelling', 'bare');
    for (const [look, ids] of [
      [first, [bare, alertIdAt(1)]],
      [between, [bare]],
      [last, [bare, alertIdAt(1)]],
    ] as const) {
      const { asked, source } = sourceOf({});
      await askMachines(recordOf([]), look, { source, spellings: spellingsOf(store), clock });
      expect(asked).toEqual(ids);
    }
  });

  it('asks in the other spelling at any look, where Defender refuses the one', async () => {
    const { asked, source } = sourceOf({ [alertIdAt(1)]: { kind: 'refused', reason: '400', calls: 1 } });
    const told = await askMachines(recordOf([]), between, { source, spellings: spellingsOf(), clock });
    expect(asked).toEqual([alertIdAt(1), alertIdAt(1).slice(2)]);
    expect(told).toMatchObject({ open: undefined, isWhole: true });
  });

  it("sums what all of it cost, and is still answered where what was learned can't be kept", async () => {
    const bare = alertIdAt(1).slice(2);
    const { source } = sourceOf({ [bare]: { ...foundAt(1), calls: 3 } as MachineAnswer });
    const store = memoryAlertStore({
      beforeWrite: () => {
        throw new Error('storage failed');
      },
    });
    const told = await askMachines(recordOf([]), last, { source, spellings: spellingsOf(store), clock });
    expect(told).toMatchObject({ calls: 4, absent: [], open: undefined });
    const named = sourceOf({ [machineIdAt(1)]: { ...foundAt(1), calls: 2 } as MachineAnswer });
    const both = await askMachines(recordOf([machineIdAt(1), machineIdAt(2)]), first, {
      source: named.source,
      spellings: spellingsOf(),
      clock,
    });
    expect(both.calls).toBe(3);
  });
});
