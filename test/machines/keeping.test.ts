import type { Answered } from '../../src/defender/answer.ts';
import type { Question } from '../../src/defender/question.ts';
import { createKeeping } from '../../src/machines/keeping.ts';
import { usualLifetimes } from '../../src/machines/lifetimes.ts';
import { hostNameLookup, type Lookup, lookupOf } from '../../src/machines/lookup.ts';
import { memoryAnswers } from '../../src/machines/memoryAnswers.ts';
import { hostNameQuestion } from '../../src/machines/mergedQuestion.ts';
import { createSharing } from '../../src/machines/sharing.ts';
import { type Freshness, usualFreshness } from '../../src/machines/wish.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { quietLog } from '../support/quietLog.ts';

const answered = (status = 200, text = '{"id":"1"}'): Answered => ({
  kind: 'answered',
  status,
  headers: {},
  body: new TextEncoder().encode(text),
});
const list = (filter: string) => question('listMachines', { query: [['$filter', filter]] });
const srv1 = list("computerDnsName eq 'srv1'");
const active = list("healthStatus eq 'Active'");
const user = question('userMachines', { pathValue: 'user1' });
const asking = (asked: Question, lookup: Lookup | undefined = lookupOf(asked)) => ({
  key: asked.path + asked.query,
  question: asked,
  lookup,
});
const wanting = (freshness: Partial<Freshness> = {}): Freshness => ({ ...usualFreshness, ...freshness });

const setUp = () => {
  const clock = fakeClock(1);
  const shared = memoryAnswers(clock);
  const create = () =>
    createKeeping({
      sharing: createSharing({ shared, clock, log: quietLog }),
      lifetimes: usualLifetimes,
      memoryBytes: 1024 * 1024,
      clock,
    });
  /** Keeps an answer in one process, and tells what all share then. */
  const share = async (asked: Question, answer = answered()) => {
    create().keep(asking(asked), answer, clock.monotonic());
    await clock.advance(10);
    return (await shared.read(asking(asked).key)).answer?.answered.status;
  };
  return { clock, create, share, keeping: create() };
};

describe('an answer', () => {
  it.each<[string, Question]>([
    ['of one machine', question('machine', { pathValue: 'srv1' })],
    ['of what identifies one', srv1],
    ['of a user', user],
  ])('%s is kept for all processes', async (_, asked) => {
    expect(await setUp().share(asked)).toBe(200);
  });

  it.each<[string, Question]>([
    ['of the fleet', question('listMachines')],
    ['of all that are active', active],
  ])('%s is kept for this process alone', async (_, asked) => {
    const { clock, keeping, share } = setUp();
    expect(await share(asked)).toBeUndefined();
    keeping.keep(asking(asked), answered(), clock.monotonic());
    expect(keeping.look(asking(asked).key, wanting()).answer).toBeDefined();
  });

  it('that nothing is there is kept for all, and a fault or a refusal for nobody', async () => {
    expect(await setUp().share(user, answered(404))).toBe(404);
    for (const status of [201, 204, 400, 401, 403, 500, 503]) {
      const { clock, keeping, share } = setUp();
      expect(await share(user, answered(status))).toBeUndefined();
      expect(keeping.keep(asking(user), answered(status), clock.monotonic())).toBeUndefined();
      expect(keeping.look(asking(user).key, wanting())).toEqual({ because: 'miss' });
    }
  });

  it.each<[string, ReturnType<typeof asking>, Answered, number]>([
    ['a list by what identifies a machine', asking(srv1), answered(), 300],
    ['a host name', asking(hostNameQuestion(hostNameLookup('srv1')), hostNameLookup('srv1')), answered(), 300],
    ['a machine', asking(question('machine', { pathValue: 'srv1' })), answered(), 300],
    ['any other list', asking(active), answered(), 60],
    ['a list that is empty', asking(srv1), answered(200, '{"value":[]}'), 30],
    ['what is not there', asking(user), answered(404), 30],
  ])('to %s is fresh for its time, counted from when its call began', (_, asked, answer, seconds) => {
    const { clock, keeping } = setUp();
    const sentAt = clock.monotonic();
    clock.stall(5000);
    expect(keeping.keep(asked, answer, sentAt)).toEqual({ freshFor: seconds - 5 });
    expect(keeping.look(asked.key, wanting())).toEqual({
      answer,
      source: { kind: 'cache', age: 5, freshFor: seconds - 5, insteadOf: undefined },
    });
    clock.stall((seconds - 5) * 1000 + 1);
    expect(keeping.look(asked.key, wanting())).toEqual({ because: 'stale' });
  });

  it.each(['no JSON', '{"id":', '[]', '{"error":{}}', '{"value":[{"id":"1"},{}]}'])(
    'that can’t be read as machines, such as %s, is kept for nobody',
    async (text) => {
      const { clock, keeping, share } = setUp();
      expect(await share(user, answered(200, text))).toBeUndefined();
      expect(keeping.keep(asking(user), answered(200, text), clock.monotonic())).toBeUndefined();
      expect(keeping.look(asking(user).key, wanting())).toEqual({ because: 'miss' });
    },
  );

  it('that is too large is not kept here, and is not read to learn that', () => {
    const { clock, keeping } = setUp();
    const large = answered(200, ' '.repeat(1024 * 1024 + 1));
    expect(keeping.keep(asking(active), large, clock.monotonic())).toEqual({ freshFor: undefined });
    expect(keeping.look(asking(active).key, wanting())).toEqual({ because: 'miss' });
  });

  it('of an older call takes the place of no newer one', () => {
    const { clock, keeping } = setUp();
    const older = clock.monotonic();
    clock.stall(1000);
    keeping.keep(asking(user), answered(), clock.monotonic());
    expect(keeping.keep(asking(user), answered(404), older)).toEqual({ freshFor: undefined });
    expect(keeping.look(asking(user).key, wanting()).answer).toMatchObject({ status: 200 });
  });

  it('is not given to who wants another one, and he hears why', () => {
    const { clock, keeping } = setUp();
    const { key } = asking(user);
    expect(keeping.look(key, wanting())).toEqual({ because: 'miss' });
    keeping.keep(asking(user), answered(), clock.monotonic());
    expect(keeping.look(key, wanting({ isNew: true }))).toEqual({ because: 'request' });
    clock.stall(10_000);
    expect(keeping.look(key, wanting({ maxAge: 5 }))).toEqual({ because: 'request' });
  });
});

