import { RestError } from '@azure/data-tables';
import { systemClock } from '../../src/clock.ts';
import { inTime, isPassing, retrying } from '../../src/storage/tableRetries.ts';

const busy = () => new RestError('The server is busy', { statusCode: 503 });

/** Fails so often, and then answers; tells how long was waited between. */
const asked = async (failures: number, fault: () => Error) => {
  const waits: number[] = [];
  const clock = {
    sleep: async (milliseconds: number) => {
      waits.push(milliseconds);
    },
  };
  let tries = 0;
  const ask = async () => {
    tries += 1;
    if (tries <= failures) throw fault();
    return 'answer';
  };
  const answer = await retrying(clock, ask).catch((thrown: Error) => thrown.message);
  return { answer, tries, waits };
};

describe('asking the table service again', () => {
  it('is not done where it answers', async () => {
    expect(await asked(0, busy)).toEqual({ answer: 'answer', tries: 1, waits: [] });
  });

  it('waits longer each time, and gives up after the fifth try', async () => {
    expect(await asked(4, busy)).toEqual({ answer: 'answer', tries: 5, waits: [100, 400, 1500, 4000] });
    expect(await asked(5, busy)).toMatchObject({ answer: 'The server is busy', tries: 5 });
  });

  it('is not done where it would answer the same', async () => {
    const refused = () => new RestError('no', { statusCode: 403 });
    expect(await asked(1, refused)).toEqual({ answer: 'no', tries: 1, waits: [] });
  });

  it.each([
    ['a connection that was reset', { code: 'ECONNRESET' }],
    ['an answer that was cut', { code: 'PARSE_ERROR', statusCode: 200 }],
  ])('is done after %s', (_, options) => {
    expect(isPassing(new RestError('', options))).toBe(true);
  });

  it.each([408, 429, 500, 502, 503, 504])('is done after %i', (statusCode) => {
    expect(isPassing(new RestError('', { statusCode }))).toBe(true);
  });

  it.each([400, 401, 403, 404, 409, 412, 413])('is not done after %i', (statusCode) => {
    expect(isPassing(new RestError('', { statusCode }))).toBe(false);
  });

  it('is not done after a fault of our own', () => {
    expect(isPassing(new TypeError('x is not a function'))).toBe(false);
  });

  it('is done after a request that took too long', async () => {
    const late = inTime(
      systemClock,
      async ({ abortSignal }) => {
        await systemClock.sleep(10_000, abortSignal);
        throw abortSignal.reason;
      },
      5,
    );
    expect(await late.catch(isPassing)).toBe(true);
  });
});
