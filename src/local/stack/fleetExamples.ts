import * as z from 'zod';

const incident = z.object({ alertId: z.string(), machineId: z.string(), hostName: z.string(), user: z.string() });

const fleet = z.object({
  examples: z.object({
    unknownMachineId: z.string(),
    user: z.string(),
    unknownUser: z.string(),
    domain: z.string(),
    domainOfMostMachines: z.string(),
    unknownAlertId: z.string(),
  }),
  hostNames: z.object({ inTwoDomains: z.string().optional(), unknown: z.string() }),
  /** By their shape; none in an empty fleet. */
  alertIds: z.record(z.string(), z.string()),
  incident: incident.optional(),
});

/** What there is to ask for in a simulated fleet. */
export type FleetExamples = z.infer<typeof fleet>['examples'] & {
  /** Of a machine that exists, with a minus sign where there is such a one; the unknown one in an empty fleet. */
  readonly alertId: string;
  /** An alert, its machine, the only host name of that, and a user of it; unknown ones in an empty fleet. */
  readonly incident: z.infer<typeof incident>;
  /** A short name of two machines in two domains; in a small fleet a name of none. */
  readonly ambiguousHostName: string;
};

/** Asks a running simulator. */
export const fleetExamples = async (simulator: string): Promise<FleetExamples> => {
  const response = await fetch(`${simulator}/_simulator/fleet`);
  const { examples, hostNames, alertIds, incident } = fleet.parse(await response.json());
  const { unknownAlertId, unknownMachineId, unknownUser } = examples;
  return {
    ...examples,
    alertId: alertIds.negative ?? Object.values(alertIds)[0] ?? unknownAlertId,
    incident: incident ?? {
      alertId: unknownAlertId,
      machineId: unknownMachineId,
      hostName: hostNames.unknown,
      user: unknownUser,
    },
    ambiguousHostName: hostNames.inTwoDomains ?? hostNames.unknown,
  };
};
