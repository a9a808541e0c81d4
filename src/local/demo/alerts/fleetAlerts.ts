import * as z from 'zod';
import type { Stage } from '../stage.ts';

const alert = z.looseObject({ id: z.string(), title: z.string(), severity: z.string(), alertCreationTime: z.string() });
const rows = z.object({ value: z.array(alert.extend({ machineId: z.unknown(), computerDnsName: z.unknown() })) });

/** An alert as Defender lists it, of a machine that Defender knows. */
export type FleetAlert = z.infer<typeof alert> & { readonly machineId: string; readonly computerDnsName: string };

/** Alerts, the machine of each another one. @throws Error when the fleet has too few */
export const fleetAlerts = async ({ defender }: Stage, count: number): Promise<readonly FleetAlert[]> => {
  const { value } = rows.parse(await defender(`/api/alerts?$top=${count * 3}`));
  const named = value.filter(
    (one): one is FleetAlert => typeof one.machineId === 'string' && typeof one.computerDnsName === 'string',
  );
  const found = [...new Map(named.map((one) => [one.machineId, one])).values()].slice(0, count);
  if (found.length < count) throw new Error(`the fleet has ${found.length} alerts of different machines, not ${count}`);
  return found;
};
