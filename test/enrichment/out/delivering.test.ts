import type { Delivery } from '../../../src/enrichment/delivery.ts';
import type { Sent } from '../../../src/enrichment/out/channel.ts';
import { type Outgoing, type OutgoingOptions, outgoing } from './support/outgoing.ts';

const day = 24 * 3600;
const failed: Sent = { kind: 'failed', reason: 'answered 503' };

/** An alert that has ended, with its message in the queue. */
const ended = async (
  options: OutgoingOptions = {},
): Promise<Outgoing & { row: () => Promise<Delivery | undefined> }> => {
  const out = outgoing(options);
  await out.delivering.sendAll(await out.end('a', ['webhook']));
  const row = async () => (await out.store.deliveriesOf('a'))[0];
  return { ...out, row };
};

/** Lets time go by, second by second while there is something to deliver. */
const goOn = async (out: Outgoing, seconds: number): Promise<void> => {
  const until = out.clock.wall() + seconds * 1000;
  for (;;) {
    await out.deliverAll();
    const next = Math.min(until, ...out.messages.map(({ visibleAt }) => visibleAt));
    out.clock.stall(next - out.clock.wall());
    if (next === until) return out.deliverAll();
    if (out.channels.webhook.attempts.length > 1000) throw new Error('it is tried again and again');
  }
};

describe('a result that is to be delivered', () => {
  it('goes to each channel once, and nothing is left of it', async () => {
    const out = outgoing();
    await out.delivering.sendAll(await out.end('a', ['queue', 'webhook']));
    await out.deliverAll();
    expect(out.channels.queue.events.map(({ id }) => id)).toEqual(['a~1']);
    expect(out.channels.webhook.events).toEqual(out.channels.queue.events);
    expect([out.store.outbox(), out.messages]).toEqual([[], []]);
  });

  it('is sent once, though its message comes twice', async () => {
    const out = await ended();
    const [message] = out.messages;
    if (message) out.messages.push(message);
    await out.deliverAll();
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });

  it('is the text that was kept, member by member', async () => {
    const out = await ended();
    await out.deliverAll();
    expect(out.channels.webhook.events.map((event) => JSON.stringify(event))).toEqual([await out.store.result('a', 1)]);
  });
});

describe('a result that its receiver does not take', () => {
  it('is tried again later, and the row says when and why', async () => {
    const out = await ended({ outcome: (attempt) => (attempt < 3 ? failed : { kind: 'sent' }) });
    const start = out.clock.wall();
    await out.deliverAll();
    expect(await out.row()).toMatchObject({
      ticket: 2,
      due: start + 5000,
      tries: 1,
      triedSince: start,
      reason: 'answered 503',
    });
    await goOn(out, 34);
    expect(out.channels.webhook.attempts).toHaveLength(2);
    await goOn(out, 1);
    expect(out.channels.webhook.events).toHaveLength(1);
    expect(out.store.outbox()).toEqual([]);
  });

  it('is tried when the receiver asks for it', async () => {
    const out = await ended({ outcome: () => ({ ...failed, retryAfterSeconds: 90 }) });
    await goOn(out, 89);
    expect(out.channels.webhook.attempts).toHaveLength(1);
    await goOn(out, 1);
    expect(out.channels.webhook.attempts).toHaveLength(2);
  });

  it('is given up after a day, with the reason, and no message is left', async () => {
    const out = await ended({ outcome: () => failed });
    await goOn(out, day - 1);
    expect(await out.row()).toMatchObject({ isGivenUp: false });
    await goOn(out, 1);
    expect(await out.row()).toMatchObject({ isGivenUp: true, tries: 14, reason: 'answered 503' });
    expect(out.messages).toEqual([]);
    expect(out.lines.at(-1)).toMatchObject({ level: 'error', key: 'a', channel: 'webhook', reason: 'answered 503' });
  });

  it('is given up at once where it is refused for good', async () => {
    const out = await ended({ outcome: () => ({ kind: 'refused', reason: 'answered 410' }) });
    await out.deliverAll();
    expect(await out.row()).toMatchObject({ isGivenUp: true, tries: 1, reason: 'answered 410' });
    expect(out.messages).toEqual([]);
  });

  it('is given up where its channel is not set up any more', async () => {
    const out = await ended({ configured: ['queue'] });
    await out.deliverAll();
    expect(await out.row()).toMatchObject({ isGivenUp: true, reason: 'the channel webhook is not set up any more' });
  });

  it('is not tried again once it was given up, whatever messages there are', async () => {
    const out = await ended({ outcome: () => ({ kind: 'refused', reason: 'answered 410' }) });
    await out.deliverAll();
    const row = await out.row();
    if (row) await out.delivering.sendAll([{ ...row, ticket: 9 }]);
    out.clock.stall(day * 1000);
    expect(await out.delivering.sweep({ overdueMs: 0, top: 10 })).toBe(0);
    await out.deliverAll();
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });

  it('is given up where the result is broken, as no other try would mend it', async () => {
    const out = await ended();
    const record = await out.store.read('a');
    if (record) await out.store.save(record.value, record.version, { result: '{"specver', deliveries: [] });
    await out.deliverAll();
    expect(await out.row()).toMatchObject({ isGivenUp: true, reason: 'the result is not kept any more, or broken' });
  });

  it('is not tried by a message older than the last try', async () => {
    const out = await ended({ outcome: () => failed });
    const [message] = out.messages;
    await out.deliverAll();
    if (message) out.messages.push(message);
    await out.deliverAll();
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });
});

