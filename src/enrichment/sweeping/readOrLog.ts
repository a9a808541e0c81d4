import type { Log } from '../../log.ts';
import { told } from '../../toldFault.ts';

/** A message of the gateway's own; one that is none is logged, and names nothing that would be lost with it. */
export const readOrLog = <T>(text: string, read: (message: unknown) => T, log: Log): T | undefined => {
  try {
    return read(JSON.parse(text));
  } catch (fault) {
    log.error('A message that was given up names nothing', { text: text.slice(0, 1000), fault: told(fault) });
    return undefined;
  }
};
