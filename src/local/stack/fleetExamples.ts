import * as z from 'zod';

const fleet = z.object({
  examples: z.object({
    user: z.string(),
    unknownUser: z.string(),
    domain: z.string(),
    domainOfMostMachines: z.string(),
    unknownAlertId: z.string(),
  }),
  /** By their shape; none in an empty fleet. */
  alertIds: z.record(z.string(), z.string()),
});

/** What there is to ask for in a simulated fleet. */
export type FleetExamples = z.infer<typeof fleet>['examples'] & {
  /** Of a machine that exists, with a minus sign where there is such a one; the unknown one in an empty fleet. */
  readonly alertId: string;
};

/** Asks a running simulator. */
export const fleetExamples = async (simulator: string): Promise<FleetExamples> => {
  const response = await fetch(`${simulator}/_simulator/fleet`);
  const { examples, alertIds } = fleet.parse(await response.json());
  const alertId = alertIds.negative ?? Object.values(alertIds)[0] ?? examples.unknownAlertId;
  return { ...examples, alertId };
};
