import { type AttentionEvent, attentionEvents } from '../../../src/snapshots/telling/attentionEvent.ts';
import { messagesOf } from '../../../src/snapshots/telling/messages.ts';
import { mostMessageBytes, sizeOf } from '../../../src/storage/messageSize.ts';
import { kept, runOf } from './changes.ts';

const run = '20261121T190000Z';

/** An event of exactly so many bytes as text. */
const eventOf = (bytes: number): AttentionEvent => {
  const sized = (padding: number) => {
    const after = kept('a'.repeat(40), { A: run });
    const state = { ...after.state, osVersion: '.'.repeat(padding) };
    const [event] = attentionEvents(runOf(run), [{ after: { ...after, state } }], '/gateway');
    if (!event) throw new Error('no event');
    return event;
  };
  return sized(bytes - sizeOf(JSON.stringify(sized(0))));
};

const sizesOf = (events: readonly AttentionEvent[]): readonly number[] => messagesOf(events, true).map(sizeOf);

describe('messages of many events', () => {
  const most = mostMessageBytes - 2;

  it('are filled to the last byte', () => {
    expect(sizesOf([eventOf(20_000), eventOf(most - 1 - 20_000)])).toEqual([mostMessageBytes]);
    expect(sizesOf([eventOf(20_000), eventOf(most - 20_000)])).toEqual([20_002, most - 20_000 + 2]);
  });

  it('are filled by three events to the last byte', () => {
    expect(sizesOf([eventOf(2000), eventOf(3000), eventOf(most - 2 - 5000)])).toEqual([mostMessageBytes]);
    expect(sizesOf([eventOf(2000), eventOf(3000), eventOf(most - 1 - 5000)])).toEqual([5003, most - 5001 + 2]);
  });

  it('hold one event whole that fills a message, and shorten a longer one', () => {
    expect(sizesOf([eventOf(most)])).toEqual([mostMessageBytes]);
    const [shortened = ''] = messagesOf([eventOf(most + 1)], true);
    expect(JSON.parse(shortened)).toMatchObject([{ data: { isShortened: true } }]);
  });
});

describe('messages of one event each', () => {
  it('are the events themselves', () => {
    const events = [eventOf(2000), eventOf(3000)];
    expect(messagesOf(events, false).map((text) => JSON.parse(text))).toEqual(events);
  });
});
