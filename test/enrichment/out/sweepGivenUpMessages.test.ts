import type { Delivering } from '../../../src/enrichment/out/delivering.ts';
import { sweepGivenUpMessages } from '../../../src/enrichment/out/sweepGivenUpMessages.ts';
import { memoryQueueReader } from '../../../src/storage/memoryQueueReader.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { outgoing } from './support/outgoing.ts';

/** Results of alerts whose messages the host gave up. */
const givenUp = async (keys: readonly string[]) => {
  const out = outgoing();
  const poison = memoryQueueReader(out.clock);
  for (const key of keys) {
    await out.delivering.sendAll(await out.end(key, ['webhook']));
    for (const { text } of out.messages.splice(0)) poison.put(text);
  }
  const log = recordedLog();
  return { out, poison, log, sweep: () => sweepGivenUpMessages({ poison, delivering: out.delivering, log }) };
};

describe('messages of deliveries that the host gave up', () => {
  it('are taken out, and their results go on to be delivered', async () => {
    const keys = Array.from({ length: 40 }, (_, at) => `a${at}`);
    const { out, poison, sweep } = await givenUp(keys);
    expect([await sweep(), await poison.length()]).toEqual([40, 0]);
    out.clock.stall(5000);
    await out.deliverAll();
    expect(out.channels.webhook.events.map(({ subject }) => subject)).toEqual(keys);
    expect(out.store.outbox()).toEqual([]);
  });

  it('are taken out where they name nothing, and the log says so', async () => {
    const { poison, log, sweep } = await givenUp([]);
    poison.put('{"alerts":[]}');
    poison.put('not even JSON');
    expect([await sweep(), await poison.length()]).toEqual([2, 0]);
    expect(log.lines).toMatchObject([
      { level: 'error', text: '{"alerts":[]}' },
      { level: 'error', text: 'not even JSON' },
    ]);
  });

  it('stay where storage fails, keep no other waiting, and are taken ten minutes later', async () => {
    const { out, poison, log } = await givenUp(['a', 'b', 'c']);
    const faults = [new Error('storage failed')];
    const failing: Pick<Delivering, 'astray'> = {
      astray: (message) =>
        message.deliveries.some(({ key }) => key === 'b') && faults.length > 0
          ? Promise.reject(faults.pop())
          : out.delivering.astray(message),
    };
    const sweep = () => sweepGivenUpMessages({ poison, delivering: failing, log });
    await expect(sweep()).rejects.toMatchObject({ errors: [new Error('storage failed')] });
    expect(await poison.length()).toBe(1);
    expect(await sweep()).toBe(0);
    out.clock.stall(600_000);
    expect([await sweep(), await poison.length()]).toEqual([1, 0]);
    await out.deliverAll();
    expect(out.channels.webhook.events.map(({ subject }) => subject).sort()).toEqual(['a', 'c']);
  });
});
