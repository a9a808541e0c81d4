// How every command of this machine behaves: --help, wrong arguments named with exit code 2, any other fault with 1
// and without a trace of the code, an end on SIGINT, SIGTERM or SIGHUP, also while it is still starting.

import { environment } from '../settings.ts';
import type { RunningPart } from './part.ts';
import { stopOnSignals } from './stopOnSignals.ts';
import { withoutProxy } from './withoutProxy.ts';

/** The caller's arguments are wrong; the message names the one and shows a right one. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

export interface Command {
  readonly name: string;
  /** What `--help` prints. */
  readonly help: string;
  /**
   * Starts the part, and prints where it is.
   *
   * @throws WrongArguments; any other error ends the command with exit code 1. Nothing is left behind.
   */
  start(args: readonly string[]): Promise<RunningPart>;
}

/** Runs it until it is told to stop. Sets the process's exit code: 0, 1 or 2. */
export const runCommand = async ({ name, help, start }: Command, args: readonly string[]): Promise<void> => {
  if (args.includes('--help') || args.includes('-h')) return console.log(help);
  // For this process and those that it starts: the storage clients of both read it themselves.
  Object.assign(environment(), withoutProxy(environment()));
  const starting = Promise.resolve().then(() => start(args));
  stopOnSignals(starting);
  try {
    await starting;
  } catch (error) {
    process.exitCode = isWrongArguments(error) ? 2 : 1;
    console.error(`${name}: ${withoutTrace(error)}`);
  }
};

/** Reads a whole number; undefined where the argument was not given. @throws WrongArguments */
export const wholeNumber = (
  name: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined => {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d{1,12}$/.test(text) && value >= least && value <= most) return value;
  throw new WrongArguments(`--${name} ${text}: give a whole number from ${least} to ${most}`);
};

/** What `read` gives. @throws WrongArguments that names the argument, with what `read` threw */
export const checked = <T>(name: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    throw new WrongArguments(`--${name}: ${(error as Error).message}`, { cause: error });
  }
};

/** `parseArgs` of node:util throws its own errors for unknown and badly written options. */
const isWrongArguments = (error: unknown): boolean =>
  error instanceof WrongArguments ||
  String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('ERR_PARSE_ARGS');

/** What went wrong, without the lines that say where in the code. */
const withoutTrace = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\n\s+at .*/g, '');
