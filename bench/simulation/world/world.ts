/** All that a run has in common. */
import type { Log } from '../../../src/log.ts';
import type { Draws } from '../draws.ts';
import type { SimulationOptions } from '../options.ts';
import type { Digest } from '../result/digest.ts';
import type { Tally } from '../result/tally.ts';
import type { VirtualTime } from '../time/virtualTime.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { SimulatedProcess } from './process.ts';
import type { SimulatedStore } from './store.ts';

export interface World {
  readonly options: SimulationOptions;
  readonly time: VirtualTime;
  /** The date when virtual time begins. */
  readonly epochMs: number;
  readonly draws: Draws;
  readonly log: Log;
  readonly digest: Digest;
  readonly tally: Tally;
  readonly store: SimulatedStore;
  readonly upstream: Upstream;
  /** While the first process starts, which knows that nothing was called before. */
  isFounding: boolean;
  /** Who sits where; undefined between a crash and the next start. */
  readonly seats: (SimulatedProcess | undefined)[];
  /** Every process there ever was. */
  readonly processes: SimulatedProcess[];
  /** When counting begins that is not to see the start. */
  readonly warmAtMs: number;
}
