/** What was read of all that came in one go. */
import type { AlertReference } from '../reference.ts';
import type { Item } from './format.ts';
import type { ReadValue } from './recognised.ts';
import type { Referred } from './references.ts';

/** In one go, the wrong ones counted. */
export const mostAlerts = 1000;

type Wrong = Extract<Item, { kind: 'wrong' }>;
type Ignored = Extract<Item, { kind: 'ignored' }>;

export interface Gathered {
  readonly kind: 'alerts';
  readonly alerts: readonly AlertReference[];
  readonly wrong: readonly Wrong[];
  readonly ignored: readonly Ignored[];
}

/** In the order they stand in; what is ignored for the same reason is told once, with the first place. */
export const gathered = (all: readonly Referred[]): Gathered => ({
  kind: 'alerts',
  alerts: all.flatMap((one) => (one.kind === 'reference' ? [one.reference] : [])),
  wrong: all.filter((one) => one.kind === 'wrong'),
  ignored: toldOnce(all.filter((one) => one.kind === 'ignored')),
});

/** Of what the formats say, before any of it is written to be kept. */
export const alertsAmong = (values: readonly ReadValue[]): number =>
  values.reduce((total, { items }) => total + items.filter(({ kind }) => kind !== 'ignored').length, 0);

const toldOnce = (ignored: readonly Ignored[]): readonly Ignored[] => {
  const told = new Map<string, { readonly place: string; readonly others: number }>();
  for (const { place, message } of ignored) {
    const first = told.get(message);
    told.set(message, first ? { ...first, others: first.others + 1 } : { place, others: 0 });
  }
  return [...told].map(([message, { place, others }]) => {
    return { kind: 'ignored', place, message: others === 0 ? message : `${message} The same goes for ${others} more.` };
  });
};

export const tooManyAlerts = (count: number, most: number): string =>
  `There are ${count} alerts; ${most} are the most in one go. Send them in parts.`;
