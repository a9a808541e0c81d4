import { createEnding } from '../../src/enrichment/ending.ts';
import { enrichable, found, key, recordOf } from './enriching/support/enrichable.ts';
import { machineIdAt } from './support/references.ts';

const enrichedBy = (machine: { readonly id: string }) => ({
  kind: 'ended' as const,
  state: 'enriched' as const,
  machines: [
    { machine, ageSeconds: 0, asOf: '2026-11-21T10:00:00.000Z', from: 'defender' as const, by: 'alertId' as const },
  ],
  unknownMachineIds: [],
  calls: 2,
});
const failed = { ...enrichedBy({ id: '' }), state: 'failed' as const, machines: [], reason: 'given up', calls: 0 };
const machine = { id: machineIdAt(171).toUpperCase(), computerDnsName: 'SRV01' };

const ending = async (record = {}) => {
  const alert = await enrichable({ record });
  const stands = await alert.store.read(key);
  if (!stands) throw new Error('it was made above');
  return { ...alert, stands };
};

describe('the end of an alert', () => {
  it('keeps the id of the machine that Defender gave in small letters, and the machine as it came', async () => {
    const { end, stands, record, event } = await ending();
    await end(stands, enrichedBy(machine));
    expect(record()).toMatchObject({ machineIds: [machineIdAt(171)], calls: 6 });
    expect((await event())?.data).toMatchObject({ calls: 6, machines: [{ machine }], sequence: 1 });
  });

  it('leaves the machines that its event names', async () => {
    const machineIds = [machineIdAt(1), machineIdAt(2)];
    const { end, stands, record } = await ending({ machineIds });
    await end(stands, enrichedBy({ id: machineIdAt(2) }));
    expect(record()?.machineIds).toEqual(machineIds);
  });

  it('writes a delivery for each channel with it, and only then sends messages for them', async () => {
    const { end, stands, store, delivered, clock } = await ending({ sequence: 7 });
    await end(stands, enrichedBy(machine));
    const row = { key, sequence: 7, ticket: 1, due: clock.wall(), tries: 0, triedSince: 0, isGivenUp: false };
    expect(store.outbox()).toEqual([
      { ...row, channel: 'queue' },
      { ...row, channel: 'webhook' },
    ]);
    expect(delivered).toEqual(store.outbox());
  });

  it('is not delivered where somebody else wrote first', async () => {
    const { end, stands, store, delivered } = await ending();
    await store.save(recordOf({ machineIds: [machineIdAt(5)] }), stands.version);
    await expect(end(stands, enrichedBy(machine))).rejects.toThrow('written by somebody else');
    expect([delivered, store.outbox(), await store.result(key, 1)]).toEqual([[], [], undefined]);
  });

  it('needs what it came as, unless it is told to do without: then it says why', async () => {
    const { stands, store, clock, event } = await ending();
    const end = createEnding({
      store: { ...store, original: async () => Promise.reject(new Error('the blob is gone')) },
      delivering: { sendAll: async () => undefined },
      channels: [],
      source: '/gateway',
      linkOf: (id) => id,
      clock,
    });
    await expect(end(stands, failed)).rejects.toThrow('the blob is gone');
    await end(stands, failed, 'ifThere');
    const reason = "given up; what it came as can't be read: the blob is gone";
    expect(store.records()).toMatchObject([{ state: 'failed', reason }]);
    expect((await event())?.data).toMatchObject({ alert: null, reason });
  });

  it('gives no reason where there is none', async () => {
    const { end, stands, record, event } = await ending({ reason: 'it waits for the quota' });
    await end(stands, enrichedBy({ id: found.kind }), 'ifThere');
    expect(record()).not.toHaveProperty('reason');
    expect((await event())?.data).not.toHaveProperty('reason');
  });
});
