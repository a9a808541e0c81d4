/** What is told of each machine: as the plan has it, but for what was said of it since. */
import { type FleetPlan, isKept } from './device.ts';
import { machineAt, type SimulatedMachine } from './machine.ts';

export interface Records {
  /** The record of a place in the plan, as it is now. In a fleet that is not big, the same object until it changes. */
  machineOf(index: number): SimulatedMachine;
  /** What was said of it; undefined where nothing was. */
  saidOf(index: number): Partial<SimulatedMachine> | undefined;
  say(index: number, properties: Partial<SimulatedMachine>): void;
}

export const recordsOf = (plan: FleetPlan): Records => {
  const said = new Map<number, Partial<SimulatedMachine>>();
  const kept = new Map<number, SimulatedMachine>();
  const made = (index: number): SimulatedMachine => {
    const properties = said.get(index);
    const machine = machineAt(plan, index);
    return properties ? { ...machine, ...properties } : machine;
  };
  const keep = (index: number): SimulatedMachine => {
    const machine = made(index);
    kept.set(index, machine);
    return machine;
  };
  return {
    machineOf: isKept(plan) ? (index) => kept.get(index) ?? keep(index) : made,
    saidOf: (index) => said.get(index),
    say(index, properties) {
      const before = said.get(index);
      said.set(index, before ? { ...before, ...properties } : properties);
      kept.delete(index);
    },
  };
};
