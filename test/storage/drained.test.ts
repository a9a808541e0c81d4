import { drained } from '../../src/storage/drained.ts';
import { memoryQueueReader } from '../../src/storage/memoryQueueReader.ts';
import { fakeClock } from '../support/fakeClock.ts';

const queueOf = (...texts: readonly string[]) => {
  const clock = fakeClock();
  const poison = memoryQueueReader(clock);
  for (const text of texts) poison.put(text);
  return { clock, poison };
};

describe('a poison queue that is emptied', () => {
  it('has each message dealt with once, and removed', async () => {
    const texts = Array.from({ length: 100 }, (_, at) => `${at}`);
    const { poison } = queueOf(...texts);
    const seen: string[] = [];
    const work = async (text: string) => {
      seen.push(text);
      return 'done' as const;
    };
    expect(await drained({ poison }, work)).toBe(100);
    expect([seen.sort(), await poison.length()]).toEqual([texts.sort(), 0]);
  });

  it('keeps what fails and what is to be left, with no other behind it, and not again within ten minutes', async () => {
    const { clock, poison } = queueOf('bad', 'left', 'good', 'bad');
    const seen: string[] = [];
    const work = async (text: string) => {
      seen.push(text);
      if (text === 'bad') throw new Error('storage failed');
      return text === 'left' ? ('left' as const) : ('done' as const);
    };
    const fault = new Error('storage failed');
    await expect(drained({ poison }, work)).rejects.toMatchObject({ errors: [fault, fault] });
    expect([seen.length, await poison.length()]).toEqual([4, 3]);
    clock.stall(599_000);
    expect(await drained({ poison }, work)).toBe(0);
    clock.stall(1000);
    expect(await drained({ poison }, async () => 'done')).toBe(3);
  });

  it('has nothing more begun once the time is over', async () => {
    const { clock, poison } = queueOf(...Array.from({ length: 40 }, (_, at) => `${at}`));
    let done = 0;
    const work = async () => {
      done += 1;
      return 'done' as const;
    };
    expect(await drained({ poison, isOver: () => done >= 10 }, work)).toBe(10);
    clock.stall(600_000);
    expect(await drained({ poison }, work)).toBe(30);
  });
});
