/** What functions log through their context, which the platform writes: it goes out without secrets, and says which request it belongs to. */
import { app } from '@azure/functions';
import { toldLine } from '../log.ts';
import { tracing } from '../tracing.ts';

/** @param hook of the programming model; one before host 4.34 refuses it, and lines then go out as they were written */
export const hookLogs = (hook: Pick<typeof app.hook, 'log'> = app.hook): void => {
  try {
    hook.log((line) => {
      if (line.category === 'user') line.message = toldLine(line.message, tracing.current());
    });
  } catch {
    // What matters is redacted where it is written, too.
  }
};
