import { type Callers, createCallers, type Send } from '../../../bench/quota/process/callers.ts';
import type { Door, Through } from '../../../bench/quota/process/door.ts';
import { callerOf, callPath } from '../../../bench/quota/torture/callPath.ts';
import { noTransactions } from '../../../bench/quota/torture/messages.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { type FakeClock, fakeClock } from '../../support/fakeClock.ts';

/** A door that says these, one after the other, and then lets everybody through. */
const doorThat = (says: readonly Through<never>[]): Door => {
  const left = [...says];
  return {
    pass: async (_, send) => left.shift() ?? { kind: 'sent', value: (await send()).value },
    transactions: noTransactions,
    close: async () => undefined,
  };
};

interface Sent {
  readonly priority: PriorityClass;
  readonly waitMs: number;
}

/** An upstream that answers 429 to the first so many, and takes 100 ms for each. */
const sending = (clock: FakeClock, throttled: number) => {
  const sent: Sent[] = [];
  const send: Send = async (priority, waitMs) => {
    sent.push({ priority, waitMs });
    await clock.sleep(100);
    return sent.length <= throttled ? { value: undefined, throttled: { retryAfterSeconds: 2 } } : { value: undefined };
  };
  return { sent, send };
};

const start = (
  says: readonly Through<never>[],
  throttled = 0,
): { sent: Sent[]; clock: FakeClock; callers: Callers } => {
  const clock = fakeClock();
  const { sent, send } = sending(clock, throttled);
  return { sent, clock, callers: createCallers(doorThat(says), send, clock) };
};

describe('a caller', () => {
  it('comes back when told, and its wait is all that it waited', async () => {
    const { sent, clock, callers } = start([{ kind: 'refused', retryAfterSeconds: 3 }], 1);
    void callers.call('interactive');
    await clock.advance(5200);
    expect(sent).toEqual([
      { priority: 'interactive', waitMs: 3000 },
      { priority: 'interactive', waitMs: 5100 },
    ]);
    expect(callers.unserved).toEqual({});
  });

  it('gives up where it is told to come back after its time', async () => {
    const { sent, clock, callers } = start([
      { kind: 'refused', retryAfterSeconds: 12 },
      { kind: 'closed', retryAfterSeconds: 12 },
    ]);
    void callers.call('interactive');
    void callers.call('interactive');
    await clock.advance(20_000);
    expect(sent).toEqual([]);
    expect(callers.unserved).toEqual({ 'interactive: refused': 1, 'interactive: closed': 1 });
  });
});

describe('background that always waits', () => {
  it('calls again as soon as it was served, until it leaves', async () => {
    const { sent, clock, callers } = start([]);
    callers.saturate(2);
    await clock.advance(350);
    expect(sent).toHaveLength(8);
    callers.leave();
    await clock.advance(1000);
    expect(sent).toHaveLength(8);
  });
});

describe('the path of a call', () => {
  it('says who made it', () => {
    const caller = { place: 3, priority: 'enrichment', waitMs: 12.25 } as const;
    expect(callerOf(callPath(caller))).toEqual(caller);
    expect(() => callerOf('/call?priority=urgent')).toThrow('names no class');
  });
});
