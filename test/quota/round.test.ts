import { LostAnswer, type Version } from '../../src/quota/ledger.ts';
import { setUp } from './support/rounds.ts';

const refusedTwenty = Array(20).fill('refused');

describe('a process that is alone with its ledger', () => {
  it('needs one write for each call that comes alone, and reads twice to know that it is alone', async () => {
    const { clock, process } = setUp();
    const { play, counts } = process('500/60');
    for (let i = 0; i < 200; i++) {
      await play(1);
      clock.stall(2000);
    }
    expect(counts).toMatchObject({ reads: 2, writes: 200, stamps: 1, conflicts: 0 });
  });

  it('reads again after ten minutes', async () => {
    const { clock, process } = setUp();
    const { play, counts } = process();
    await play(1);
    clock.stall(1000);
    await play(1);
    clock.stall(599_000);
    await play(1);
    expect(counts.reads).toBe(2);
    clock.stall(600_000);
    await play(1);
    expect(counts.reads).toBe(3);
  });
});

describe('processes that share a ledger', () => {
  it('are overtaken once by what the other wrote, and read from then on', async () => {
    const { clock, process, outcomes } = setUp();
    const [a, b] = [process(), process()];
    await a.play(1);
    await b.play(1);
    expect(await outcomes(a.play(1))).toBe('overtaken');
    expect(await outcomes(a.play(1))).toEqual(['granted']);
    expect(a.counts).toMatchObject({ reads: 2, writes: 3, conflicts: 1 });
    clock.stall(501);
    await b.play(1);
    await b.play(1);
    clock.stall(501);
    expect(await outcomes(a.play(1))).toEqual(['granted']);
    expect(a.counts).toMatchObject({ reads: 3, conflicts: 1 });
  });

  it('do not write on a version of their own once they have seen another’s', async () => {
    const { process, outcomes } = setUp();
    const [a, b] = [process(), process()];
    await a.play(1);
    await b.play(1);
    await a.rounds.look();
    expect(await outcomes(a.play(1))).toEqual(['granted']);
    expect(a.counts.conflicts).toBe(0);
  });

  it('take their own version for the newest again when nobody else wrote for a while', async () => {
    const { clock, process } = setUp();
    const [a, b] = [process(), process()];
    await a.play(1);
    await b.play(1);
    await a.play(1);
    await a.play(1);
    for (let i = 0; i < 5; i++) {
      clock.stall(10_000);
      await a.play(1);
    }
    expect(a.counts.reads).toBe(3);
  });

  it('see each other’s slots: together they are granted the quota and no more', async () => {
    const { process, outcomes } = setUp();
    const [a, b] = [process(), process()];
    expect(await outcomes(a.play(15))).toEqual(Array(15).fill('granted'));
    expect(await outcomes(b.play(15))).toEqual([...Array(5).fill('granted'), ...Array(10).fill('refused')]);
  });
});

describe('refusals', () => {
  it('are written four times in two seconds at most, and need no read', async () => {
    const { clock, process, outcomes } = setUp();
    const { play, counts } = process();
    await play(20);
    for (let i = 0; i < 20; i++) expect(await outcomes(play(20))).toEqual(refusedTwenty);
    expect(counts).toMatchObject({ reads: 1, writes: 5 });
    clock.stall(2001);
    await play(20);
    expect(counts.writes).toBe(6);
  });

  it('tell what the ledger knows for the rest of the two seconds, each another instant', async () => {
    const { process } = setUp();
    const { play } = process('1/6');
    await play(1);
    const seconds: number[] = [];
    for (let i = 0; i < 9; i++) {
      const result = await play(1);
      for (const outcome of result.kind === 'done' ? result.outcomes : [])
        if (outcome.kind === 'refused') seconds.push(outcome.retryAfterSeconds);
    }
    expect(new Set(seconds).size).toBe(9);
  });

  it('go into the ledger with the next write, so that other processes tell others', async () => {
    const { kept, process } = setUp();
    const a = process('1/6');
    await a.play(1);
    for (let i = 0; i < 9; i++) await a.play(1);
    expect((await kept.read())?.row.told).toHaveLength(4);
    await a.play(0, 0, 'interactive', { released: [1] });
    expect((await kept.read())?.row.told).toHaveLength(9);
  });

  it('can be guessed from what was seen, and cost nothing', async () => {
    const { clock, process } = setUp();
    const { rounds, play, counts } = process();
    expect(rounds.guess([])).toBeUndefined();
    await play(20);
    const [guess] = rounds.guess([{ by: 'interactive', deadline: clock.monotonic() }]) ?? [];
    expect(guess).toMatchObject({ kind: 'refused', retryAfterSeconds: 7 });
    expect(counts).toMatchObject({ reads: 1, writes: 1 });
  });
});

