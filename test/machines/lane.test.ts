import type { Answer } from '../../src/defender/answer.ts';
import type { AskOptions } from '../../src/defender/client.ts';
import type { Question } from '../../src/defender/question.ts';
import type { Batch } from '../../src/machines/batch.ts';
import { riderOf } from '../../src/machines/flight.ts';
import { createLane } from '../../src/machines/lane.ts';
import { type Lookup, lookupOf } from '../../src/machines/lookup.ts';
import type { Form } from '../../src/machines/mergedQuestion.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json } from './support/tenant.ts';

const idOf = (number: number) => number.toString(16).padStart(40, '0');
const listOf = (number: number) => question('listMachines', { query: [['$filter', `id eq '${idOf(number)}'`]] });
const machineOf = (number: number) => question('machine', { pathValue: idOf(number) });
const among = (...numbers: number[]) =>
  question('listMachines', { query: [['$filter', `id in (${numbers.map((each) => `'${idOf(each)}'`).join(', ')})`]] });
const lookup = (asked: Question): Lookup => {
  const found = lookupOf(asked);
  if (!found) throw new Error('this question does not travel');
  return found;
};
const addressOf = ({ path, query }: Question) => decodeURIComponent(path + query);

const rows = json(200, { value: [1, 2, 3].map((number) => ({ id: idOf(number) })) });
const form: Form = { operator: 'in', mostKeys: 30 };

/** A lane whose calls a test sends and answers by hand. */
const setUp = (bytesOfOne = 10) => {
  const clock = fakeClock(1);
  const calls: { asked: () => Question; options: AskOptions; resolve: (answer: Answer) => void }[] = [];
  const lane = createLane({
    clock,
    ask: (_, asked, options) => new Promise((resolve) => calls.push({ asked, options, resolve })),
    addressBytes: ({ query }) => decodeURIComponent(query).split(',').length * bytesOfOne,
  });
  const start = clock.monotonic();
  const took = () => clock.monotonic() - start;
  /** Places a lookup, and notes the millisecond at which its batch is gathered. */
  const place = (asked: Question, level = 0, wanted = form) => {
    const each = lookup(asked);
    const batch = lane.place(each, asked, wanted, level);
    const seen: { each: Lookup; batch: Batch; gatheredAt?: number } = { each, batch };
    void batch.gathered.came.then(() => Object.assign(seen, { gatheredAt: took() }));
    return seen;
  };
  const board = async ({ flight }: Batch) => {
    void flight.board(riderOf({ waitMs: 60_000, priority: 'interactive' }, clock.monotonic()));
    await clock.advance(0);
  };
  /** Sends the call, as the client does: what is asked is asked for when it has its permit. */
  const send = (call: number): string => {
    calls[call]?.options.onSent?.();
    const asked = calls[call]?.asked();
    return asked ? addressOf(asked) : 'nothing';
  };
  const answer = async (call: number) => {
    calls[call]?.resolve(rows);
    await clock.advance(0);
  };
  /** Has a call under way, and tells how to end it. */
  const occupy = async () => {
    let end: (answer: Answer) => void = () => undefined;
    const ask = lane.followed(
      ({ onSent }) =>
        new Promise((resolve) => {
          onSent?.();
          end = resolve;
        }),
    );
    const asked = ask({ waitMs: 0, priority: 'interactive' });
    await clock.advance(0);
    return async () => {
      end(rows);
      await asked;
    };
  };
  return { clock, lane, calls, took, place, board, send, answer, occupy };
};