describe('storage that fails', () => {
  /** A step that throws while `broken` holds it. */
  const breaking = (broken: Set<string>) => (what: string) => {
    if (broken.has(what)) throw new Error(`no ${what} today`);
  };

  it('does not keep an alert from ending: what the queue does not take, a sweep finds', async () => {
    const broken = new Set(['message']);
    const out = await ended({ step: breaking(broken) });
    expect(out.lines).toMatchObject([{ level: 'warn', results: 1, fault: 'Error: no message today' }]);
    broken.clear();
    out.clock.stall(60_001);
    expect(await out.delivering.sweep({ overdueMs: 60_000, top: 10 })).toBe(1);
    await out.deliverAll();
    expect(out.channels.webhook.events).toHaveLength(1);
  });

  it('has a message put back for a while', async () => {
    const broken = new Set(['removeDelivery']);
    const out = await ended({ step: breaking(broken) });
    await out.deliverAll();
    expect(out.messages).toMatchObject([{ visibleAt: out.clock.wall() + 20_000 }]);
    broken.clear();
    await goOn(out, 20);
    expect(out.store.outbox()).toEqual([]);
  });

  it('has a message come again by itself where it can not even be put back', async () => {
    const broken = new Set(['removeDelivery', 'message']);
    const out = await ended();
    const failing = outgoing({ step: breaking(broken) });
    await failing.end('a', ['webhook']);
    failing.messages.push(...out.messages);
    await expect(failing.deliverAll()).rejects.toThrow('no message today');
    expect(failing.messages).toEqual(out.messages);
  });

  it('leaves a row behind its message, which catches up with the next try', async () => {
    const broken = new Set(['saveDelivery']);
    const out = await ended({ step: breaking(broken), outcome: () => failed });
    await out.deliverAll();
    expect(await out.row()).toMatchObject({ ticket: 1, tries: 0 });
    broken.clear();
    await goOn(out, 5);
    expect(await out.row()).toMatchObject({ ticket: 3, tries: 1 });
    expect(out.messages.map(({ text }) => JSON.parse(text).ticket)).toEqual([3]);
  });

  it('does not make messages multiply while a row can not be written', async () => {
    const out = await ended({ step: breaking(new Set(['saveDelivery'])), outcome: () => failed });
    await goOn(out, 600);
    expect(out.messages).toHaveLength(1);
  });
});

