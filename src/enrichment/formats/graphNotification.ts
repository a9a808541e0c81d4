/**
 * Change notifications of Microsoft Graph ("Receive change notifications through webhooks"): several in one body, or one as the data of an event.
 * Only the secret that they bring, `clientState`, tells them from what others send; it goes no further than here.
 */
import { alertItem } from './alertItem.ts';
import { withoutClientState } from './clientState.ts';
import type { Format, FormatRules, Item } from './format.ts';
import { changeNotice, reachabilityNotice } from './graphNotices.ts';
import { alertInResource } from './graphResource.ts';
import { isObject, type Members, within } from './members.ts';

export const graphNotificationFormat: Format = {
  name: 'graphNotification',
  title: 'Graph change notifications ({"value":[{"subscriptionId":"…","clientState":"…","resourceData":{"id":"…"}}]})',
  read(value, place, rules) {
    if (isNotification(value)) return [readOne(value, place, rules)];
    const list = isObject(value) ? value.value : undefined;
    if (!Array.isArray(list) || !list.some(isNotification)) return undefined;
    return list.map((one, index) => {
      const at = within(place, `value[${index}]`);
      return isNotification(one)
        ? readOne(one, at, rules)
        : wrong(at, 'This is no change notification, as others here are.');
    });
  },
};

const isNotification = (value: unknown): value is Members =>
  isObject(value) &&
  'subscriptionId' in value &&
  ['changeType', 'lifecycleEvent', 'clientState', 'resourceData'].some((name) => name in value);

const readOne = (notification: Members, place: string, { clientStates }: FormatRules): Item => {
  const test = reachabilityNotice(notification);
  if (test !== undefined) return { kind: 'ignored', place, message: test };
  const fault = stateFault(notification.clientState, clientStates);
  if (fault !== undefined) return wrong(place, fault);
  const notice = changeNotice(notification);
  if (notice !== undefined) return { kind: 'ignored', place, message: notice };
  const alert = alertInResource(notification);
  const original = withoutClientState(notification);
  return alert.kind === 'wrong'
    ? wrong(place, alert.message)
    : alertItem({ ...alert, place, machineIds: [], raisedAt: [], original });
};

const stateFault = (clientState: unknown, known: readonly string[]): string | undefined => {
  if (known.length === 0) {
    return 'clientState is not known: set GRAPH_CLIENT_STATE to what the subscription was made with, and send this again.';
  }
  if (clientState === undefined || clientState === null) {
    return 'clientState is missing; make the subscription with one that stands in the setting GRAPH_CLIENT_STATE.';
  }
  return typeof clientState === 'string' && known.includes(clientState)
    ? undefined
    : 'clientState is none of those in the setting GRAPH_CLIENT_STATE.';
};

const wrong = (place: string, message: string): Item => ({ kind: 'wrong', place, message });
