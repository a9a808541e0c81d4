/** Deliveries in memory. */

import { type MemoryWrites, writing } from '../../storage/memoryWrites.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Versioned } from '../alertStore.ts';
import type { Delivery, DeliveryId } from '../delivery.ts';
import { inSequence } from './openOrder.ts';

export interface MemoryOutbox {
  all(): readonly Delivery[];
  of(key: string): readonly Delivery[];
  read(id: DeliveryId): Versioned<Delivery> | undefined;
  add(delivery: Delivery): void;
  /** @throws Overtaken where it is another, or gone */
  save(delivery: Delivery, version: string): string;
  remove(id: DeliveryId): void;
  /** All of an alert. */
  forget(key: string): void;
}

export const memoryOutbox = (writes: MemoryWrites): MemoryOutbox => {
  const kept = new Map<string, { readonly text: string; readonly version: string }>();
  let versions = 0;

  const all = (): readonly Delivery[] => [...kept.values()].map(({ text }) => JSON.parse(text) as Delivery);
  const of = (key: string): readonly Delivery[] => inSequence(all().filter((delivery) => delivery.key === key));
  const put = (delivery: Delivery): string => {
    versions += 1;
    kept.set(nameOf(delivery), { text: JSON.stringify(delivery), version: `${versions}` });
    return `${versions}`;
  };

  return {
    all,
    of,
    read(id) {
      const found = kept.get(nameOf(id));
      return found && { value: JSON.parse(found.text) as Delivery, version: found.version };
    },
    add: put,
    save: (delivery, version) =>
      writing(writes, 'saveDelivery', () => {
        if (kept.get(nameOf(delivery))?.version === version) return put(delivery);
        throw new Overtaken(`The delivery of alert ${delivery.key} was written by somebody else`);
      }),
    remove: (id) => writing(writes, 'removeDelivery', () => void kept.delete(nameOf(id))),
    forget(key) {
      for (const delivery of of(key)) kept.delete(nameOf(delivery));
    },
  };
};

const nameOf = ({ key, sequence, channel }: DeliveryId): string => JSON.stringify([key, sequence, channel]);
