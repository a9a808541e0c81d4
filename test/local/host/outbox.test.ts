import { setImmediate } from 'node:timers/promises';
import { createOutbox, unpacked } from '../../../src/local/host/outbox.ts';

const recorded = () => {
  const sent: unknown[] = [];
  return { sent, outbox: createOutbox<{ readonly n: number }>((messages) => sent.push(messages)) };
};

describe('an outbox', () => {
  it('sends what is said in one turn of the event loop together, in order', async () => {
    const { sent, outbox } = recorded();
    for (const n of [1, 2, 3]) outbox.post({ n });
    expect(sent).toEqual([]);
    await setImmediate();
    expect(sent).toEqual([[{ n: 1 }, { n: 2 }, { n: 3 }]]);
  });

  it('sends one message as it is, and the next turn’s by itself', async () => {
    const { sent, outbox } = recorded();
    outbox.post({ n: 1 });
    await setImmediate();
    outbox.post({ n: 2 });
    await setImmediate();
    expect(sent).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('sends what waits when it is flushed, and nothing twice', async () => {
    const { sent, outbox } = recorded();
    outbox.post({ n: 1 });
    outbox.post({ n: 2 });
    outbox.flush();
    outbox.flush();
    await setImmediate();
    expect(sent).toEqual([[{ n: 1 }, { n: 2 }]]);
  });
});

describe('messages that came at once', () => {
  it.each([
    [{ n: 1 }, [{ n: 1 }]] as const,
    [
      [{ n: 1 }, { n: 2 }],
      [{ n: 1 }, { n: 2 }],
    ] as const,
  ])('are one or many: %j', (given, expected) => {
    expect(unpacked<{ readonly n: number }>(given)).toEqual(expected);
  });
});
