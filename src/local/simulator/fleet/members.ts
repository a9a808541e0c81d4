/**
 * The records of a fleet in the order in which Defender lists them, and their coming and going while it runs, so that
 * offsets shift under who is walking the list.
 */
import { type FleetPlan, storyOf } from './device.ts';
import { machineAt, type SimulatedMachine } from './machine.ts';

/** A record, and where in the plan it comes from: its users, its domains and its security state follow from that. */
export interface Member {
  readonly index: number;
  readonly machine: SimulatedMachine;
}

export interface Members {
  /** Another array after each change. */
  all(): readonly Member[];
  /** As the plan has them, whatever has come and gone since. */
  planned(): readonly SimulatedMachine[];
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
}

export const membersOf = (plan: FleetPlan): Members => {
  let first: readonly Member[] | undefined;
  let now: readonly Member[] | undefined;
  let next = plan.machines;
  const planned = () => {
    first ??= Array.from({ length: plan.machines }, (_, index) => ({ index, machine: machineAt(plan, index) }));
    return first;
  };
  const all = () => now ?? planned();
  return {
    all,
    planned: () => planned().map(({ machine }) => machine),
    add(properties, at = all().length) {
      next = nextPlain(next);
      const machine = { ...machineAt(plan, next), ...properties };
      if (at > all().length) throw new Error(`at: there is no place ${at} in a list of ${all().length}`);
      if (all().some((member) => member.machine.id === machine.id)) throw new Error(`id: ${machine.id} is taken`);
      now = all().toSpliced(at, 0, { index: next, machine });
      next += 1;
      return machine;
    },
    remove(machine) {
      now = all().filter((member) => member.machine !== machine);
    },
    change(machine, properties) {
      const changed = { ...machine, ...properties };
      now = all().map((member) => (member.machine === machine ? { ...member, machine: changed } : member));
      return changed;
    },
  };
};

/** The next index of the plan whose record stands for itself: not merged, and nobody's twin. */
const nextPlain = (index: number): number =>
  storyOf(index).kind === 'plain' && index % 32 < 27 ? index : nextPlain(index + 1);
