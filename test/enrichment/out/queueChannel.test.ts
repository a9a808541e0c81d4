import { alertEvent, alertEventText } from '../../../src/enrichment/out/alertEvent.ts';
import { claimOf } from '../../../src/enrichment/out/claim.ts';
import { queueChannel } from '../../../src/enrichment/out/queueChannel.ts';
import { memoryQueue } from '../../../src/storage/memoryQueue.ts';
import { finished, longer } from './support/finished.ts';

describe('the queue of results', () => {
  it('is given each event as one message', async () => {
    const queue = memoryQueue();
    const event = alertEvent(finished());
    expect(await queueChannel(queue).send(event)).toEqual({ kind: 'sent' });
    expect(queue.messages).toEqual([{ text: alertEventText(event), delaySeconds: 0 }]);
  });

  it('is given a claim where a message does not hold the event', async () => {
    const queue = memoryQueue();
    const event = alertEvent(longer(50_000));
    expect(await queueChannel(queue).send(event)).toEqual({ kind: 'sent' });
    expect(queue.texts.map((text) => JSON.parse(text))).toEqual([claimOf(event)]);
  });

  it('may take another time what it does not take now', async () => {
    const queue = {
      send: async () => {
        throw new Error('the queue enriched-alerts took no message');
      },
    };
    const sent = await queueChannel(queue).send(alertEvent(finished()));
    expect(sent).toEqual({ kind: 'failed', reason: 'the queue enriched-alerts took no message' });
  });
});
