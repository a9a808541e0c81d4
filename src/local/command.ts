// How a command that starts one part behaves: --help, wrong arguments named with exit code 2, its address when
// ready, an end on SIGINT or SIGTERM.

import type { RunningPart } from './part.ts';
import { stopOnSignals } from './stopOnSignals.ts';

/** The caller's arguments are wrong; the message names the one and shows a right one. */
export class WrongArguments extends Error {
  override readonly name = 'WrongArguments';
}

export interface Command {
  readonly name: string;
  /** What `--help` prints. */
  readonly help: string;
  /** @throws WrongArguments; any other error ends the command with exit code 1. */
  start(args: readonly string[]): Promise<RunningPart>;
}

/** Runs it until it is told to stop. Sets the process's exit code: 0, 1 or 2. */
export const runCommand = async (command: Command, args: readonly string[]): Promise<void> => {
  if (args.includes('--help') || args.includes('-h')) return console.log(command.help);
  try {
    const part = await command.start(args);
    stopOnSignals(part);
    console.log(`${command.name}: ${part.url}`);
  } catch (error) {
    process.exitCode = isWrongArguments(error) ? 2 : 1;
    console.error(`${command.name}: ${(error as Error).message}`);
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

/** Whether the caller's arguments are to blame: `parseArgs` of node:util throws its own errors for unknown and badly written options. */
export const isWrongArguments = (error: unknown): boolean =>
  error instanceof WrongArguments ||
  String((error as NodeJS.ErrnoException | undefined)?.code).startsWith('ERR_PARSE_ARGS');
