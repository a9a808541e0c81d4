import { finished, hour, nextRun } from '../support/finished.ts';
import { leaseMs, machine, running } from '../support/running.ts';

const idsIn = async ({ states, buckets }: Pick<ReturnType<typeof running>, 'states' | 'buckets'>) =>
  (await states.read(0, buckets)).flatMap(({ chunks }) =>
    chunks.flatMap(({ machines }) => machines.map(({ state }) => state.id.slice(0, 2))),
  );

const ten = ['03', '1a', '2f', '40', '55', '7e', '80', '9c', 'b1', 'ff'].map((id) => machine(id));

describe('a run', () => {
  it('stores every machine, and its numbers agree', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const run = await nextRun(stage.clock, stage.process());
    expect(run).toMatchObject({
      outcome: 'complete',
      phase: 'finished',
      source: 'composed',
      sourceChanged: false,
      counts: { received: 10, duplicates: 0, stored: 10, machines: 10, missed: 0 },
      cost: { calls: 3, slices: 1 },
      overdue: 0,
    });
    expect(await idsIn(stage)).toEqual(ten.map(({ id }) => id.slice(0, 2)));
  });

  it('says in one line what it did', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, stage.process());
    expect(stage.log.lines).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'Snapshot complete',
        machines: 10,
        pages: 3,
        calls: 3,
        source: 'composed',
      }),
    ]);
  });

  it('tells what requires attention newly, and what does no longer; of the first run nothing', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = [machine('03', 'AntivirusNotReporting'), machine('ff')];
    await nextRun(stage.clock, snapshots);
    expect(stage.queue.texts).toEqual([]);
    stage.sources.fleet = [machine('03'), machine('ff', 'EdrImpairedCommunications')];
    const run = await nextRun(stage.clock, snapshots);
    expect(run.counts.changes).toMatchObject({ newlyRequiresAttention: 1, resolved: 1 });
    expect(stage.queue.texts.map((text) => JSON.parse(text).subject.slice(0, 2))).toEqual(['03', 'ff']);
    expect(run.cost.messages).toBe(2);
  });

  it('writes of an unchanged fleet nothing but its own row', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    const { id } = await nextRun(stage.clock, snapshots);
    await nextRun(stage.clock, snapshots);
    expect((await stage.states.read(0, stage.buckets)).map(({ head }) => head?.run)).toEqual([id, id, id, id]);
  });

  it('begins later than the one before, whatever the clock of the process says', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const first = await nextRun(stage.clock, stage.process());
    const wall = () => stage.clock.wall() - 24 * hour;
    const behind = stage.process({ clock: { ...stage.clock, wall } });
    const second = await nextRun(stage.clock, behind);
    expect(second.id > first.id).toBe(true);
    expect(second.previous).toBe(first.id);
  });
});

