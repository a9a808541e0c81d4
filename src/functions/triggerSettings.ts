import type { CallerAuth } from '../callers/access.ts';
import type { TriggerSettings } from './register.ts';
import type { TimerTrigger } from './triggers.ts';

type Given = Readonly<Record<TimerTrigger['schedule'], string>> & {
  readonly CALLER_AUTH: CallerAuth;
  readonly AlertQueues?: string | undefined;
  readonly AlertQueues__accountName?: string | undefined;
  readonly AlertQueues__queueServiceUri?: string | undefined;
  readonly AlertStream?: string | undefined;
  readonly AlertStream__fullyQualifiedNamespace?: string | undefined;
  readonly ALERT_STREAM_HUB?: string | undefined;
  readonly ALERT_STREAM_CONSUMER_GROUP: string;
};

/** What of the settings Azure is told: connections by their names, for their secrets are the platform's to read. */
export const triggerSettings = (settings: Given): TriggerSettings => {
  const { SNAPSHOT_SCHEDULE, SNAPSHOT_RESUME_SCHEDULE, SNAPSHOT_PRUNE_SCHEDULE } = settings;
  const { ALERT_SWEEP_SCHEDULE, OPERATION_SWEEP_SCHEDULE } = settings;
  return {
    callerAuth: settings.CALLER_AUTH,
    SNAPSHOT_SCHEDULE,
    SNAPSHOT_RESUME_SCHEDULE,
    SNAPSHOT_PRUNE_SCHEDULE,
    ALERT_SWEEP_SCHEDULE,
    OPERATION_SWEEP_SCHEDULE,
    queueConnection: hasQueues(settings) ? 'AlertQueues' : 'AzureWebJobsStorage',
    eventHub: eventHubOf(settings),
  };
};

const hasQueues = (settings: Given): boolean =>
  [settings.AlertQueues, settings.AlertQueues__accountName, settings.AlertQueues__queueServiceUri].some(
    (set) => set !== undefined,
  );

const eventHubOf = (settings: Given): TriggerSettings['eventHub'] => {
  const { AlertStream, AlertStream__fullyQualifiedNamespace: namespace, ALERT_STREAM_HUB: name } = settings;
  if (AlertStream === undefined && namespace === undefined) return undefined;
  return { name: name ?? '', consumerGroup: settings.ALERT_STREAM_CONSUMER_GROUP };
};