describe('a batch', () => {
  it('is gathered when nobody came for five milliseconds', async () => {
    const { clock, place } = setUp();
    const first = place(listOf(1));
    await clock.advance(4);
    expect(first.gatheredAt).toBeUndefined();
    const second = place(listOf(2));
    expect(second.batch).toBe(first.batch);
    await clock.advance(100);
    expect([first.gatheredAt, second.gatheredAt]).toEqual([10, 10]);
  });

  it('is gathered after fifty, where others were just answered together', async () => {
    const { clock, place, board, send, answer, took } = setUp();
    const both = [place(listOf(1)), place(listOf(2))];
    await clock.advance(5);
    await board(both[0]?.batch as Batch);
    send(0);
    await answer(0);
    const next = place(listOf(3));
    const from = took();
    await clock.advance(300);
    expect(next.gatheredAt).toBe(from + 50);
    next.batch.remove(next.each);
    const later = place(listOf(1));
    const laterFrom = took();
    await clock.advance(300);
    expect(later.gatheredAt).toBe(laterFrom + 5);
  });

  it('is gathered after five, where one was just answered alone', async () => {
    const { clock, place, board, send, answer, took } = setUp();
    const alone = place(listOf(1));
    await clock.advance(5);
    await board(alone.batch);
    send(0);
    await answer(0);
    const next = place(listOf(2));
    const from = took();
    await clock.advance(100);
    expect(next.gatheredAt).toBe(from + 5);
  });

  it('goes at once when it is full, and who comes then takes the next', async () => {
    const { clock, place } = setUp();
    const two = { ...form, mostKeys: 2 };
    const [first, second, third] = [1, 2, 3].map((number) => place(listOf(number), 0, two));
    await clock.advance(0);
    expect([first?.gatheredAt, second?.gatheredAt, third?.gatheredAt]).toEqual([0, 0, undefined]);
    expect(second?.batch).toBe(first?.batch);
    expect(third?.batch).not.toBe(first?.batch);
  });

  it('goes at once when one more would make its address too long', async () => {
    const { clock, place } = setUp(1000);
    const [first, second, third] = [1, 2, 3].map((number) => place(listOf(number)));
    await clock.advance(0);
    expect(second?.batch).toBe(first?.batch);
    expect(third?.batch).not.toBe(first?.batch);
    expect([first?.gatheredAt, third?.gatheredAt]).toEqual([0, undefined]);
  });

  it('takes nobody who asks in another form', async () => {
    const { clock, place } = setUp();
    const [first, other] = [place(listOf(1), 0), place(listOf(2), 1)];
    await clock.advance(0);
    expect(other.batch).not.toBe(first.batch);
    expect([first.batch.level, other.batch.level]).toEqual([0, 1]);
    expect([first.gatheredAt, other.gatheredAt]).toEqual([0, undefined]);
  });

  it('takes along who comes until its call is sent', async () => {
    const { clock, place, board, send, calls } = setUp();
    const first = place(listOf(1));
    await clock.advance(5);
    await board(first.batch);
    const second = place(listOf(2));
    expect(second.batch).toBe(first.batch);
    expect(send(0)).toBe(addressOf(among(1, 2)));
    expect(first.batch.sent).toEqual([first.each, second.each]);
    const late = place(listOf(3));
    expect(late.batch).not.toBe(first.batch);
    expect(first.batch.sent).toHaveLength(2);
    expect(calls).toHaveLength(1);
  });
});

describe('a batch while a call is under way', () => {
  it('waits for its end, and whether others come then', async () => {
    const { clock, place, occupy } = setUp();
    const end = await occupy();
    const waiting = place(listOf(1));
    await clock.advance(600);
    expect(waiting.gatheredAt).toBeUndefined();
    await end();
    await clock.advance(100);
    expect(waiting.gatheredAt).toBe(605);
  });

  it('waits for the last of several', async () => {
    const { clock, place, occupy } = setUp();
    const [end, endLast] = [await occupy(), await occupy()];
    const waiting = place(listOf(1));
    await end();
    await clock.advance(100);
    expect(waiting.gatheredAt).toBeUndefined();
    await endLast();
    await clock.advance(100);
    expect(waiting.gatheredAt).toBe(105);
  });

  it('waits for one that began while it was waiting for others', async () => {
    const { clock, place, occupy } = setUp();
    const waiting = place(listOf(1));
    await clock.advance(3);
    const end = await occupy();
    await clock.advance(97);
    expect(waiting.gatheredAt).toBeUndefined();
    await end();
    await clock.advance(100);
    expect(waiting.gatheredAt).toBe(105);
  });

  it('waits for it though another came to nothing before it was sent', async () => {
    const { clock, lane, place, occupy } = setUp();
    await lane.followed(async () => ({ kind: 'closed', retryAfterSeconds: 1, reason: 'no ledger' }))({
      waitMs: 0,
      priority: 'interactive',
    });
    await occupy();
    const waiting = place(listOf(1));
    await clock.advance(500);
    expect(waiting.gatheredAt).toBeUndefined();
  });

  it('waits for a second at most', async () => {
    const { clock, place, occupy } = setUp();
    await occupy();
    const waiting = place(listOf(1));
    await clock.advance(999);
    expect(waiting.gatheredAt).toBeUndefined();
    await clock.advance(100);
    expect(waiting.gatheredAt).toBe(1005);
  });

  it('does not wait where somebody on board can’t', async () => {
    const { clock, place, occupy } = setUp();
    await occupy();
    const waiting = place(listOf(1));
    await clock.advance(300);
    const hurried = place(listOf(2));
    hurried.batch.hurried.come();
    await clock.advance(100);
    expect([waiting.gatheredAt, hurried.gatheredAt]).toEqual([305, 305]);
  });

  it('does not wait for a call that has not been sent, or failed', async () => {
    const { clock, lane, place } = setUp();
    void lane.followed(() => new Promise(() => undefined))({ waitMs: 0, priority: 'interactive' });
    const failing = lane.followed(async ({ onSent }) => {
      onSent?.();
      onSent?.();
      throw new Error('broken');
    });
    await expect(failing({ waitMs: 0, priority: 'interactive' })).rejects.toThrow('broken');
    expect(lane.isBusy).toBe(false);
    const first = place(listOf(1));
    await clock.advance(100);
    expect(first.gatheredAt).toBe(5);
  });
});

