/** What Defender's side saw, from the simulator's own pages. */
import * as z from 'zod';
import type { Stage } from './stage.ts';

const arrivals = z.object({
  total: z.number(),
  arrivals: z.array(z.object({ at: z.number(), headers: z.record(z.string(), z.string()) })),
});
const window = z.object({ calls: z.number(), refused: z.number(), within: z.boolean() });
const windows = z.object({ routes: z.record(z.string(), window), all: z.object({ refused: z.number() }) });

/** How many calls arrived so far. */
export const arrivalsSoFar = async ({ simulator }: Stage): Promise<number> =>
  arrivals.parse(await simulator('arrivals')).total;

/** The trace ids of the calls on a route, in the order of their arrival. */
export const tracesOf = async ({ simulator }: Stage, route: string): Promise<readonly string[]> => {
  const found = arrivals.parse(await simulator(`arrivals?route=${route}`));
  return found.arrivals.flatMap(({ headers }) => headers.traceparent ?? []);
};

export interface QuotaSeen {
  /** Calls in the fullest window of any route. */
  readonly fullest: number;
  /** Whether every window of every route held the limit. */
  readonly within: boolean;
  /** Calls that Defender answered 429. */
  readonly refused: number;
}

/** How the limit of the stage was kept since the simulator started. */
export const quotaSeen = async ({ simulator, limit }: Stage): Promise<QuotaSeen> => {
  const { routes, all } = windows.parse(await simulator(`windows?seconds=${limit.seconds}&calls=${limit.calls}`));
  const each = Object.values(routes);
  return {
    fullest: Math.max(0, ...each.map(({ calls }) => calls)),
    within: each.every(({ within }) => within),
    refused: all.refused,
  };
};
