import { readFileSync } from 'node:fs';
import { readQueueSettings } from '../../../src/local/host/queues/queueSettings.ts';

describe('host.json', () => {
  it('has a message of a queue tried for two minutes before it is given up, so that storage may be away a while', () => {
    const { extensions } = JSON.parse(readFileSync('host.json', 'utf8'));
    const { visibilityTimeoutMs, maxDequeueCount } = readQueueSettings(extensions.queues);
    expect(visibilityTimeoutMs * (maxDequeueCount - 1)).toBeGreaterThanOrEqual(120_000);
  });
});
