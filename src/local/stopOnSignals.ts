import { systemClock } from '../clock.ts';
import { environment } from '../settings.ts';
import type { RunningPart } from './part.ts';

/** npm hands a Ctrl-C on to a process that the terminal has told already: two this close are one. */
const sameMs = 500;
const lookEveryMs = 250;

/** Ends the process when it is told to: gracefully the first time, at once the second. */
export const stopOnSignals = (part: RunningPart): void => {
  let first: number | undefined;
  const stop = () => {
    if (first === undefined) {
      first = performance.now();
      part.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    } else if (performance.now() - first > sameMs) {
      process.exit(130);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // A terminal that was closed takes no more lines; the parts are to be stopped all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (environment().npm_lifecycle_event !== undefined) void shellGone().then(stop);
};

/** npm tells a SIGTERM to the shell it runs a script in; that one dies of it without a word to us. */
const shellGone = async (): Promise<void> => {
  const shell = process.ppid;
  while (process.ppid === shell) await systemClock.sleep(lookEveryMs);
};
