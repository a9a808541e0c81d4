/**
 * Events in Event Grid's own schema ("Azure Event Grid event schema"), and its question whether they are wanted ("Endpoint validation with
 * Event Grid event schema").
 */
import { lifecycleNotice } from './graphNotices.ts';
import { isObject, type Members, membersOf, textOf } from './members.ts';

export const isEventGridEvent = (value: unknown): value is Members =>
  isObject(value) &&
  textOf(value.eventType) !== undefined &&
  ('data' in value || (textOf(value.id) !== undefined && textOf(value.eventTime) !== undefined));

/** The code to answer with, where this asks whether events are wanted. */
export const validationCode = (event: unknown, headers: Readonly<Record<string, string>>): string | undefined => {
  const { eventType, data } = membersOf(event);
  const asks =
    headers['aeg-event-type']?.trim().toLowerCase() === 'subscriptionvalidation' ||
    eventType === 'Microsoft.EventGrid.SubscriptionValidationEvent';
  return asks ? textOf(membersOf(data).validationCode) : undefined;
};

/** What an event in either schema says that is about the subscription, not about an alert; undefined of any other. */
export const noticeOf = (event: Members): string | undefined => {
  const type = textOf(event.eventType) ?? textOf(event.type) ?? '';
  if (type === 'Microsoft.EventGrid.SubscriptionDeletedEvent') {
    return 'Event Grid says that the subscription was deleted: it sends no more alerts until there is another one.';
  }
  return /^microsoft\.graph\.subscription/i.test(type) ? lifecycleNotice(type) : undefined;
};
