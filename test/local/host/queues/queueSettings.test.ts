import { readQueueSettings } from '../../../../src/local/host/queues/queueSettings.ts';

describe('extensions.queues of host.json', () => {
  it.each([undefined, null, {}, 'x'])('has the defaults of Azure when it is %j', (given) => {
    expect(readQueueSettings(given)).toEqual({
      batchSize: 16,
      newBatchThreshold: 8,
      maxPollingIntervalMs: 60_000,
      visibilityTimeoutMs: 0,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    });
  });

  it('says what it says', () => {
    const given = {
      batchSize: 5,
      maxPollingInterval: '00:00:02',
      visibilityTimeout: '00:00:30',
      maxDequeueCount: 1,
      messageEncoding: 'None',
    };
    expect(readQueueSettings(given)).toEqual({
      batchSize: 5,
      newBatchThreshold: 2,
      maxPollingIntervalMs: 2_000,
      visibilityTimeoutMs: 30_000,
      maxDequeueCount: 1,
      messageEncoding: 'none',
    });
    expect(readQueueSettings({ batchSize: 1, newBatchThreshold: 0 })).toMatchObject({ newBatchThreshold: 0 });
  });

  it.each([
    [{ batchSize: 0 }, 'batchSize of host.json is 0; write a whole number from 1 to 32'],
    [{ batchSize: 33 }, 'batchSize of host.json is 33'],
    [{ batchSize: 'many' }, 'batchSize of host.json is many'],
    [{ newBatchThreshold: -1 }, 'newBatchThreshold of host.json is -1'],
    [{ maxDequeueCount: 0 }, 'maxDequeueCount of host.json is 0'],
    [{ maxPollingInterval: '00:00:00.05' }, 'maxPollingInterval of host.json is 00:00:00.05'],
    [{ maxPollingInterval: 2000 }, 'maxPollingInterval of host.json is 2000; write a time span'],
    [{ visibilityTimeout: 'soon' }, 'visibilityTimeout of host.json is soon'],
    [{ messageEncoding: 'utf8' }, 'messageEncoding is utf8; write base64 or none'],
  ])('is refused where Azure would: %j', (given, message) => {
    expect(() => readQueueSettings(given)).toThrow(message);
  });
});
