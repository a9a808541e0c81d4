/** What queues, Event Grid and Event Hubs trigger. Whatever is thrown here brings the message again. */
import type { InvocationContext } from '@azure/functions';
import type { Enriching } from '../../enrichment/enriching/createEnriching.ts';
import { readDeliverMessage, readEnrichMessage } from '../../enrichment/messages.ts';
import type { Delivering } from '../../enrichment/out/delivering.ts';
import { originOf } from '../../storage/tracedQueue.ts';
import { type RunContext, tracedRun } from '../traced.ts';
import type { EventName } from '../triggers.ts';
import { bytesOfMessage } from './rawMessage.ts';
import { type TakingServices, takeAlerts, takeAll } from './takeAlerts.ts';

/** What the functions of alerts work with. */
export interface AlertEventServices {
  readonly taking: TakingServices;
  readonly enriching: Enriching;
  readonly delivering: Pick<Delivering, 'deliver'>;
}

export interface EventServices extends AlertEventServices {
  /** Asks what was parked. */
  readonly runOperation: (message: unknown) => Promise<void>;
}

export type EventHandler = (message: unknown, context: EventContext) => Promise<void>;

type EventContext = Pick<InvocationContext, 'triggerMetadata'> & RunContext;

export const eventFunctions = ({
  taking,
  enriching,
  delivering,
  runOperation,
}: EventServices): Readonly<Record<EventName, EventHandler>> => ({
  receiveAlert: traced((message, { triggerMetadata }) =>
    takeAlerts(bytesOfMessage(message, triggerMetadata?.queueTrigger), 'alerts-in', taking),
  ),
  enrichAlert: ownMessage((message) => enriching.enrich(readEnrichMessage(message))),
  deliverResult: ownMessage((message) => delivering.deliver(readDeliverMessage(message))),
  runOperation: ownMessage(runOperation),
  alertRaised: traced((event) => takeAlerts(bytesOfMessage(event, undefined), 'Event Grid', taking)),
  alertsStreamed: traced((events) =>
    takeAll(
      [events].flat().map((event) => bytesOfMessage(event, undefined)),
      'Event Hubs',
      taking,
    ),
  ),
});

const traced =
  (handler: EventHandler): EventHandler =>
  (message, context) =>
    tracedRun(context, () => handler(message, context));

/** A message of the gateway to itself: it is of the trace of the request that it is there for. */
const ownMessage =
  (act: (message: unknown) => Promise<void>): EventHandler =>
  (message, context) =>
    tracedRun(context, async () => act(message), originOf(message));
