import * as z from 'zod';
import { schemaFaults } from '../schemaFaults.ts';
import type { Fleet } from './fleet/fleet.ts';
import type { SimulatedMachine } from './fleet/machine.ts';
import { forgetRowText } from './rowText.ts';

const changes = z
  .strictObject({
    computerDnsName: z.string().nullable(),
    lastSeen: z.string(),
    osBuild: z.int().nullable(),
    healthStatus: z.string(),
    deviceValue: z.string().nullable(),
    riskScore: z.string().nullable(),
    exposureLevel: z.string().nullable(),
    machineTags: z.array(z.string()),
    onboardingStatus: z.string(),
  })
  .partial();

/**
 * Changes a machine while the simulator runs, as time does, so that two snapshots differ. What is made from the
 * machine already (its name's directory, its security state) stays as it was.
 *
 * @param body properties and their new values
 * @throws Error that names the machine or the property that does not exist
 */
export const changeMachine = (fleet: Fleet, idOrName: string, body: unknown): SimulatedMachine => {
  const machine = fleet.machine(idOrName);
  if (!machine) throw new Error(`there is no machine ${idOrName}`);
  const read = changes.safeParse(body ?? {});
  if (!read.success) throw new Error(schemaFaults(read.error));
  forgetRowText(machine);
  return Object.assign(machine, read.data);
};