describe('a batch that somebody leaves', () => {
  it('does not ask for what nobody wants', async () => {
    const { clock, place, board, send } = setUp();
    const [first, gone, third] = [1, 2, 3].map((number) => place(listOf(number)));
    gone?.batch.remove(gone.each);
    await clock.advance(100);
    await board(first?.batch as Batch);
    expect(send(0)).toBe(addressOf(among(1, 3)));
    expect(third?.batch.sent).toEqual([first?.each, third?.each]);
  });

  it('is not boarded again when all have left, but is while one is there', async () => {
    const { lane, place } = setUp();
    const [first, second] = [place(listOf(1)), place(listOf(2))];
    first.batch.remove(first.each);
    expect(place(listOf(3)).batch).toBe(first.batch);
    for (const each of [...first.batch.lookups.keys()]) first.batch.remove(each);
    expect(lane.isBusy).toBe(false);
    expect(place(listOf(1)).batch).not.toBe(second.batch);
  });

  it('leaves the next one alone', async () => {
    const { place } = setUp();
    const two = { ...form, mostKeys: 2 };
    const [first, second, third] = [1, 2, 3].map((number) => place(listOf(number), 0, two));
    for (const left of [first, second]) left?.batch.remove(left.each);
    expect(place(listOf(1), 0, two).batch).toBe(third?.batch);
  });
});

describe('what a batch asks', () => {
  it.each<[string, readonly Question[], boolean, Question]>([
    ['is one list’s own question, where that is alone', [listOf(1)], true, listOf(1)],
    ['is a list, where one machine is alone', [machineOf(1)], false, among(1)],
    ['is a list of all, where there are several', [listOf(1), listOf(2)], false, among(1, 2)],
    ['is a list of all, where a machine and a list are there', [listOf(1), machineOf(2)], false, among(1, 2)],
  ])('%s', async (_, asked, isOwn, expected) => {
    const { clock, place, board, send } = setUp();
    const [first] = asked.map((each) => place(each));
    await clock.advance(100);
    await board(first?.batch as Batch);
    expect(first?.batch.isOwn).toBe(false);
    expect(send(0)).toBe(addressOf(expected));
    expect(first?.batch.isOwn).toBe(isOwn);
  });

  it('is asked anew where it is sent again, with who came meanwhile and without who left', async () => {
    const { clock, place, board, send } = setUp();
    const [first, second] = [place(listOf(1)), place(listOf(2))];
    await clock.advance(100);
    await board(first.batch);
    expect(send(0)).toBe(addressOf(among(1, 2)));
    first.batch.remove(second.each);
    expect(send(0)).toBe(addressOf(listOf(1)));
    expect(first.batch.isOwn).toBe(true);
  });

  it('is answered in parts, those of the lookups that were sent, where the answer is good', async () => {
    const { clock, place, board, send } = setUp();
    const both = [place(listOf(1)), place(listOf(2))];
    await clock.advance(100);
    const { batch, each } = both[0] as (typeof both)[0];
    await board(batch);
    send(0);
    const landing = (answer: Answer) => ({ answer, isShared: false, call: listOf(1).call });
    expect(batch.partOf(landing(json(500, { value: [] })), each)).toBeUndefined();
    expect(batch.partOf(landing({ kind: 'late', reason: 'slow' }), each)).toBeUndefined();
    const answer = json(200, { value: [{ id: idOf(2) }, { id: idOf(1) }] });
    expect(batch.partOf(landing(answer), each)).toMatchObject({
      kind: 'found',
      answered: { body: new TextEncoder().encode(`{"value":[{"id":"${idOf(1)}"}]}`) },
    });
  });
});

describe('a lane', () => {
  it('is busy while lookups wait or are under way', async () => {
    const { clock, lane, place, board, send, answer } = setUp();
    expect(lane.isBusy).toBe(false);
    const { batch } = place(listOf(1));
    expect(lane.isBusy).toBe(true);
    await clock.advance(100);
    await board(batch);
    send(0);
    expect(lane.isBusy).toBe(true);
    await answer(0);
    expect(lane.isBusy).toBe(false);
  });
});
