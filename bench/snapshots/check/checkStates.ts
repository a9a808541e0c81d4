/** Whether what is stored is what Defender says: a sample of the fleet, machine by machine. */
import { isDeepStrictEqual } from 'node:util';
import type { Fleet } from '../../../src/local/simulator/fleet/fleet.ts';
import { bucketOf, usualBuckets } from '../../../src/snapshots/buckets.ts';
import type { Run } from '../../../src/snapshots/run.ts';
import type { SecurityState } from '../../../src/snapshots/securityState.ts';
import type { StateStore } from '../../../src/snapshots/stateStore.ts';
import { expectedState } from './expectedState.ts';

/** Machines that are looked at. */
const sample = 500;

/** @returns what is wrong, the first few; none where all is right */
export const checkStates = async (states: StateStore, fleet: Fleet, run: Run): Promise<readonly string[]> => {
  const wrong: string[] = [];
  const { indexes, machineOf } = fleet.roll();
  const step = Math.max(1, Math.floor(indexes.length / sample));
  for (let place = 0; place < indexes.length && wrong.length < 3; place += step) {
    const index = indexes[place] ?? 0;
    const expected = expectedState(fleet, index, run.source, run.startedAt);
    const stored = await storedState(states, machineOf(index).id);
    if (!isDeepStrictEqual(stored, expected))
      wrong.push(`stored is ${JSON.stringify(stored)}, but Defender says ${JSON.stringify(expected)}`);
  }
  return wrong;
};

const storedState = async (states: StateStore, id: string): Promise<SecurityState | undefined> => {
  const chunk = await states.chunkOf(bucketOf(id, usualBuckets), id);
  return chunk?.machines.find(({ state }) => state.id === id)?.state;
};
