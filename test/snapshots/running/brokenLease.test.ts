import type { StateStore } from '../../../src/snapshots/stateStore.ts';
import { finished, hour, nextRun } from '../support/finished.ts';
import { leaseMs, machine, running } from '../support/running.ts';

const ten = ['03', '1a', '2f', '40', '55', '7e', '80', '9c', 'b1', 'ff'].map((id) => machine(id));

describe('a process whose lease is over, though nobody else has taken it', () => {
  it('does not write how far its run is', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push(undefined, { kind: 'wait', seconds: 1, reason: 'Wait 1 s.' });
    const standing = stage.process().tick();
    await stage.clock.advance(100);
    const before = await stage.index.list({ top: 1 });
    expect(before).toMatchObject([{ phase: 'collecting', lists: { machines: { received: 4 } } }]);
    stage.clock.stall(leaseMs);
    expect(await finished(stage.clock, standing)).toEqual({ kind: 'busy' });
    expect(await stage.index.list({ top: 1 })).toEqual(before);
  });

  it('writes no batch', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, stage.process());
    stage.sources.fleet = ten.map((state) => ({ ...state, build: 26_100 }));
    const read: StateStore['read'] = async (...asked) => {
      const buckets = await stage.states.read(...asked);
      stage.clock.stall(leaseMs);
      return buckets;
    };
    const before = [...stage.batches];
    await stage.clock.advance(hour);
    const standing = stage.process({ states: { ...stage.states, read } }).tick();
    expect(await finished(stage.clock, standing)).toEqual({ kind: 'busy' });
    expect([...stage.batches]).toEqual(before);
  });
});

describe('a merge of which one stretch fails', () => {
  it('has ended only when the others have: nothing is written afterwards', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const refused = new Error('the entity is too large');
    const write: StateStore['write'] = async (bucket, batch) => {
      if (bucket === 0) throw refused;
      await stage.clock.sleep(2_000);
      return stage.states.write(bucket, batch);
    };
    await stage.clock.advance(hour);
    const failing = stage.process({ states: { ...stage.states, write } }).tick();
    await expect(finished(stage.clock, failing)).rejects.toThrow(refused);
    const before = [...stage.batches];
    await stage.clock.advance(60_000);
    expect(before.length).toBeGreaterThan(0);
    expect([...stage.batches]).toEqual(before);
  });
});
