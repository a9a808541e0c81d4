/** What the gateway tells of snapshots, as far as scenes look at it. */
import * as z from 'zod';

const texts = z.array(z.string());
const counts = z.record(z.string(), z.number());

const run = z.object({
  id: z.string(),
  startedAt: z.string(),
  state: z.string(),
  source: z.string(),
  progress: z.unknown(),
  counts: z.object({
    received: z.number(),
    duplicates: z.number(),
    stored: z.number(),
    machines: z.number(),
    requireAttention: z.number(),
    changes: counts,
  }),
  cost: z.object({ calls: z.number(), messages: z.number(), tableTransactions: z.number(), seconds: z.number() }),
});

const state = z.object({ propertiesRequireAttention: texts });
const change = z.object({ id: z.string(), change: z.string(), before: state.nullable(), after: state.nullable() });
const machine = state.extend({ id: z.string() });
const version = z.object({ from: z.string(), change: z.string().nullable(), state: state.nullable() });

export type SnapshotRun = z.infer<typeof run>;
export type SnapshotChange = z.infer<typeof change>;

const listOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ value: z.array(row), '@odata.count': z.number().optional() });

/** @throws where the body is not what the name says */
export const runsOf = (body: unknown): readonly SnapshotRun[] => listOf(run).parse(body).value;

export const changesOf = (body: unknown): readonly SnapshotChange[] => listOf(change).parse(body).value;

export const statesOf = (body: unknown): readonly z.infer<typeof machine>[] => listOf(machine).parse(body).value;

export const versionsOf = (body: unknown): readonly z.infer<typeof version>[] => listOf(version).parse(body).value;

const event = z.object({ id: z.string(), type: z.string(), subject: z.string() });

/** A CloudEvent out of the queue. */
export const eventOf = (message: unknown): z.infer<typeof event> => event.parse(message);

const changed = z.object({ changed: z.number(), added: z.number(), removed: z.number() });

/** What the simulator says that it changed. */
export const fleetChangesOf = (body: unknown): z.infer<typeof changed> => changed.parse(body);
