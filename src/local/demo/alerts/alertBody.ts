/** What the gateway tells of alerts, as far as scenes look at it. */
import * as z from 'zod';

const items = z.array(z.object({ item: z.string(), message: z.string() }));
const taken = z.object({
  accepted: z.array(z.object({ alertId: z.string(), status: z.string(), link: z.string() })),
  refused: items,
});

const machine = z.object({
  machine: z.object({ id: z.string(), computerDnsName: z.string().nullable() }),
  ageSeconds: z.number(),
  from: z.string(),
  by: z.string(),
});
const event = z.object({ id: z.string(), type: z.string(), subject: z.string(), sequence: z.string() });
const shown = z.object({
  alertId: z.string(),
  state: z.string(),
  reason: z.string().optional(),
  calls: z.number(),
  sources: z.array(z.string()),
  result: event.extend({ data: z.object({ machines: z.array(machine) }) }).optional(),
});

export type Taken = z.infer<typeof taken>;
export type ShownAlert = z.infer<typeof shown>;
export type ShownMachine = z.infer<typeof machine>;

/** What a sender is answered; undefined where nothing was taken. */
export const takenOf = (body: unknown): Taken | undefined => taken.safeParse(body).data;

/** An alert as it is shown; undefined where there is none. */
export const shownOf = (body: unknown): ShownAlert | undefined => shown.safeParse(body).data;

/** A result out of the queue. */
export const resultOf = (message: unknown): z.infer<typeof event> => event.parse(message);
