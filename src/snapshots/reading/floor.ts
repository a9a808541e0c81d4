import type { RunId } from '../runId.ts';
import type { RunIndex } from '../runIndex.ts';

/** The oldest run that can be asked for; undefined where nothing was pruned yet, and the first one can. */
export const floorOf = async (index: Pick<RunIndex, 'note'>): Promise<RunId | undefined> => {
  const floor = await index.note('floor');
  return typeof floor?.run === 'string' ? floor.run : undefined;
};
