import type { FleetAlert } from '../fleetAlerts.ts';

/** The least that says which alert is meant, and on which machine. */
export const plainAlert = ({ id: alertId, machineId }: FleetAlert) => ({ alertId, machineId });

/** The same without the machine: Defender is asked for it. */
export const plainId = ({ id: alertId }: FleetAlert) => ({ alertId });
