import { retryPolicy } from '../../../../src/local/host/timers/retryPolicy.ts';

const middle = () => 0.5;

const waitsOf = (options: Record<string, unknown>): readonly number[] => {
  const waits = retryPolicy(options, middle)?.waits();
  return [1, 2, 3, 4].map(() => waits?.next(false) ?? Number.NaN);
};

describe('a retry policy', () => {
  it('is none where the function has none', () => {
    expect(retryPolicy(undefined, middle)).toBeUndefined();
  });

  it('waits the same each time with a fixed delay', () => {
    expect(waitsOf({ retryStrategy: 'fixedDelay', maxRetryCount: 3, delayInterval: { seconds: 10 } })).toEqual([
      10_000, 10_000, 10_000, 10_000,
    ]);
  });

  it('waits longer each time with an exponential back-off, up to its most', () => {
    const bounds = { minimumInterval: { seconds: 4 }, maximumInterval: { seconds: 15 } };
    expect(waitsOf({ retryStrategy: 'exponentialBackoff', maxRetryCount: -1, ...bounds })).toEqual([
      4_000, 8_000, 12_000, 15_000,
    ]);
  });

  it.each([
    [{ retryStrategy: 'fixedDelay', maxRetryCount: 'x' }, 'retry.maxRetryCount is x'],
    [{ retryStrategy: 'fixedDelay', maxRetryCount: -2 }, 'retry.maxRetryCount is -2'],
    [{ retryStrategy: 'fixedDelay', maxRetryCount: 1 }, 'retry.delayInterval is missing'],
    [{ retryStrategy: 'linear', maxRetryCount: 1 }, 'retry.strategy is linear'],
    [
      {
        retryStrategy: 'exponentialBackoff',
        maxRetryCount: 1,
        minimumInterval: { seconds: 9 },
        maximumInterval: { seconds: 3 },
      },
      'retry.minimumInterval is greater',
    ],
  ])('is refused where Azure would: %j', (options, message) => {
    expect(() => retryPolicy(options, middle)).toThrow(message);
  });
});