describe('a sweep', () => {
  const overdueMs = 60_000;

  it('leaves alone what is not overdue, or waits for its next try', async () => {
    const out = await ended({ outcome: () => ({ ...failed, retryAfterSeconds: 3600 }) });
    await out.deliverAll();
    out.clock.stall(3600_000 + overdueMs);
    expect(await out.delivering.sweep({ overdueMs, top: 10 })).toBe(0);
    out.clock.stall(1);
    expect(await out.delivering.sweep({ overdueMs, top: 10 })).toBe(1);
  });

  it('sends one message for a row that waits in a long queue, and none at the next minute', async () => {
    const out = await ended();
    out.clock.stall(overdueMs + 1);
    expect(await out.delivering.sweep({ overdueMs, top: 10 })).toBe(1);
    out.clock.stall(overdueMs);
    expect(await out.delivering.sweep({ overdueMs, top: 10 })).toBe(0);
    expect(out.messages).toHaveLength(2);
  });

  it('leaves the place in the queue to the message that has it: it is sent once, by the first of both', async () => {
    const out = await ended();
    out.clock.stall(overdueMs + 1);
    await out.delivering.sweep({ overdueMs, top: 10 });
    await out.deliverNext(0);
    expect(out.channels.webhook.events).toHaveLength(1);
    await out.deliverAll();
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });

  it('has no result tried before its time, though its message comes a second time', async () => {
    const out = await ended({ outcome: () => failed });
    out.clock.stall(overdueMs + 1);
    await out.delivering.sweep({ overdueMs, top: 10 });
    await out.deliverNext(0);
    out.messages.splice(1);
    await out.deliverAll();
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });

  /** Overdue, and something happens at one of the sweep's looks and steps: 1 the list, 2 the row, 3 the message, 4 the writing. */
  const meanwhile = async (look: number, happens: (out: Outgoing) => Promise<void>, outcome: () => Sent) => {
    let looks = Number.NEGATIVE_INFINITY;
    const out = await ended({
      outcome,
      async pause() {
        looks += 1;
        if (looks === look) await happens(out);
      },
    });
    out.clock.stall(overdueMs + 1);
    looks = 0;
    return { out, swept: await out.delivering.sweep({ overdueMs, top: 10 }) };
  };

  it.each<[string, Sent]>([
    ['delivered', { kind: 'sent' }],
    ['tried', failed],
    ['given up', { kind: 'refused', reason: 'answered 410' }],
  ])('sends nothing for a row that is %s before it looks at it', async (_, sent) => {
    const { out, swept } = await meanwhile(
      2,
      ({ deliverAll }) => deliverAll(),
      () => sent,
    );
    expect(swept).toBe(0);
    expect(out.messages.every(({ visibleAt }) => visibleAt > out.clock.wall())).toBe(true);
  });

  it.each<[string, Sent]>([
    ['delivered', { kind: 'sent' }],
    ['tried', failed],
  ])('does no harm to a row that is %s before it writes', async (_, sent) => {
    const { out, swept } = await meanwhile(
      4,
      async ({ deliverNext }) => void (await deliverNext()),
      () => sent,
    );
    const rows = out.store.outbox();
    await out.deliverAll();
    expect(swept).toBe(1);
    expect(out.store.outbox()).toEqual(rows);
    expect(out.channels.webhook.attempts).toHaveLength(1);
  });

  it('says that storage fails', async () => {
    const out = outgoing({
      step(what) {
        if (what === 'saveDelivery') throw new Error('storage failed');
      },
    });
    await out.end('a', ['webhook']);
    out.clock.stall(overdueMs + 1);
    await expect(out.delivering.sweep({ overdueMs, top: 10 })).rejects.toThrow('storage failed');
  });

  it('deals with as many as it is told', async () => {
    const out = outgoing();
    await out.end('a', ['queue', 'eventGrid', 'webhook']);
    out.clock.stall(overdueMs + 1);
    expect(await out.delivering.sweep({ overdueMs, top: 2 })).toBe(2);
    expect(await out.delivering.sweep({ overdueMs, top: 2 })).toBe(1);
  });
});

describe('a message that the host gave up', () => {
  it('counts as a try that failed', async () => {
    const out = await ended();
    await out.delivering.astray({ key: 'a', sequence: 1, channel: 'webhook', ticket: 1 });
    expect(await out.row()).toMatchObject({ tries: 1, ticket: 2, due: out.clock.wall() + 5000 });
    await goOn(out, 5);
    expect(out.channels.webhook.events).toHaveLength(1);
    expect(out.store.outbox()).toEqual([]);
  });

  it('has the delivery given up, where each is given up all day', async () => {
    const out = await ended();
    let rounds = 0;
    for (let row = await out.row(); row && !row.isGivenUp; row = await out.row()) {
      out.clock.stall(Math.max(0, row.due - out.clock.wall()));
      await out.delivering.astray(row);
      rounds += 1;
    }
    expect(rounds).toBe(14);
    expect(out.channels.webhook.attempts).toEqual([]);
  });

  it('is nothing where the result was delivered, or tried since', async () => {
    const out = await ended({ outcome: (attempt) => (attempt === 1 ? failed : { kind: 'sent' }) });
    await out.deliverAll();
    const before = await out.row();
    await out.delivering.astray({ key: 'a', sequence: 1, channel: 'webhook', ticket: 1 });
    expect(await out.row()).toEqual(before);
    await goOn(out, 5);
    await out.delivering.astray({ key: 'a', sequence: 1, channel: 'webhook', ticket: 2 });
    expect(out.messages).toEqual([]);
  });
});
