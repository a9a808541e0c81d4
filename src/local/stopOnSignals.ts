import type { RunningPart } from './part.ts';

/** npm hands a Ctrl-C on to a process that the terminal has told already: two this close are one. */
const sameMs = 500;

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
};
