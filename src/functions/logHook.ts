/** What functions log through their context, which the platform writes: it goes out without secrets, and says which request it belongs to. */
import { app, type LogHookHandler } from '@azure/functions';
import { toldLine } from '../log.ts';
import { tracing } from '../tracing.ts';

/** @param hook of the programming model; a host before 4.34 refuses it, and lines then go out as they were written */
export const hookLogs = (hook: { log(handler: LogHookHandler): unknown } = app.hook): void => {
  try {
    hook.log((line) => {
      if (line.category === 'user') line.message = toldLine(line.message, tracing.current());
    });
  } catch {
    // Faults are without secrets as they are written.
  }
};
