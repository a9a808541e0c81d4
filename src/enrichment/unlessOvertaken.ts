import { Overtaken } from '../storage/overtaken.ts';

/** A write that nobody misses where somebody else was faster: whoever that was goes on with it. */
export const unlessOvertaken = async (write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (fault) {
    if (!(fault instanceof Overtaken)) throw fault;
  }
};
