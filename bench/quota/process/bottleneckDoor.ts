import Bottleneck from 'bottleneck';
import type { Limit } from '../../../src/quota/limits.ts';
import { rankOf } from '../../../src/quota/priorityClass.ts';
import { noTransactions } from '../torture/messages.ts';
import type { Door } from './door.ts';

/** As its manual shows it: a reservoir of the limit's calls, filled up when its time is over; one for each limit, chained. In every process. */
export const bottleneckDoor = (limits: readonly Limit[], maxConcurrent: number): Door => {
  const [first, ...others] = limits.map(
    ({ calls, seconds }) =>
      new Bottleneck({
        maxConcurrent,
        reservoir: calls,
        reservoirRefreshAmount: calls,
        reservoirRefreshInterval: seconds * 1000,
      }),
  );
  if (!first) throw new Error('a quota without limits');
  others.reduce((before, next) => {
    before.chain(next);
    return next;
  }, first);
  return {
    pass: ({ priority }, send) =>
      first.schedule({ priority: rankOf(priority) }, send).then(({ value }) => ({ kind: 'sent', value })),
    transactions: noTransactions,
    close: async () => undefined,
  };
};
