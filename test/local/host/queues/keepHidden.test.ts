import { keepHidden } from '../../../../src/local/host/queues/keepHidden.ts';
import type { MessageQueue, QueueMessage } from '../../../../src/local/host/queues/messageQueue.ts';
import { fakeClock } from '../../../support/fakeClock.ts';
import { quietLog } from '../../../support/quietLog.ts';

const minute = 60_000;
const message: QueueMessage = {
  id: 'm1',
  popReceipt: 'receipt-0',
  text: '',
  dequeueCount: 1,
  insertedAt: 0,
  expiresAt: 0,
  nextVisibleAt: 0,
};

/** A queue that notes each renewal, and answers as the test says. */
const renewedQueue = (answer: (nth: number) => string | undefined, hiddenSeconds = 600) => {
  const renewals: { readonly at: number; readonly receipt: string; readonly seconds: number }[] = [];
  const clock = fakeClock();
  const from = clock.monotonic();
  const unused = () => Promise.reject(new Error('not a matter of this test'));
  const queue: MessageQueue = {
    name: 'alerts',
    receive: unused,
    remove: unused,
    send: unused,
    async hide({ popReceipt }, seconds) {
      renewals.push({ at: (clock.monotonic() - from) / minute, receipt: popReceipt, seconds });
      return answer(renewals.length);
    },
  };
  const abandoned = new AbortController();
  const options = { queue, hiddenSeconds, clock, log: quietLog, abandoned: abandoned.signal };
  return { clock, renewals, abandoned, hidden: keepHidden(options, message) };
};

describe('a message that is worked on for long', () => {
  it('is hidden anew each time half of its time is over, with the receipt of the time before', async () => {
    const { clock, renewals, hidden } = renewedQueue((nth) => `receipt-${nth}`);
    await clock.advance(12 * minute);
    expect(renewals).toEqual([
      { at: 5, receipt: 'receipt-0', seconds: 600 },
      { at: 10, receipt: 'receipt-1', seconds: 600 },
    ]);
    expect(await hidden.end()).toBe('receipt-2');
    await clock.advance(20 * minute);
    expect(renewals).toHaveLength(2);
  });

  it('is hidden sooner after a renewal that failed', async () => {
    const { clock, renewals, hidden } = renewedQueue((nth) => {
      if (nth < 3) throw new Error('the storage does not answer');
      return `receipt-${nth}`;
    });
    await clock.advance(15 * minute);
    expect(renewals.map(({ at }) => at)).toEqual([5, 7.5, 8.75, 13.75]);
    expect(await hidden.end()).toBe('receipt-4');
  });

  it('is tried thrice more within a time that is short, after a renewal that failed', async () => {
    const { clock, renewals, hidden } = renewedQueue((nth) => {
      if (nth < 4) throw new Error('the storage does not answer');
      return `receipt-${nth}`;
    }, 4);
    await clock.advance(4_000);
    expect(renewals.map(({ at }) => Math.round(at * 60_000))).toEqual([2_000, 3_000, 3_500, 4_000]);
    expect(await hidden.end()).toBe('receipt-4');
  });

  it('is left alone once it is in other hands, or the host gave it up', async () => {
    const taken = renewedQueue(() => undefined);
    const given = renewedQueue((nth) => `receipt-${nth}`);
    given.abandoned.abort();
    await taken.clock.advance(60 * minute);
    await given.clock.advance(60 * minute);
    expect(taken.renewals).toHaveLength(1);
    expect(given.renewals).toHaveLength(0);
  });
});
