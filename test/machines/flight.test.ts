import type { Answer } from '../../src/defender/answer.ts';
import { callNamed } from '../../src/defender/calls.ts';
import type { AskOptions } from '../../src/defender/client.ts';
import { createFlight, type Landing, riderOf } from '../../src/machines/flight.ts';
import type { PriorityClass } from '../../src/quota/priorityClass.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json } from './support/tenant.ts';

const answer = json(200, {});
const refusal = (retryAfterSeconds: number): Answer => ({ kind: 'throttled', retryAfterSeconds, message: 'spent' });

/** A flight whose passes a test grants and refuses by hand. */
const setUp = () => {
  const clock = fakeClock(1);
  const passes: { options: AskOptions; resolve: (answer: Answer) => void }[] = [];
  const ask = (options: AskOptions) => new Promise<Answer>((resolve) => passes.push({ options, resolve }));
  const flight = createFlight({ call: callNamed('machine'), ask, clock });
  const board = (waitMs: number, priority: PriorityClass = 'interactive') => {
    const seen: { landing?: Landing; sent: number } = { sent: 0 };
    const onSent = () => {
      seen.sent += 1;
    };
    void flight
      .board(riderOf({ waitMs, priority, onSent }, clock.monotonic()))
      .then((landing) => Object.assign(seen, { landing }));
    return seen;
  };
  const grant = async (pass: number) => {
    passes[pass]?.options.onSent?.();
    await clock.advance(50);
    passes[pass]?.resolve(answer);
    await clock.advance(1);
  };
  const refuse = async (pass: number, said: Answer) => {
    passes[pass]?.resolve(said);
    await clock.advance(1);
  };
  return { clock, flight, board, passes, grant, refuse };
};

