import type { Answer } from '../../src/defender/answer.ts';
import type { AskOptions } from '../../src/defender/client.ts';
import type { Question } from '../../src/defender/question.ts';
import { createErrands, type Errand } from '../../src/machines/errands.ts';
import { riderOf } from '../../src/machines/flight.ts';
import { lookupOf } from '../../src/machines/lookup.ts';
import { createLookups } from '../../src/machines/lookups.ts';
import { type Freshness, usualFreshness } from '../../src/machines/wish.ts';
import { question } from '../support/defender.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { json } from './support/tenant.ts';

const answer = json(200, {});
const user = question('userMachines', { pathValue: 'user1' });

/** Errands whose users a test lets go by hand. */
const setUp = () => {
  const clock = fakeClock(1);
  const calls: { asked: () => Question; options: AskOptions; resolve: (answer: Answer) => void }[] = [];
  const over: [string, Errand][] = [];
  const ask = (_: unknown, asked: () => Question, options: AskOptions) =>
    new Promise<Answer>((resolve) => calls.push({ asked, options, resolve }));
  const lookups = createLookups({ ask, addressBytes: ({ query }) => query.length, clock });
  const errands = createErrands({ ask, lookups, clock, onOver: (key, errand) => over.push([key, errand]) });
  const run = (freshness: Partial<Freshness> = {}, key = 'a', asked = user) => {
    let leave: (fault?: Error) => void = () => undefined;
    let errand: Errand | undefined;
    const done = errands.run(
      { key, question: asked, lookup: lookupOf(asked), freshness: { ...usualFreshness, ...freshness } },
      (given) => {
        errand = given;
        return new Promise<string>((resolve, reject) => {
          leave = (fault) => (fault ? reject(fault) : resolve('done'));
        });
      },
    );
    if (!errand) throw new Error('it is not used at once');
    return {
      errand,
      async leave(fault?: Error) {
        leave(fault);
        return done;
      },
    };
  };
  const send = async ({ flight }: Errand) => {
    const call = calls.length;
    const landing = flight.board(riderOf({ waitMs: 60_000, priority: 'interactive' }, clock.monotonic()));
    await clock.advance(0);
    calls[call]?.options.onSent?.();
    return { landing, answer: () => calls[call]?.resolve(answer), asked: calls[call]?.asked() };
  };
  return { clock, calls, over, errands, run, send };
};

describe('a question on its way', () => {
  it('is one for all who ask it, and another one for another question', () => {
    const { run } = setUp();
    const first = run();
    expect(run().errand).toBe(first.errand);
    expect(run({}, 'b').errand).not.toBe(first.errand);
  });

  it('is one for all while it was not sent, however fresh it shall be', async () => {
    const { clock, run } = setUp();
    const first = run();
    await clock.advance(10_000);
    expect(run({ isNew: true }).errand).toBe(first.errand);
    expect(run({ maxAge: 0 }).errand).toBe(first.errand);
  });

  it('is over when the last has left, and its users hear what became of it', async () => {
    const { over, run } = setUp();
    const [first, second] = [run(), run()];
    expect(await first.leave()).toBe('done');
    expect(over).toEqual([]);
    await expect(second.leave(new Error('broken'))).rejects.toThrow('broken');
    expect(over).toEqual([['a', first.errand]]);
    expect(run().errand).not.toBe(first.errand);
  });

  it('is held by who has it at hand, after others have left', async () => {
    const { over, errands, run } = setUp();
    const first = run();
    let end = () => {};
    const held = errands.hold('a', first.errand, () => new Promise<void>((resolve) => (end = resolve)));
    await first.leave();
    expect(over).toEqual([]);
    expect(run().errand).toBe(first.errand);
    end();
    await held;
    expect(over).toEqual([]);
  });

  it('is asked as it is, where it travels with nobody', async () => {
    const { run, send } = setUp();
    expect((await send(run().errand)).asked).toBe(user);
  });

  it('goes the way of lookups, where it is one', async () => {
    const { clock, calls, run } = setUp();
    const named = (name: string) => question('listMachines', { query: [['$filter', `computerDnsName eq '${name}'`]] });
    for (const name of ['srv1', 'srv2'])
      void run({}, name, named(name)).errand.flight.board(
        riderOf({ waitMs: 60_000, priority: 'interactive' }, clock.monotonic()),
      );
    await clock.advance(100);
    expect(calls).toHaveLength(1);
    expect(decodeURIComponent(calls[0]?.asked().query ?? '')).toContain("in ('srv1', 'srv2')");
  });
});

describe('a call that was sent', () => {
  it('is not joined by who wants a new answer', async () => {
    const { run, send } = setUp();
    const first = run();
    await send(first.errand);
    const second = run({ isNew: true });
    expect(second.errand).not.toBe(first.errand);
    expect(run().errand).toBe(second.errand);
  });

  it('is joined by who takes an answer of its age, and by nobody who wants a younger one', async () => {
    const { clock, run, send } = setUp();
    const first = run();
    await send(first.errand);
    await clock.advance(2000);
    expect(run({ maxAge: 2 }).errand).toBe(first.errand);
    await clock.advance(1);
    expect(run({ maxAge: 2 }).errand).not.toBe(first.errand);
  });

  it('is joined at once by who wants none of any age', async () => {
    const { clock, run, send } = setUp();
    const first = run();
    await send(first.errand);
    expect(run({ maxAge: 0 }).errand).toBe(first.errand);
    await clock.advance(1);
    expect(run({ maxAge: 0 }).errand).not.toBe(first.errand);
  });

  it('is not joined any more when it is not answered after three seconds', async () => {
    const { clock, run, send } = setUp();
    const first = run();
    await send(first.errand);
    await clock.advance(3000);
    expect(run({ maxAge: 60 }).errand).toBe(first.errand);
    await clock.advance(1);
    expect(run().errand).not.toBe(first.errand);
  });
});

describe('a question that is asked anew before the older call has ended', () => {
  const twice = async () => {
    const all = setUp();
    const older = all.run();
    await all.send(older.errand);
    return { ...all, older, newer: all.run({ isNew: true }) };
  };

  it('is still joined when the older one has ended, which is not the end of the question', async () => {
    const { over, run, older, newer } = await twice();
    await older.leave();
    expect(over).toEqual([]);
    expect(run().errand).toBe(newer.errand);
  });

  it('is over once, when the newer one has ended', async () => {
    const { over, run, older, newer } = await twice();
    await newer.leave();
    expect(over).toEqual([['a', newer.errand]]);
    await older.leave();
    expect(over).toHaveLength(1);
    expect(run().errand).not.toBe(newer.errand);
  });
});
