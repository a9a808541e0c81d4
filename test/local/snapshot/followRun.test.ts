import { GatewayFault } from '../../../src/local/gateway/askGateway.ts';
import { followRun } from '../../../src/local/snapshot/followRun.ts';
import type { GatewayClient } from '../../../src/local/snapshot/gatewayClient.ts';
import type { WatchedRun } from '../../../src/local/snapshot/watchedRun.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { progressWith, runWith } from './support/runs.ts';

const away = new GatewayFault('it does not answer', { mayPass: true });

/** A gateway that answers what the script says, one answer for each question; the last one for ever. */
const scripted = (script: { newest: (WatchedRun | undefined)[]; run: (WatchedRun | Error)[] }) => {
  const fired: string[] = [];
  const next = <T>(answers: T[]): T => (answers.length > 1 ? answers.shift() : answers[0]) as T;
  const gateway: GatewayClient = {
    url: 'http://gateway.example',
    fire: async (timer) => void fired.push(timer),
    newest: async () => next(script.newest),
    run: async () => {
      const answer = next(script.run);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { gateway, fired };
};

const following = (script: Parameters<typeof scripted>[0]) => {
  const clock = fakeClock();
  const stop = new AbortController();
  const { gateway, fired } = scripted(script);
  const found: [string, boolean][] = [];
  const seen: string[] = [];
  const ended = followRun({
    gateway,
    clock,
    stopping: stop.signal,
    onFound: ({ id }, wasUnderWay) => found.push([id, wasUnderWay]),
    onSeen: ({ state, progress }) => seen.push(`${state} ${progress?.merged}`),
  });
  ended.catch(() => undefined);
  return { ended, clock, stop, fired, found, seen };
};

const old = runWith({ id: '20261121T180000Z' });
const collecting = runWith({ state: 'collecting', progress: progressWith() });
const merging = runWith({ state: 'merging', progress: progressWith({ merged: 8 }) });
const finished = runWith();

describe('a run that is followed', () => {
  it('is one that begins when the timer was fired, seen step by step to its end', async () => {
    const { ended, clock, fired, found, seen } = following({
      newest: [old, old, collecting],
      run: [collecting, merging, finished],
    });
    await clock.advance(5_000);
    expect(await ended).toEqual(finished);
    expect(fired).toEqual(['snapshotSecurityStates']);
    expect(found).toEqual([[finished.id, false]]);
    expect(seen).toEqual(['collecting 0', 'collecting 0', 'merging 8', 'complete undefined']);
  });

  it('is the one under way where there is one: no tick is added, and somebody goes on with it', async () => {
    const { ended, clock, fired, found } = following({ newest: [merging], run: [finished] });
    await clock.advance(1_000);
    expect(await ended).toEqual(finished);
    expect(fired).toEqual(['resumeSnapshot']);
    expect(found).toEqual([[finished.id, true]]);
  });

  it('is gone on with when it stands still for a minute', async () => {
    const { clock, fired } = following({ newest: [undefined, merging], run: [merging] });
    await clock.advance(59_000);
    expect(fired).toEqual(['snapshotSecurityStates']);
    await clock.advance(3_000);
    expect(fired).toEqual(['snapshotSecurityStates', 'resumeSnapshot']);
  });

  it('may lose its gateway for a moment', async () => {
    const { ended, clock } = following({ newest: [undefined, merging], run: [away, away, finished] });
    await clock.advance(5_000);
    expect(await ended).toEqual(finished);
  });

  it('is given up when the gateway stays away, or refuses', async () => {
    const gone = following({ newest: [undefined, merging], run: [away] });
    await gone.clock.advance(62_000);
    await expect(gone.ended).rejects.toThrow('it does not answer');
    const refused = following({ newest: [undefined, merging], run: [new GatewayFault('it refuses the key', {})] });
    await refused.clock.advance(1_000);
    await expect(refused.ended).rejects.toThrow('it refuses the key');
  });

  it('is missed where none begins within a minute', async () => {
    const { ended, clock } = following({ newest: [old], run: [] });
    await clock.advance(62_000);
    await expect(ended).rejects.toThrow('http://gateway.example began no run within 60 s; what it logs says why');
  });

  it('is let alone when the watching is broken off', async () => {
    const { ended, clock, stop } = following({ newest: [undefined, merging], run: [merging] });
    await clock.advance(1_000);
    stop.abort();
    expect(await ended).toBeUndefined();
  });
});