describe('a run that can’t go on', () => {
  it('pauses where its time is over, and goes on where it stopped', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push(undefined, { kind: 'wait', seconds: 600, reason: 'the quota is spent' });
    const snapshots = stage.process();
    await stage.clock.advance(hour);
    const paused = await finished(stage.clock, snapshots.tick());
    expect(paused).toMatchObject({
      kind: 'paused',
      reason: 'the quota is spent',
      run: { lists: { machines: { received: 4 } } },
    });
    const ended = await finished(stage.clock, stage.process().resume());
    expect(ended).toMatchObject({
      kind: 'finished',
      run: { outcome: 'complete', counts: { stored: 10 }, cost: { slices: 2, calls: 4 } },
    });
  });

  it('waits within its time where that is enough', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push({ kind: 'wait', seconds: 40, reason: 'Wait 40 s.' });
    expect(await nextRun(stage.clock, stage.process())).toMatchObject({
      outcome: 'complete',
      cost: { calls: 4, slices: 1 },
    });
  });

  it('is gone on with by the next tick, which is told; then that tick’s own begins, and not before', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push({ kind: 'wait', seconds: 3000, reason: 'the quota is spent' });
    const snapshots = stage.process();
    await finished(stage.clock, snapshots.tick());
    await nextRun(stage.clock, snapshots);
    const [second, first, ...others] = await stage.index.list({ top: 10 });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ outcome: 'complete', overdue: 1 });
    expect(second).toMatchObject({ outcome: 'complete', overdue: 0, previous: first?.id });
    expect(Date.parse(second?.startedAt ?? '')).toBeGreaterThan(Date.parse(first?.finishedAt ?? '') - 1000);
    expect(stage.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('still under way'), run: first?.id }),
    );
  });

  it('counts the ticks that met another process at work on it', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push({ kind: 'wait', seconds: 60, reason: 'Wait 60 s.' });
    const first = stage.process().tick();
    await stage.clock.advance(100);
    for (let tick = 0; tick < 2; tick++) await finished(stage.clock, stage.process().tick());
    expect(await finished(stage.clock, first)).toMatchObject({ kind: 'finished', run: { overdue: 2 } });
  });

  it('is given up where the storage refuses it for a day, so that others can begin', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const { staging } = stage;
    const refused = new Error('the entity is too large');
    const refusing = stage.process({ staging: { ...staging, put: () => Promise.reject(refused) } });
    await expect(finished(stage.clock, refusing.tick())).rejects.toThrow(refused);
    await stage.clock.advance(23 * hour);
    await expect(finished(stage.clock, refusing.resume())).rejects.toThrow(refused);
    await stage.clock.advance(2 * hour);
    const ended = await finished(stage.clock, refusing.resume());
    expect(ended).toMatchObject({ kind: 'finished', run: { outcome: 'failed', reason: 'the entity is too large' } });
    expect(await nextRun(stage.clock, stage.process())).toMatchObject({ outcome: 'complete' });
  });

  it('is given up after a day', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const snapshots = stage.process();
    for (let tick = 0; tick < 25; tick++) {
      stage.sources.answers.push({ kind: 'wait', seconds: 3000, reason: 'no quota' });
      await finished(stage.clock, snapshots.tick());
      await stage.clock.advance(hour);
    }
    const [second, first] = await stage.index.list({ top: 10 });
    expect(first).toMatchObject({ outcome: 'failed', reason: 'no quota', overdue: 24 });
    expect(second).toMatchObject({ outcome: 'complete' });
  });

  it('fails where Defender refuses the list, stores nothing, and the next begins anew', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    stage.sources.answers.push(undefined, { kind: 'refused', reason: 'Defender answered 400' });
    expect(await nextRun(stage.clock, snapshots)).toMatchObject({
      outcome: 'failed',
      reason: 'composed, machines: Defender answered 400',
      counts: { stored: 0 },
    });
    expect(await idsIn(stage)).toEqual([]);
    expect(await nextRun(stage.clock, snapshots)).toMatchObject({ outcome: 'complete', previous: undefined });
  });

  it('is not begun twice: who comes second leaves', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push({ kind: 'wait', seconds: 60, reason: 'Wait 60 s.' });
    const first = stage.process().tick();
    await stage.clock.advance(100);
    expect(await finished(stage.clock, stage.process().tick())).toEqual({ kind: 'busy' });
    expect(await finished(stage.clock, stage.process().resume())).toEqual({ kind: 'busy' });
    expect(await finished(stage.clock, first)).toMatchObject({ kind: 'finished' });
    expect(await stage.index.list({ top: 10 })).toHaveLength(1);
  });

  it('stops at the next step where the process is to end', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const snapshots = stage.process();
    stage.sources.answers.push({ kind: 'wait', seconds: 30, reason: 'Wait 30 s.' });
    const ending = snapshots.tick();
    await stage.clock.advance(100);
    snapshots.stop();
    expect(await finished(stage.clock, ending)).toMatchObject({ kind: 'paused' });
    expect(await finished(stage.clock, stage.process().resume())).toMatchObject({ kind: 'finished' });
  });

  it('that is not there is not resumed', async () => {
    expect(await running().process().resume()).toEqual({ kind: 'idle' });
  });
});

describe('a queue that is not there', () => {
  it('is tried again for an hour: then the next run begins, and run and log tell what was not told', async () => {
    const stage = running();
    stage.sources.fleet = [machine('03')];
    await nextRun(stage.clock, stage.process());
    stage.sources.fleet = [machine('03', 'AntivirusNotReporting')];
    const silent = stage.process({ teller: { tell: () => Promise.reject(new Error('no such account')) } });
    await stage.clock.advance(hour);
    const reason = 'the queue did not take what changed: no such account';
    expect(await finished(stage.clock, silent.tick())).toMatchObject({ kind: 'paused', reason });
    await stage.clock.advance(hour / 2);
    expect(await finished(stage.clock, silent.tick())).toMatchObject({ kind: 'paused', run: { overdue: 1 } });
    expect(await nextRun(stage.clock, silent)).toMatchObject({
      outcome: 'complete',
      counts: { changes: { resolved: 0 } },
    });
    const [, untold] = await stage.index.list({ top: 10 });
    expect(untold).toMatchObject({ outcome: 'complete', untold: reason, overdue: 2 });
    expect(stage.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: 'Snapshot complete', untold: reason }),
    );
  });

  it('that is there again is told what changed', async () => {
    const stage = running();
    stage.sources.fleet = [machine('03')];
    await nextRun(stage.clock, stage.process());
    stage.sources.fleet = [machine('03', 'AntivirusNotReporting')];
    await stage.clock.advance(hour);
    await finished(stage.clock, stage.process({ teller: { tell: () => Promise.reject(new Error('no')) } }).tick());
    expect(await finished(stage.clock, stage.process().resume())).toMatchObject({ kind: 'finished' });
    expect(stage.queue.texts).toHaveLength(1);
  });
});

