/** Machines that come, go and change while the simulator runs, as time has it: what its own pages take for that. */
import * as z from 'zod';
import { schemaFaults } from '../schemaFaults.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { SimulatedMachine } from './fleet/machine.ts';

const text = z.string().nullable();

const changes = z
  .strictObject({
    mergedIntoMachineId: text,
    isPotentialDuplication: z.boolean(),
    isExcluded: z.boolean(),
    exclusionReason: text,
    computerDnsName: text,
    firstSeen: z.string(),
    lastSeen: z.string(),
    lastIpAddress: text,
    osBuild: z.int().nullable(),
    healthStatus: z.string(),
    deviceValue: text,
    riskScore: text,
    exposureLevel: text,
    aadDeviceId: text,
    machineTags: z.array(z.string()),
    onboardingStatus: z.string(),
  })
  .partial();

const newcomer = changes.extend({
  id: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'is no id of 40 digits')
    .optional(),
});

/**
 * Changes a machine; what else is told of it (under its name, of its security) follows.
 *
 * @param body properties and their new values
 * @throws Error that names the machine or the property that does not exist
 */
export const changeMachine = (fleet: Fleet, idOrName: string, body: unknown): SimulatedMachine =>
  fleet.change(known(fleet, idOrName), given(changes, body));

/**
 * Adds a machine, with users and domains of its own.
 *
 * @param at   its place in the list, counted from 0; the end unless told
 * @param body properties that it shall have; the plan gives the others
 * @throws Error that names what is wrong
 */
export const addMachine = (fleet: Fleet, at: number | undefined, body: unknown): SimulatedMachine =>
  fleet.add(given(newcomer, body), at);

/** Takes a machine away. @throws Error where there is none */
export const removeMachine = (fleet: Fleet, idOrName: string): SimulatedMachine => {
  const machine = known(fleet, idOrName);
  fleet.remove(machine);
  return machine;
};

const known = (fleet: Fleet, idOrName: string): SimulatedMachine => {
  const machine = fleet.machine(idOrName);
  if (!machine) throw new Error(`there is no machine ${idOrName}`);
  return machine;
};

/** Those properties that were said. */
const given = <T extends object>(schema: z.ZodType<T>, body: unknown) => {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data as { [name in keyof T]: Exclude<T[name], undefined> };
  throw new Error(schemaFaults(read.error));
};
