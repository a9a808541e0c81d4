import {
  app,
  type HttpFunctionOptions,
  type HttpHandler,
  type HttpResponseInit,
  type TimerHandler,
} from '@azure/functions';
import { authLevelOf, type CallerAuth } from '../callers/access.ts';
import { answeringFaults } from './answeringFaults.ts';
import type { EventHandler } from './events/eventFunctions.ts';
import { sentWhole } from './sentWhole.ts';
import {
  type EventName,
  eventGridTrigger,
  eventHubTrigger,
  type HttpTrigger,
  httpTriggers,
  queueTriggers,
  type TimerName,
  type TimerTrigger,
  timerTriggers,
} from './triggers.ts';

/** What functions do, by their names; asked at the first invocation. */
export interface Handlers {
  readonly http: (name: string) => Promise<HttpHandler>;
  readonly timer: (name: TimerName) => Promise<TimerHandler>;
  readonly event: (name: EventName) => Promise<EventHandler>;
}

/** What of the settings Azure is told. */
export interface TriggerSettings extends Readonly<Record<TimerTrigger['schedule'], string>> {
  /** The connection of the queues: the name under which the platform finds a connection string, or addresses for the identity. */
  readonly queueConnection: string;
  readonly callerAuth: CallerAuth;
  /** Undefined where there is no event hub. */
  readonly eventHub: { readonly name: string; readonly consumerGroup: string } | undefined;
}

/** Tells Azure of every function. */
export const register = (handlers: Handlers, settings: TriggerSettings): void => {
  for (const trigger of httpTriggers) app.http(trigger.name, httpOptions(trigger, handlers, settings));
  for (const { name, schedule } of timerTriggers) {
    app.timer(name, {
      schedule: settings[schedule],
      handler: async (timer, context) => (await handlers.timer(name))(timer, context),
    });
  }
  const handlerOf =
    (name: EventName): EventHandler =>
    async (message, context) =>
      (await handlers.event(name))(message, context);
  for (const { name, queue: queueName } of queueTriggers) {
    app.storageQueue(name, { queueName, connection: settings.queueConnection, handler: handlerOf(name) });
  }
  app.eventGrid(eventGridTrigger.name, { handler: handlerOf(eventGridTrigger.name) });
  if (settings.eventHub) registerEventHub(settings.eventHub, handlerOf(eventHubTrigger.name));
};

/** What fails is tried until it goes: the hub's events are read in order, and one that is left out never comes again. */
const registerEventHub = (
  { name: eventHubName, consumerGroup }: NonNullable<TriggerSettings['eventHub']>,
  handler: EventHandler,
): void => {
  const { name, connection } = eventHubTrigger;
  app.eventHub(name, {
    connection,
    eventHubName,
    consumerGroup,
    cardinality: 'many',
    retry: {
      strategy: 'exponentialBackoff',
      maxRetryCount: -1,
      minimumInterval: { seconds: 5 },
      maximumInterval: { minutes: 5 },
    },
    handler,
  });
};

const httpOptions = (
  { name, route, methods, access }: HttpTrigger,
  { http }: Handlers,
  { callerAuth }: TriggerSettings,
): HttpFunctionOptions => ({
  route,
  methods: [...methods],
  authLevel: authLevelOf(access, callerAuth),
  handler: wholly(answeringFaults(async (request, context) => (await http(name))(request, context))),
});

const wholly =
  (handler: HttpHandler): HttpHandler =>
  async (request, context) =>
    sentWhole((await handler(request, context)) as HttpResponseInit);
