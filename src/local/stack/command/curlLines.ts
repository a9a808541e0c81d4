import * as z from 'zod';

/** What is read of the simulator's `/_simulator/fleet`. */
const fleet = z.object({
  examples: z.object({ user: z.string(), domain: z.string(), unknownAlertId: z.string() }),
  alertIds: z.record(z.string(), z.string()),
});

/** One line for a shell for each of the five calls, asking for what the simulated fleet has. */
export const curlLines = async (stack: { readonly url: string; readonly simulator: string; readonly key: string }) => {
  const response = await fetch(`${stack.simulator}/_simulator/fleet`);
  const targets = exampleTargets(fleet.parse(await response.json()));
  return targets.map((target) => `curl -s -H 'x-functions-key: ${stack.key}' '${stack.url}${target}'`);
};

/** Paths and queries, encoded so that they can stand between single quotes. */
const exampleTargets = ({ examples, alertIds }: z.infer<typeof fleet>): readonly string[] => {
  const alert = alertIds.negative ?? Object.values(alertIds)[0] ?? examples.unknownAlertId;
  return [
    `/api/machines?$filter=${encoded("healthStatus eq 'Active'")}&$top=2`,
    `/api/users/${encoded(examples.user)}/machines`,
    `/api/domains/${encoded(examples.domain)}/machines`,
    `/api/alerts/${encoded(alert)}/machine`,
    '/testwdatppreview/machinesecuritystates',
  ];
};

const encoded = (value: string): string => encodeURIComponent(value).replaceAll("'", '%27');