describe('those who wait for one call', () => {
  it('are one caller to the quota, and its answer is everybody’s', async () => {
    const { board, passes, grant, clock } = setUp();
    const all = [board(30_000), board(30_000), board(60_000, 'background')];
    await clock.advance(1);
    expect(passes).toHaveLength(1);
    await grant(0);
    expect(all.map(({ landing }) => landing?.answer)).toEqual([answer, answer, answer]);
    expect(all.map(({ landing }) => landing?.isShared)).toEqual([false, true, true]);
    expect(all.map(({ sent }) => sent)).toEqual([1, 0, 0]);
  });

  it('are told of to who makes it: each request once, the one that pays first', async () => {
    const { flight, clock, passes, grant } = setUp();
    const rider = (requestId: string | undefined, priority: PriorityClass = 'interactive') =>
      flight.board({ ...riderOf({ waitMs: 30_000, priority }, clock.monotonic()), requestId });
    const all = [rider('a', 'background'), rider('b'), rider('b'), rider(undefined)];
    await clock.advance(1);
    expect(passes[1]?.options.askedBy?.()).toEqual(['a', 'b']);
    await grant(1);
    expect(passes[1]?.options.askedBy?.()).toEqual(['b']);
    await Promise.all(all);
  });

  it('who is more urgent asks the quota itself, and the other leaves its line when the call is sent', async () => {
    const { board, passes, grant, clock } = setUp();
    const slow = board(60_000, 'background');
    const urgent = board(30_000);
    await clock.advance(1);
    expect(passes.map(({ options }) => options.priority)).toEqual(['background', 'interactive']);
    await grant(1);
    expect(passes[0]?.options.signal?.aborted).toBe(true);
    expect([slow.landing?.answer, urgent.landing?.answer]).toEqual([answer, answer]);
  });

  it('who is more urgent does not ride with who is not, though both are as patient', async () => {
    const { board, passes, refuse, grant, clock } = setUp();
    const slow = board(30_000, 'background');
    const middle = board(30_000, 'enrichment');
    const urgent = board(30_000);
    await clock.advance(1);
    expect(passes.map(({ options }) => options.priority)).toEqual(['background', 'enrichment', 'interactive']);
    await refuse(0, refusal(3600));
    expect([slow, middle, urgent].map(({ landing }) => landing?.answer)).toEqual([refusal(3600), undefined, undefined]);
    await grant(2);
    expect([middle, urgent].map(({ landing }) => landing?.answer)).toEqual([answer, answer]);
  });

  it('who rode with one of another class asks the quota itself where that is refused', async () => {
    const { board, passes, refuse, grant, clock } = setUp();
    const urgent = board(30_000);
    const slow = board(30_000, 'background');
    await clock.advance(1);
    expect(passes).toHaveLength(1);
    await refuse(0, refusal(3600));
    expect(urgent.landing?.answer).toEqual(refusal(3600));
    expect(slow.landing).toBeUndefined();
    expect(passes.map(({ options }) => options.priority)).toEqual(['interactive', 'background']);
    await grant(1);
    expect(slow.landing).toMatchObject({ answer, isShared: false });
  });

  it('who is less patient asks the quota itself, and is refused in its own time', async () => {
    const { board, passes, refuse, grant, clock } = setUp();
    const patient = board(100_000);
    const hasty = board(1000);
    await clock.advance(1);
    expect(passes).toHaveLength(2);
    await refuse(1, refusal(40));
    expect(hasty.landing?.answer).toEqual(refusal(40));
    expect(patient.landing).toBeUndefined();
    await grant(0);
    expect(patient.landing?.answer).toEqual(answer);
  });

  it('hear of a refusal together, where none of them could wait as long', async () => {
    const { board, passes, refuse, clock } = setUp();
    const all = [board(30_000), board(30_500)];
    await clock.advance(1);
    await refuse(0, refusal(40));
    expect(all.map(({ landing }) => landing?.answer)).toEqual([refusal(40), refusal(40)]);
    expect(passes).toHaveLength(1);
  });

  it('who could wait as long as a refusal says goes on', async () => {
    const { board, passes, refuse, grant, clock } = setUp();
    const [hasty, patient] = [board(30_000), board(100_000)];
    await clock.advance(1);
    await refuse(0, refusal(40));
    expect(hasty.landing?.answer).toEqual(refusal(40));
    expect(passes).toHaveLength(2);
    await grant(1);
    expect(patient.landing?.answer).toEqual(answer);
  });

  it('have their own time for the answer', async () => {
    const { board, passes, clock } = setUp();
    const [hasty, patient] = [board(1000), board(30_000)];
    await clock.advance(1);
    passes[0]?.options.onSent?.();
    await clock.advance(1100);
    expect(hasty.landing?.answer.kind).toBe('late');
    expect(patient.landing).toBeUndefined();
    passes[0]?.resolve(answer);
    await clock.advance(1);
    expect(patient.landing?.answer).toEqual(answer);
  });

  it('cost nothing once all of them are gone and the call was not sent', async () => {
    const { board, passes, flight, clock } = setUp();
    const gone = board(0);
    await clock.advance(6000);
    expect(gone.landing?.answer.kind).toBe('late');
    expect(passes[0]?.options.signal?.aborted).toBe(true);
    expect(flight.riders).toBe(0);
    board(30_000);
    await clock.advance(1);
    expect(passes).toHaveLength(2);
  });

  it('hear when the last attempt of the call began, and the one who paid of each', async () => {
    const { board, passes, flight, clock } = setUp();
    const [paying, other] = [board(60_000), board(60_000)];
    await clock.advance(1);
    const first = clock.monotonic();
    passes[0]?.options.onSent?.();
    await clock.advance(2000);
    const last = clock.monotonic();
    passes[0]?.options.onSent?.();
    await clock.advance(300);
    passes[0]?.resolve(answer);
    await clock.advance(1);
    expect([paying, other].map(({ landing }) => landing?.sentAt)).toEqual([last, last]);
    expect([paying.sent, other.sent]).toEqual([2, 0]);
    expect(flight.sentAt).toBe(first);
  });

  it('hear of no beginning where nothing was sent', async () => {
    const { board, refuse, flight, clock } = setUp();
    const refused = board(1000);
    await clock.advance(1);
    await refuse(0, refusal(40));
    expect(refused.landing).toMatchObject({ answer: refusal(40), isShared: true });
    expect([refused.landing?.sentAt, flight.sentAt]).toEqual([undefined, undefined]);
  });

  it('leave a call that was sent to its end: it has a minute more than its turn, and who comes gets its answer', async () => {
    const { board, passes, flight, clock } = setUp();
    const gone = board(1000);
    await clock.advance(1);
    expect(passes[0]?.options).toMatchObject({ waitMs: 1000, answerMs: 61_000 });
    passes[0]?.options.onSent?.();
    await clock.advance(1000);
    expect([gone.landing?.answer.kind, flight.riders]).toEqual(['late', 0]);
    expect(passes[0]?.options.signal?.aborted).toBe(false);
    const next = board(60_000);
    await clock.advance(30_000);
    passes[0]?.resolve(answer);
    await clock.advance(1);
    expect(next.landing).toMatchObject({ answer, isShared: true });
    expect(passes).toHaveLength(1);
  });

  it('all hear of it where the asking itself fails', async () => {
    const clock = fakeClock(1);
    const broken = new Error('broken');
    const flight = createFlight({ call: callNamed('machine'), ask: () => Promise.reject(broken), clock });
    const rider = () => flight.board(riderOf({ waitMs: 1000, priority: 'interactive' }, clock.monotonic()));
    const outcomes = Promise.allSettled([rider(), rider()]);
    await clock.advance(1);
    expect(await outcomes).toEqual([
      { status: 'rejected', reason: broken },
      { status: 'rejected', reason: broken },
    ]);
    expect(flight.riders).toBe(0);
  });
});
