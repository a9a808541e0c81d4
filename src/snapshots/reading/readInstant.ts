import { dateTicks, instantTicks } from '../../odata/instant.ts';
import { instantOfRun } from '../runId.ts';
import { type Refusal, refused, shown } from './refusal.ts';

/**
 * Reads `2026-11-01T00:00:00Z`, with any offset; `2026-11-01`, which is its midnight in UTC; or the name of a run.
 *
 * @param name of the option, for messages
 * @returns milliseconds since 1970
 */
export const readInstant = (
  name: string,
  written: string,
): { readonly kind: 'instant'; readonly at: number } | Refusal => {
  // A plus sign that nobody escaped comes as a blank.
  const text = written.trim().toUpperCase().replace(' ', '+');
  const run = instantOfRun(text);
  if (run !== undefined) return { kind: 'instant', at: run };
  const ticks = instantTicks(text) ?? dateTicks(text);
  if (ticks !== undefined) return { kind: 'instant', at: Math.min(latest, Number((ticks - epoch) / ticksPerMs)) };
  return refused(400, `${name}: ${shown(written)} is no instant; write it as 2026-11-01T00:00:00Z or 2026-11-01`);
};

const ticksPerMs = 10_000n;
const epoch = dateTicks('1970-01-01') ?? 0n;
/** The last one that can be a run's name. */
const latest = Date.UTC(9999, 11, 31, 23, 59, 58);
