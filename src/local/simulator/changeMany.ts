/** Much that changes at once, as between two looks at a big fleet: security states, and machines that come and go. */
import * as z from 'zod';
import { schemaFaults } from '../schemaFaults.ts';
import { isPlain } from './fleet/device.ts';
import type { Fleet } from './fleet/fleet.ts';
import { streams } from './fleet/random.ts';
import { hasSecurityStateAt } from './fleet/securityState.ts';
import { shuffled } from './fleet/shuffled.ts';

const count = z.int().min(0).max(1_000_000);

const wish = z
  .strictObject({ share: z.number().min(0).max(1), machines: count, added: count, removed: count, seed: count })
  .partial()
  .refine(({ share, machines }) => share === undefined || machines === undefined, 'give share or machines, not both');

/** How many machines it was, and how many there are now. */
export interface ManyChanges {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly machines: number;
}

/**
 * Lets the sensors of Windows machines fall silent that report, and report that were silent (`healthStatus` `Active` or `ImpairedCommunication`), so that
 * their security states change in every list; takes others away; lets new ones come to the end of the list. The same seed chooses the
 * same machines.
 *
 * @param body `share` of the fleet, 0 to 1, or a number of `machines`; how many are `removed`, how many `added`; `seed`, 1 unless told
 * @returns fewer than was asked for where the fleet has no more of that kind
 * @throws Error that names what is wrong
 */
export const changeMany = (fleet: Fleet, body: unknown): ManyChanges => {
  const read = wish.safeParse(body ?? {});
  if (!read.success) throw new Error(schemaFaults(read.error));
  const { share = 0, machines = Math.round(share * fleet.machines().length), ...moves } = read.data;
  const chosen = choices(fleet, read.data.seed ?? 1);
  const changed = new Map(take(chosen, machines).map(({ index, turned }) => [index, turned]));
  const removed = new Set(take(chosen, moves.removed ?? 0).map(({ index }) => index));
  const added = take(newcomers(fleet), moves.added ?? 0);
  fleet.apply({ changed, removed, added });
  return { changed: changed.size, added: added.length, removed: removed.size, machines: fleet.machines().length };
};

interface Choice {
  readonly index: number;
  readonly turned: { readonly healthStatus: string };
}

const turns: Readonly<Record<string, Choice['turned']>> = {
  Active: { healthStatus: 'ImpairedCommunication' },
  ImpairedCommunication: { healthStatus: 'Active' },
};

/** Machines whose state can change so, each once. */
function* choices(fleet: Fleet, seed: number): Generator<Choice> {
  const { indexes, machineOf, saidOf } = fleet.roll();
  for (const index of shuffled(seed, streams.fleetChanges, indexes)) {
    if (!isPlain(index) || !hasSecurityStateAt(fleet.plan, index, saidOf(index))) continue;
    const turned = turns[machineOf(index).healthStatus];
    if (turned) yield { index, turned };
  }
}

/** Places of the plan that are next, of machines that have a security state. */
function* newcomers({ plan, next }: Fleet): Generator<number> {
  for (let index = next(); ; index++) if (isPlain(index) && hasSecurityStateAt(plan, index, undefined)) yield index;
}

/** It goes on where it was left. */
const take = <T>(from: Generator<T>, most: number): T[] => {
  const taken: T[] = [];
  while (taken.length < most) {
    const { value, done } = from.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
};
