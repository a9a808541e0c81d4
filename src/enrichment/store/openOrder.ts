/** In which order stores give what is open: the longest due first. */
import type { ListOptions } from '../alertStore.ts';
import type { Delivery, DeliveryId } from '../delivery.ts';

interface Due {
  readonly key: string;
  readonly due: number;
}

/** Those that are asked for, of all that are open. @param since what they are sorted by */
export const dueFirst = <T extends Due>(
  open: readonly T[],
  { dueBefore = Number.POSITIVE_INFINITY, top }: ListOptions,
  since: (open: T) => number = ({ due }) => due,
): readonly T[] =>
  open
    .filter(({ due }) => due < dueBefore)
    .sort((a, b) => since(a) - since(b) || compare(a.key, b.key) || bySequence(a, b))
    .slice(0, top);

/** Deliveries of one alert. */
export const inSequence = (deliveries: readonly Delivery[]): readonly Delivery[] => [...deliveries].sort(bySequence);

const bySequence = (a: Partial<DeliveryId>, b: Partial<DeliveryId>): number =>
  (a.sequence ?? 0) - (b.sequence ?? 0) || compare(a.channel ?? '', b.channel ?? '');

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);
