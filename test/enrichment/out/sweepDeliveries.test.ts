import type { Sent } from '../../../src/enrichment/out/channel.ts';
import { ended, failed, goOn } from './support/ended.ts';
import { type Outgoing, outgoing } from './support/outgoing.ts';

describe('a sweep of what is to be delivered', () => {
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
    await out.delivering.astray({ deliveries: [{ key: 'a', sequence: 1, channel: 'webhook', ticket: 1 }] });
    expect(await out.row()).toMatchObject({ tries: 1, ticket: 2, due: out.clock.wall() + 5000 });
    await goOn(out, 5);
    expect(out.channels.webhook.events).toHaveLength(1);
    expect(out.store.outbox()).toEqual([]);
  });

  it('has the delivery given up, where each is given up all day', async () => {
    const out = await ended();
    let rounds = 0;
    for (let row = await out.row(); row && !row.isGivenUp && rounds < 100; row = await out.row()) {
      out.clock.stall(Math.max(0, row.due - out.clock.wall()));
      await out.delivering.astray({ deliveries: [row] });
      rounds += 1;
    }
    expect(rounds).toBe(14);
    expect(out.channels.webhook.attempts).toEqual([]);
  });

  it('is nothing where the result was delivered, or tried since', async () => {
    const out = await ended({ outcome: (attempt) => (attempt === 1 ? failed : { kind: 'sent' }) });
    await out.deliverAll();
    const before = await out.row();
    await out.delivering.astray({ deliveries: [{ key: 'a', sequence: 1, channel: 'webhook', ticket: 1 }] });
    expect(await out.row()).toEqual(before);
    await goOn(out, 5);
    await out.delivering.astray({ deliveries: [{ key: 'a', sequence: 1, channel: 'webhook', ticket: 2 }] });
    expect(out.messages).toEqual([]);
  });
});
