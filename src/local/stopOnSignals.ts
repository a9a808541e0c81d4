import { readFileSync } from 'node:fs';
import { systemClock } from '../clock.ts';
import { environment } from '../settings.ts';
import type { RunningPart } from './part.ts';

/** npm hands a Ctrl-C on to a process that the terminal has told already: two this close are one. */
const sameMs = 500;
const lookEveryMs = 250;

/** The shell that npm runs a script in. Read before anything is started: it may be gone by the time that it is. */
const shell = process.ppid;

/**
 * Ends the process when it is told to: gracefully the first time, at once the second. Told before the part has
 * started, it waits until it has, for only then does it know all that is to be stopped. Exits with
 * `process.exitCode`, or 1 when the part does not start or stop.
 */
export const stopOnSignals = (starting: Promise<RunningPart>): void => {
  let first: number | undefined;
  const stop = () => {
    if (first === undefined) {
      first = systemClock.monotonic();
      const stopped = starting.then((part) => part.stop());
      stopped.then(
        () => process.exit(),
        () => process.exit(1),
      );
    } else if (systemClock.monotonic() - first > sameMs) {
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
  if (isForOrphans(shell)) return;
  while (process.ppid === shell) await systemClock.sleep(lookEveryMs);
};

/**
 * Whether a process is one that takes in those whose parent is gone: the first of the machine, unless that is npm
 * itself, as in a container; or the systemd of a user.
 */
const isForOrphans = (pid: number): boolean => {
  const name = nameOf(pid);
  return name === 'systemd' || (pid === 1 && !/^(npm|npx|node|yarn|pnpm|bun)\b/.test(name ?? ''));
};

/** Known on Linux only. */
const nameOf = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
};
