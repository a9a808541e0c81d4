import { RestError } from '@azure/data-tables';
import { Overtaken } from '../../src/storage/overtaken.ts';
import { type Standing, settledWrite, standingOf } from '../../src/storage/tableSettledWrite.ts';

const refused = new RestError('the condition is not met', { statusCode: 412 });
const exists = new RestError('it exists', { statusCode: 409 });
const gone = new RestError('it is gone', { statusCode: 404 });
const reset = new RestError('socket hang up', { code: 'ECONNRESET' });
const forbidden = new RestError('no', { statusCode: 403 });
const asBefore: Standing = { kind: 'asBefore' };
const other: Standing = { kind: 'other' };
const mine: Standing = { kind: 'written', version: 'mine' };

/** What becomes of a write whose requests are answered so, and what is found between them; in which order it was done. */
const settled = async (answers: readonly (string | RestError | undefined)[], found: readonly Standing[] = []) => {
  const done: ('send' | 'look')[] = [];
  const [left, standings] = [[...answers], [...found]];
  const version = await settledWrite(
    { sleep: async () => undefined },
    {
      what: 'The head',
      async send() {
        done.push('send');
        const answer = left.shift();
        if (answer instanceof RestError) throw answer;
        return answer;
      },
      async look() {
        done.push('look');
        const standing = standings.shift();
        if (standing === undefined) throw new Error('there is nothing to be looked for');
        return standing;
      },
    },
  ).catch((fault: unknown) => fault);
  return { version, done };
};

describe('a write whose answer may be lost', () => {
  it('is done with one request where that is answered', async () => {
    expect(await settled(['first'])).toEqual({ version: 'first', done: ['send'] });
  });

  it.each([
    ['it is another', refused],
    ['it exists already', exists],
    ['it is gone', gone],
  ])('is somebody else’s where the first request is refused: %s', async (_, fault) => {
    const { version, done } = await settled([fault]);
    expect(version).toBeInstanceOf(Overtaken);
    expect(version).toMatchObject({ cause: fault });
    expect(done).toEqual(['send']);
  });

  it('is looked for where no answer came, and is known by what stands there', async () => {
    expect(await settled([reset], [mine])).toEqual({ version: 'mine', done: ['send', 'look'] });
  });

  it('is looked for where the answer gives no version', async () => {
    expect(await settled([undefined], [mine])).toEqual({ version: 'mine', done: ['send', 'look'] });
  });

  it('is sent again where all is as it was', async () => {
    expect(await settled([reset, 'second'], [asBefore])).toEqual({ version: 'second', done: ['send', 'look', 'send'] });
  });

  it('is looked for when it is refused after an answer was lost: the lost one may have been done meanwhile', async () => {
    const { version, done } = await settled([reset, refused], [asBefore, mine]);
    expect({ version, done }).toEqual({ version: 'mine', done: ['send', 'look', 'send', 'look'] });
  });

  it('is somebody else’s where something else stands there', async () => {
    expect((await settled([reset], [other])).version).toBeInstanceOf(Overtaken);
    expect((await settled([reset, refused], [asBefore, other])).version).toBeInstanceOf(Overtaken);
  });

  it('ends with the service’s fault after five tries', async () => {
    const five = <T>(one: T): readonly T[] => Array(5).fill(one);
    const { version, done } = await settled(five(reset), five(asBefore));
    expect(version).toBe(reset);
    expect(done).toEqual(five(['send', 'look']).flat());
  });

  it('ends at once with a fault that does not pass', async () => {
    expect(await settled([forbidden])).toEqual({ version: forbidden, done: ['send'] });
    expect(await settled([reset, forbidden], [asBefore])).toMatchObject({ version: forbidden });
  });
});

describe('what stands there after a write', () => {
  const found = { etag: '2', run: 'r', upTo: 'a' };

  it('is as before where the version is', () => {
    expect(standingOf(found, { run: 'r', upTo: 'a' }, '2')).toEqual({ kind: 'asBefore' });
    expect(standingOf(undefined, { run: 'r' }, undefined)).toEqual({ kind: 'asBefore' });
  });

  it('is written where each property is as it was to be', () => {
    expect(standingOf(found, { run: 'r', upTo: 'a' }, '1')).toEqual({ kind: 'written', version: '2' });
    expect(standingOf(found, { run: 'r', upTo: 'a' }, undefined)).toEqual({ kind: 'written', version: '2' });
  });

  it('is somebody else’s where one of them is not, or it is gone', () => {
    expect(standingOf(found, { run: 'r', upTo: 'b' }, '1')).toEqual({ kind: 'other' });
    expect(standingOf(undefined, { run: 'r', upTo: 'a' }, '1')).toEqual({ kind: 'other' });
  });
});