describe('an answer of the store that comes late', () => {
  /** Its next read is answered with what stood there when it was asked, after a second. */
  const setUpLate = () => {
    const world = setUp();
    let isLate = false;
    const late = world.process('20/6', (ledger) => ({
      ...ledger,
      async read() {
        const version = await ledger.read();
        const wait = isLate ? world.clock.sleep(1000) : undefined;
        isLate = false;
        await wait;
        return version;
      },
    }));
    const delay = () => {
      isLate = true;
    };
    return { ...world, late, delay };
  };

  it('does not set what was written meanwhile back, and is no loss', async () => {
    const { clock, kept, late, delay } = setUpLate();
    await late.play(1);
    delay();
    const looked = late.rounds.look();
    await late.play(1);
    await clock.advance(1000);
    await looked;
    expect(late.rounds.seen?.row.seq).toBe(2);
    const epoch = late.rounds.seen?.row.epoch;
    await late.play(1);
    expect((await kept.read())?.row).toMatchObject({ seq: 3, epoch });
    expect(late.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a ledger that was lost', () => {
  it('is begun anew with what was known of it, learns, and is told of as an error', async () => {
    const { kept, process, outcomes } = setUp();
    const a = process();
    await a.play(5);
    await a.play(1);
    kept.remove();
    expect(await outcomes(a.play(1))).toBe('overtaken');
    expect(await outcomes(a.play(1))).toEqual(['refused']);
    const { row } = (await kept.read()) ?? {};
    expect(row?.held).toHaveLength(6);
    expect(row?.learningSince).toBeDefined();
    expect(a.log.lines).toMatchObject([{ level: 'error', message: 'The quota ledger was lost or set back', known: 2 }]);
  });

  it('learns from now on, though what stands there again is of long ago', async () => {
    const { clock, process } = setUp();
    let isRestored = false;
    let old: Version | undefined;
    const a = process('20/6', (ledger) => ({
      ...ledger,
      async read() {
        const version = await ledger.read();
        old ??= version;
        return isRestored && version && old ? { ...old, etag: version.etag } : version;
      },
    }));
    await a.play(1);
    clock.stall(1000);
    await a.play(1);
    clock.stall(400_000);
    await a.play(1);
    isRestored = true;
    clock.stall(601_000);
    const restoredAt = Math.floor(clock.wall());
    await a.play(1);
    expect(a.rounds.seen?.row.learningSince).toBeGreaterThanOrEqual(restoredAt);
  });

  it('gets a call that was sent after others had begun it anew', async () => {
    const { clock, kept, process } = setUp();
    const [a, b] = [process(), process()];
    await a.play(20);
    const waiting = await a.play(1, 20_000);
    kept.remove();
    await b.play(1);
    clock.stall(8000);
    await a.play(0, 0, 'interactive', { released: [99] });
    await a.play(0, 0, 'interactive', { released: [99] });
    const { row } = (await kept.read()) ?? {};
    const sentAt = waiting.kind === 'done' && waiting.outcomes[0]?.kind === 'granted' ? waiting.outcomes[0].slot.at : 0;
    expect(sentAt).toBeGreaterThan(b.rounds.seen?.stampedAt ?? 0);
    expect(row?.epoch).toBe(b.rounds.seen?.row.epoch);
    expect(row?.log.map(({ at }) => at)).toContain(sentAt);
  });
});

describe('the settings of a process', () => {
  it('are in force for all from its first round on, and what others set later is told', async () => {
    const { process, outcomes } = setUp();
    const [a, b] = [process('20/6'), process('12/6')];
    await a.play(10);
    expect(await outcomes(b.play(10))).toEqual([...Array(2).fill('granted'), ...Array(8).fill('refused')]);
    await a.play(1);
    await a.play(1);
    expect(a.log.lines).toMatchObject([{ level: 'warn', inForce: '12/6', before: '20/6' }]);
    expect(b.log.lines).toEqual([]);
  });
});

describe('a store that fails', () => {
  it('fails the round', async () => {
    const { process } = setUp();
    const { play } = process('20/6', (ledger) => ({ ...ledger, read: () => Promise.reject(new LostAnswer('down')) }));
    await expect(play(1)).rejects.toThrow('down');
  });
});
