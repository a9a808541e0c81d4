/** What queues, Event Grid and Event Hubs trigger. Whatever is thrown here brings the message again. */
import type { InvocationContext } from '@azure/functions';
import type { Enriching } from '../../enrichment/enriching/createEnriching.ts';
import { readDeliverMessage, readEnrichMessage } from '../../enrichment/messages.ts';
import type { Delivering } from '../../enrichment/out/delivering.ts';
import type { EventName } from '../triggers.ts';
import { bytesOfMessage } from './rawMessage.ts';
import { type TakingServices, takeAlerts, takeAll } from './takeAlerts.ts';

export interface EventServices {
  readonly taking: TakingServices;
  readonly enriching: Enriching;
  readonly delivering: Pick<Delivering, 'deliver'>;
}

export type EventHandler = (message: unknown, context: Pick<InvocationContext, 'triggerMetadata'>) => Promise<void>;

export const eventFunctions = ({
  taking,
  enriching,
  delivering,
}: EventServices): Readonly<Record<EventName, EventHandler>> => ({
  receiveAlert: (message, { triggerMetadata }) =>
    takeAlerts(bytesOfMessage(message, triggerMetadata?.queueTrigger), 'alerts-in', taking),
  enrichAlert: (message) => enriching.enrich(readEnrichMessage(message)),
  deliverResult: (message) => delivering.deliver(readDeliverMessage(message)),
  alertRaised: (event) => takeAlerts(bytesOfMessage(event, undefined), 'Event Grid', taking),
  alertsStreamed: (events) =>
    takeAll(
      [events].flat().map((event) => bytesOfMessage(event, undefined)),
      'Event Hubs',
      taking,
    ),
});
