/**
 * The records of a fleet in the order in which Defender lists them, and their coming and going while it runs, so that
 * offsets shift under who is walking the list.
 */
import { type FleetPlan, isPlain } from './device.ts';
import { idsOf } from './ids.ts';
import type { SimulatedMachine } from './machine.ts';
import { keyRoom } from './packed.ts';
import { type Records, recordsOf } from './records.ts';

/** Who is in the fleet now; another one after each change. */
export interface Roll extends Pick<Records, 'machineOf' | 'saidOf'> {
  /** Places in the plan, in the order of the list: a machine's users, domains and security state follow from its place. */
  readonly indexes: Uint32Array;
  /** The place of a machine in the plan; undefined where the fleet has none of that id. */
  indexOf(id: string): number | undefined;
}

/** What becomes of many machines at once, by their places in the plan. */
export interface Changes {
  readonly changed: ReadonlyMap<number, Partial<SimulatedMachine>>;
  readonly removed: ReadonlySet<number>;
  /** They come to the end of the list. */
  readonly added: readonly number[];
}

export interface Members {
  roll(): Roll;
  /** The first place of the plan that was never in the fleet. */
  next(): number;
  /**
   * A new machine, made as the plan would make its next, but for what is said of it.
   *
   * @param at its place in the list, counted from 0; the end unless told
   * @throws Error when there is no such place, or the id is another's
   */
  add(properties: Partial<SimulatedMachine>, at?: number): SimulatedMachine;
  remove(machine: SimulatedMachine): void;
  /** @returns the record as it is from now on; the one given stays as it was */
  change(machine: SimulatedMachine, properties: Partial<SimulatedMachine>): SimulatedMachine;
  apply(changes: Changes): void;
}

export const membersOf = (plan: FleetPlan): Members => {
  const records = recordsOf(plan);
  const rollOf = (indexes: Uint32Array): Roll => ({ indexes, ...records, indexOf: idsOf(plan, indexes, records) });
  let roll = rollOf(new Uint32Array(plan.machines).map((_, index) => index));
  let next = plan.machines;
  const apply = ({ changed, removed, added }: Changes): void => {
    for (const [index, properties] of changed) records.say(index, properties);
    const left = removed.size === 0 ? roll.indexes : roll.indexes.filter((index) => !removed.has(index));
    if (added.some((index) => index > mostPlaces)) throw new Error('there is no room for so many machines');
    next = added.reduce((most, index) => Math.max(most, index + 1), next);
    roll = rollOf(joined(left, Uint32Array.from(added)));
  };
  const indexOf = ({ id }: SimulatedMachine): number => {
    const index = roll.indexOf(id);
    if (index === undefined) throw new Error(`there is no machine ${id}`);
    return index;
  };
  return {
    roll: () => roll,
    next: () => next,
    add(properties, at = roll.indexes.length) {
      const index = nextPlain(next);
      const { id } = { ...records.machineOf(index), ...properties };
      if (at > roll.indexes.length) throw new Error(`at: there is no place ${at} in a list of ${roll.indexes.length}`);
      if (roll.indexOf(id) !== undefined) throw new Error(`id: ${id} is taken`);
      next = index + 1;
      records.say(index, properties);
      roll = rollOf(joined(roll.indexes.subarray(0, at), Uint32Array.of(index), roll.indexes.subarray(at)));
      return records.machineOf(index);
    },
    remove: (machine) => apply({ ...nothing, removed: new Set([indexOf(machine)]) }),
    change(machine, properties) {
      const index = indexOf(machine);
      apply({ ...nothing, changed: new Map([[index, properties]]) });
      return records.machineOf(index);
    },
    apply,
  };
};

/** Twice a place, and one more, is a key in the order of antivirus rows. */
const mostPlaces = keyRoom / 2 - 1;

const nothing: Changes = { changed: new Map(), removed: new Set(), added: [] };

const nextPlain = (index: number): number => (isPlain(index) ? index : nextPlain(index + 1));

const joined = (...parts: readonly Uint32Array[]): Uint32Array => {
  const whole = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
};
