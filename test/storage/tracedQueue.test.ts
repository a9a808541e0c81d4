import * as fc from 'fast-check';
import { readDeliverMessage, readEnrichMessage } from '../../src/enrichment/messages.ts';
import { originOf, tracedQueue } from '../../src/storage/tracedQueue.ts';
import { type Trace, traceOf } from '../../src/trace.ts';
import { law } from '../support/law.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

/** What stands in the queue. */
const sent = (text: string, trace: Trace | undefined, delaySeconds?: number) => {
  const messages: { text: string; delaySeconds: number | undefined }[] = [];
  const queue = {
    send: async (said: string, delay?: number) => void messages.push({ text: said, delaySeconds: delay }),
  };
  void tracedQueue(queue, () => trace).send(text, delaySeconds);
  return messages[0];
};

describe('a message of the gateway to itself', () => {
  it('says which request it is there for, and is of its trace', () => {
    const message = sent('{"alerts":[]}', traceOf('a "quoted" one'.replaceAll(' ', '-'), traceparent), 5);
    expect(message?.delaySeconds).toBe(5);
    const origin = originOf(JSON.parse(message?.text ?? ''));
    expect(origin.requestId).toBe('a-"quoted"-one');
    expect(origin.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  });

  it('is sent as it is where there is no trace, or where it is no object', () => {
    expect(sent('{"alerts":[]}', undefined)?.text).toBe('{"alerts":[]}');
    for (const text of ['{}', '[1]', '"x"', 'x', '']) expect(sent(text, traceOf('a'))?.text).toBe(text);
  });

  it('says the same besides', () => {
    const members = fc.dictionary(
      fc.string().filter((name) => !['requestId', 'traceparent', '__proto__'].includes(name)),
      fc.jsonValue(),
      { minKeys: 1 },
    );
    law(
      fc.property(members, (given) => {
        const {
          requestId,
          traceparent: at,
          ...left
        } = JSON.parse(sent(JSON.stringify(given), traceOf('a'))?.text ?? '');
        expect(left).toEqual(JSON.parse(JSON.stringify(given)));
      }),
    );
  });

  it('is read by who knows nothing of it', () => {
    const alerts = { alerts: [{ key: 'a', ticket: 1 }] };
    const deliveries = { deliveries: [{ key: 'a', sequence: 1, channel: 'queue', ticket: 1 }] };
    const read = (message: object) => JSON.parse(sent(JSON.stringify(message), traceOf('a'))?.text ?? '');
    expect(readEnrichMessage(read(alerts))).toEqual(alerts);
    expect(readDeliverMessage(read(deliveries))).toEqual(deliveries);
  });

  it.each([
    [undefined],
    ['text'],
    [[1]],
    [{ alerts: [] }],
    [{ requestId: 5, traceparent: {} }],
    [{ requestId: 'two words', traceparent: '00-x' }],
    [{ requestId: 'x'.repeat(129), traceparent: '' }],
  ])('without it, or with what is none, is of no request: %j', (message) => {
    expect(originOf(message)).toEqual({});
  });
});
