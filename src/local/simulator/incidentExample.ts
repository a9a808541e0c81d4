/** An incident to play: an alert, and what a playbook knows of the machine it was raised on. */
import type { Fleet } from './fleet/fleet.ts';
import type { SimulatedMachine } from './fleet/machine.ts';
import { isLiving, namesakes } from './lookupExamples.ts';

export interface Incident {
  readonly alertId: string;
  readonly machineId: string;
  readonly hostName: string;
  /** Somebody who uses the machine. */
  readonly user: string;
}

/**
 * The first alert that was raised on a machine whose host name is no other's, with a user whose name needs no escapes.
 *
 * @param machines those that are looked at
 */
export const incidentIn = (fleet: Fleet, machines: readonly SimulatedMachine[]): Incident | undefined => {
  const alone = new Map(
    namesakes(machines).flatMap((group) => (group.length === 1 ? group.map((machine) => [machine.id, machine]) : [])),
  );
  for (const alert of fleet.alerts()) {
    const machine = alone.get(alert.machineId ?? '');
    const user = userName(alert.relatedUser);
    const hostName = machine?.computerDnsName;
    if (!machine || !hostName?.includes('.') || !isLiving(machine)) continue;
    if (user && isUserOf(fleet, user, machine)) return { alertId: alert.id, machineId: machine.id, hostName, user };
  }
  return undefined;
};

const userName = (relatedUser: unknown): string | undefined => {
  const name = typeof relatedUser === 'object' && relatedUser && 'userName' in relatedUser && relatedUser.userName;
  return typeof name === 'string' && /^[\w.-]+$/.test(name) ? name : undefined;
};

const isUserOf = (fleet: Fleet, user: string, machine: SimulatedMachine): boolean =>
  fleet.ofUser(user).some(({ id }) => id === machine.id);
