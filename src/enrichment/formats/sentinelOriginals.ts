/**
 * What is kept of each alert of an incident: the incident without its other alerts, or a hundred and fifty alerts of a megabyte would be kept in a
 * hundred and fifty. Where even what they share is too much to be kept so often, it is with the first.
 */
import type { Item } from './format.ts';
import type { Members } from './members.ts';

/** The incident around some of its alerts. */
export type Frame = (alerts: readonly unknown[]) => Members;

/** Characters that all alerts of an incident are kept in together, besides their own. */
export const mostShared = 16 * 1024 * 1024;

/** @param items of which each alert's original is the alert alone */
export const keptAlerts = (items: readonly Item[], frame: Frame): readonly Item[] => {
  const alerts = items.filter(({ kind }) => kind === 'alert');
  const isForAll = alerts.length * sizeOf(frame([])) <= mostShared;
  return items.map((item) => {
    if (item.kind !== 'alert' || !(isForAll || item === alerts[0])) return item;
    const { alert } = item;
    return { kind: 'alert', alert: { ...alert, original: frame([alert.original]) } };
  });
};

/** What lies too deep is found wrong where it is written. */
const sizeOf = (value: Members): number => {
  try {
    return JSON.stringify(value).length;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};
