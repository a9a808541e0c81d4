import { register } from '../../src/functions/register.ts';
import { triggerSettings } from '../../src/functions/triggerSettings.ts';
import { queueTriggers } from '../../src/functions/triggers.ts';
import { readSettings } from '../../src/settings.ts';
import { registered } from '../support/functionsCore.ts';

const asleep = async () => Promise.reject(new Error('nothing is asked'));

/** What Azure was told of functions, with these settings besides a connection string. */
const told = (given: Readonly<Record<string, string>>) => {
  const settings = readSettings({ CALLER_AUTH: 'key', AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...given });
  register({ http: asleep, timer: asleep, event: asleep }, triggerSettings(settings));
  const bindings = [...registered()].map(([name, { metadata }]) => [name, metadata] as const);
  return Object.fromEntries(bindings);
};

const [{ name: ofQueue }] = queueTriggers;

describe('the functions that Azure is told of', () => {
  it('have no event hub where none is set', () => {
    expect(Object.keys(told({}))).not.toContain('alertsStreamed');
  });

  it('try events of the hub for ever, some seconds to five minutes apart', () => {
    const { alertsStreamed } = told({
      AlertStream__fullyQualifiedNamespace: 'streams.servicebus.windows.net',
      ALERT_STREAM_HUB: 'alerts',
      ALERT_STREAM_CONSUMER_GROUP: 'gateway',
    });
    expect(alertsStreamed).toMatchObject({
      bindings: {
        [Object.keys(alertsStreamed?.bindings ?? {})[0] ?? '']: {
          type: 'eventHubTrigger',
          connection: 'AlertStream',
          eventHubName: 'alerts',
          consumerGroup: 'gateway',
          cardinality: 'many',
        },
      },
      retryOptions: {
        retryStrategy: 'exponentialBackoff',
        maxRetryCount: -1,
        minimumInterval: { seconds: 5 },
        maximumInterval: { seconds: 300 },
      },
    });
  });

  it.each([
    [{}, 'AzureWebJobsStorage'],
    [{ AzureWebJobsStorage__accountName: 'host' }, 'AzureWebJobsStorage'],
    [{ AlertQueues: 'UseDevelopmentStorage=true' }, 'AlertQueues'],
    [{ AlertQueues__accountName: 'own' }, 'AlertQueues'],
    [{ AlertQueues__queueServiceUri: 'https://own.example' }, 'AlertQueues'],
  ])('listen to the queues of the account that is set: %j', (given, connection) => {
    expect(Object.values(told(given)[ofQueue]?.bindings ?? {})).toMatchObject([{ connection }]);
  });
});

describe('what of the settings Azure is told', () => {
  it('holds no secret, and nothing but what is needed', () => {
    const settings = readSettings({
      CALLER_AUTH: 'key',
      AzureWebJobsStorage: 'hidden',
      EVENT_GRID_TOPIC_KEY: 'hidden',
      AlertQueues: 'hidden',
    });
    const given = triggerSettings(settings);
    expect(JSON.stringify(given)).not.toContain('hidden');
    expect(Object.keys(given).sort()).toEqual([
      'ALERT_SWEEP_SCHEDULE',
      'OPERATION_SWEEP_SCHEDULE',
      'SNAPSHOT_PRUNE_SCHEDULE',
      'SNAPSHOT_RESUME_SCHEDULE',
      'SNAPSHOT_SCHEDULE',
      'callerAuth',
      'eventHub',
      'queueConnection',
    ]);
  });
});