describe('an older answer', () => {
  const { key } = asking(user);

  it('is given in place of one that can’t be had to who allowed it, with why', () => {
    const { clock, keeping } = setUp();
    keeping.keep(asking(user), answered(), clock.monotonic());
    clock.stall(350_000);
    expect(keeping.older(key, wanting({ staleIfError: 60 }), 'the quota is spent')).toEqual({
      answer: answered(),
      source: { kind: 'cache', age: 350, freshFor: -50, insteadOf: 'the quota is spent' },
    });
  });

  it('is not given where there is none, or it is too old, or was not allowed', () => {
    const { clock, keeping } = setUp();
    const older = (freshness: Partial<Freshness>) => keeping.older(key, wanting(freshness), 'the quota is spent');
    expect(older({ staleIfError: 60 })).toBeUndefined();
    keeping.keep(asking(user), answered(), clock.monotonic());
    clock.stall(350_000);
    expect(older({})).toBeUndefined();
    expect(older({ staleIfError: 49 })).toBeUndefined();
    expect(older({ staleIfError: 60, isNew: true })).toBeUndefined();
  });
});

describe('what another process has kept', () => {
  it('is kept here when it is read, as old as it is and for what it answers', async () => {
    const { clock, create } = setUp();
    const [one, two] = [create(), create()];
    one.keep(asking(srv1), answered(), clock.monotonic());
    await clock.advance(100_000);
    const read = two.read(asking(srv1));
    await clock.advance(1);
    expect((await read).answer?.answered.status).toBe(200);
    const told = two.look(asking(srv1).key, wanting());
    expect(told.answer).toEqual(answered());
    if (!told.answer || told.source.kind !== 'cache') throw new Error('it was not kept');
    expect(told.source.age).toBeGreaterThanOrEqual(100);
    expect(told.source.age).toBeLessThan(103);
    expect(told.source.age + told.source.freshFor).toBeCloseTo(300, 6);
  });

  it('is kept here when it was waited for', async () => {
    const { clock, create } = setUp();
    const [one, two] = [create(), create()];
    const waited = two.untilAnswered(asking(user), 5000);
    one.keep(asking(user), answered(), clock.monotonic());
    await clock.advance(5000);
    expect((await waited).answer?.answered.status).toBe(200);
    expect(two.look(asking(user).key, wanting()).answer).toEqual(answered());
  });

  it('is nothing where there is nothing', async () => {
    const { clock, keeping } = setUp();
    const read = keeping.read(asking(user));
    await clock.advance(1);
    expect((await read).answer).toBeUndefined();
    expect(keeping.look(asking(user).key, wanting())).toEqual({ because: 'miss' });
  });
});