describe('a machine that is not there', () => {
  const without = ten.filter(({ id }) => !id.startsWith('55'));

  it('is missed by one complete run, and has vanished after two', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, snapshots);
    stage.sources.fleet = without;
    expect((await nextRun(stage.clock, snapshots)).counts).toMatchObject({ machines: 10, missed: 1, stored: 9 });
    const third = await nextRun(stage.clock, snapshots);
    expect(third.counts).toMatchObject({ machines: 9, missed: 0, changes: { vanished: 1 } });
    expect(await idsIn(stage)).not.toContain('55');
  });

  it('counts as missed by no run whose list slipped: that is incomplete, and says so', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, snapshots);
    stage.sources.fleet = without;
    stage.sources.answers.push(undefined, { kind: 'slip' });
    const run = await nextRun(stage.clock, snapshots);
    expect(run).toMatchObject({
      outcome: 'incomplete',
      reason: expect.stringContaining('machines moved'),
      counts: { missed: 0 },
    });
    expect((await nextRun(stage.clock, snapshots)).counts).toMatchObject({ missed: 1, machines: 10 });
  });

  it('counts as missed by no run that was told of no machine at all', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, snapshots);
    stage.sources.fleet = [];
    const run = await nextRun(stage.clock, snapshots);
    expect(run).toMatchObject({
      outcome: 'incomplete',
      reason: 'no machine was listed, where there were 10',
      counts: { missed: 0 },
    });
  });

  it('counts as missed by no run of whose staged rows some were lost, wherever it is itself', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, stage.process());
    stage.sources.fleet = without;
    const { staging } = stage;
    const kept = <T extends { readonly bucket: number }>(rows: readonly T[]) =>
      rows.filter(({ bucket }) => bucket !== 3);
    const losing = stage.process({
      staging: {
        put: staging.put,
        read: async (...asked) => kept(await staging.read(...asked)),
        counts: async (...asked) => kept(await staging.counts(...asked)),
      },
    });
    const run = await nextRun(stage.clock, losing);
    expect(run).toMatchObject({
      outcome: 'incomplete',
      reason: 'staged rows of machines were lost: 1',
      counts: { missed: 0, stored: 8 },
    });
    expect(await idsIn(stage)).toHaveLength(10);
  });

  it('counts as missed by no run during which the list said that it had become shorter', async () => {
    const stage = running();
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    await nextRun(stage.clock, snapshots);
    stage.sources.fleet = without;
    stage.sources.announced.push(10, 9, 9);
    const run = await nextRun(stage.clock, snapshots);
    expect(run).toMatchObject({
      outcome: 'incomplete',
      reason: '9 of 10 machines were received',
      counts: { missed: 0 },
    });
  });
});

describe('a preview that is not served', () => {
  it('is left in the middle of a run, which begins anew with machines and antivirus', async () => {
    const { fleetSources } = await import('../support/fleetSource.ts');
    const stage = running({ sources: fleetSources(4, 'preview') });
    const snapshots = stage.process();
    stage.sources.fleet = ten;
    expect(await nextRun(stage.clock, snapshots)).toMatchObject({ source: 'preview', sourceChanged: false });
    stage.sources.isGone = true;
    stage.sources.fleet = ten.map((state) => ({ ...state, propertiesRequireAttention: ['AntivirusNotReporting'] }));
    const run = await nextRun(stage.clock, snapshots);
    expect(run).toMatchObject({ source: 'composed', outcome: 'complete', sourceChanged: true, counts: { stored: 10 } });
    expect(stage.queue.texts).toEqual([]);
  });
});

describe('a process that stands still', () => {
  it('for longer than its lease writes nothing more: another goes on', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    stage.sources.answers.push(undefined, { kind: 'wait', seconds: 1, reason: 'Wait 1 s.' });
    const frozen = stage.process();
    const standing = frozen.tick();
    await stage.clock.advance(100);
    stage.clock.stall(leaseMs + 1000);
    expect(await finished(stage.clock, stage.process().resume())).toMatchObject({
      kind: 'finished',
      run: { outcome: 'complete' },
    });
    expect(await finished(stage.clock, standing)).toEqual({ kind: 'busy' });
  });
});
