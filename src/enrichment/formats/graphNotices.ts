/** Notifications of Graph that are of no alert to be enriched, and what to do about them. */
import { type Members, textOf } from './members.ts';

/**
 * The notice that Graph sends through Event Hubs when a subscription is made, with `NA` for all else, `clientState` too ("Receive change
 * notifications through Azure Event Hubs").
 */
export const reachabilityNotice = ({ changeType }: Members): string | undefined =>
  textOf(changeType)?.startsWith('Validation:')
    ? 'Graph tests whether it reaches the gateway; it does, and there is nothing to do.'
    : undefined;

/** What is said of the subscription, or of an alert that is gone. */
export const changeNotice = ({ lifecycleEvent, changeType }: Members): string | undefined => {
  const event = textOf(lifecycleEvent);
  if (event !== undefined) return lifecycleNotice(event);
  return textOf(changeType) === 'deleted' ? 'Graph says that this alert was deleted.' : undefined;
};

/**
 * @param event as "Reduce missing change notifications" names it, or as the types of Event Grid's events do:
 *   `Microsoft.Graph.SubscriptionReauthorizationRequired` ("Subscribe to Microsoft Graph API events")
 */
export const lifecycleNotice = (event: string): string => {
  const name = event.toLowerCase().replace(/^microsoft\.graph\.(?:subscription(?=reauth))?/, '');
  return lifecycles.get(name) ?? `Graph says "${event.slice(0, 80)}" of the subscription.`;
};

const lifecycles = new Map([
  [
    'reauthorizationrequired',
    'Graph asks for the subscription to be renewed (POST /subscriptions/{id}/reauthorize, or PATCH its expirationDateTime); without that no more alerts come.',
  ],
  ['subscriptionremoved', 'Graph has removed the subscription: make it anew, or no more alerts come.'],
  ['missed', 'Graph says that notifications were lost: list the alerts of that time, and send them to the gateway.'],
]);
