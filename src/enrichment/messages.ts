/** What stands in the gateway's own queues: which alerts are to be enriched, which results to be delivered. JSON. */
import * as z from 'zod/mini';
import { channelNames, type DeliveryId } from './delivery.ts';

/** Several alerts that came together travel together, and their lookups with them. */
export interface EnrichMessage {
  readonly alerts: readonly Ticketed[];
}

export interface Ticketed {
  readonly key: string;
  readonly ticket: number;
}

/** Results that were ready at the same moment are delivered together. */
export interface DeliverMessage {
  readonly deliveries: readonly TicketedDelivery[];
}

export interface TicketedDelivery extends DeliveryId {
  readonly ticket: number;
}

/** As many as one merged call takes, and far below what a message holds. */
export const mostInMessage = 30;

const ticket = z.int().check(z.gte(0));
const enrichMessage = z.object({ alerts: z.array(z.object({ key: z.string(), ticket })) });
const delivery = z.object({ key: z.string(), sequence: ticket, channel: z.enum(channelNames), ticket });
const deliverMessage = z.object({ deliveries: z.array(delivery) });

/** @param message as a queue trigger gives it: an object, or a text where it is no JSON @throws Error that says what is wrong */
export const readEnrichMessage = (message: unknown): EnrichMessage => enrichMessage.parse(message);

/** @throws as `readEnrichMessage` does */
export const readDeliverMessage = (message: unknown): DeliverMessage => deliverMessage.parse(message);
