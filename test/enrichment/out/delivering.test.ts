import { ended, failed, goOn } from './support/ended.ts';
import { outgoing } from './support/outgoing.ts';

const day = 24 * 3600;

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

describe('a result that can not be read', () => {
  const unread = async (result: () => Promise<string | undefined>) => {
    const out = await ended();
    Object.assign(out.store, { result });
    return out;
  };

  it('is given up at once where its body is gone', async () => {
    const out = await unread(async () => undefined);
    await out.deliverAll();
    expect(await out.row()).toMatchObject({ isGivenUp: true, reason: 'the result is not kept any more, or broken' });
  });

  it('is tried for a day and no longer, whatever keeps it from being read', async () => {
    const cause = Object.assign(new Error('no such account'), { code: 'ENOTFOUND' });
    const out = await unread(() => Promise.reject(new Error('the container is out of reach', { cause })));
    await goOn(out, 600);
    expect(await out.row()).toMatchObject({ tries: 4, isGivenUp: false });
    await goOn(out, day);
    expect(await out.row()).toMatchObject({
      isGivenUp: true,
      reason: 'the container is out of reach, because no such account (ENOTFOUND)',
    });
    expect(out.messages).toEqual([]);
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
    expect(out.lines).toMatchObject([{ level: 'warn', results: 1, fault: 'no message today' }]);
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
    expect(out.messages.map(({ text }) => JSON.parse(text))).toMatchObject([{ deliveries: [{ ticket: 3 }] }]);
  });

  it('does not make messages multiply while a row can not be written', async () => {
    const out = await ended({ step: breaking(new Set(['saveDelivery'])), outcome: () => failed });
    await goOn(out, 600);
    expect(out.messages).toHaveLength(1);
  });
});
