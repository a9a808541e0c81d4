import { memoryQueueReader } from '../../src/storage/memoryQueueReader.ts';
import { toldPoison } from '../../src/storage/toldPoison.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { recordedLog } from '../support/recordedLog.ts';

describe('a poison queue', () => {
  it('tells that it holds messages when they are taken, and nothing where there are none', async () => {
    const log = recordedLog();
    const queue = memoryQueueReader(fakeClock());
    queue.put('a');
    queue.put('b');
    const reader = toldPoison('alerts-in-poison', queue, log);
    expect(await reader.take(32, 60)).toHaveLength(2);
    expect(await reader.take(32, 60)).toHaveLength(0);
    expect(log.lines).toEqual([
      { level: 'warn', message: 'A poison queue holds messages', queue: 'alerts-in-poison', messages: 2 },
    ]);
  });
});
