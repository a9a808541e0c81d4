/** The bench: one measurement after the other, each with processes of its own; the figures in one line at the end. */
import { setMaxListeners } from 'node:events';
import type { Command } from '../../src/local/command.ts';
import type { RunningPart } from '../../src/local/part.ts';
import { type BenchArguments, help, readArguments } from './arguments.ts';
import type { Measuring } from './measures/measure.ts';
import { measures } from './measures/measures.ts';
import { isWrong } from './report/isWrong.ts';
import { resultLine } from './report/resultLine.ts';
import type { Place } from './stage/stage.ts';

export interface Economy extends Omit<Place, 'signal'> {
  readonly print: (line: string) => void;
}

/** The command `npm run bench:economy`: ends by itself. */
export const economyCommand = (economy: Economy): Command => ({
  name: 'bench:economy',
  help,
  async start(args) {
    const given = readArguments(args);
    // Until all was seen; a bench that is broken off proves nothing.
    process.exitCode = 1;
    const breaking = new AbortController();
    setMaxListeners(0, breaking.signal); // one for each request under way
    const done = measureAll({ ...economy, effort: given.effort, signal: breaking.signal }, given).then((good) => {
      if (good) process.exitCode = 0;
    });
    return runningUntil(done, breaking);
  },
});

const runningUntil = (done: Promise<void>, breaking: AbortController): RunningPart => ({
  url: '',
  async stop() {
    breaking.abort();
    await done;
  },
});

/** Whether everything could be measured, and every answer was right. */
const measureAll = async (measuring: Measuring, { measures: chosen }: BenchArguments): Promise<boolean> => {
  const found: Record<string, unknown> = {};
  const failed: Record<string, string> = {};
  for (const name of chosen) {
    const { measure, member } = measures[name];
    try {
      Object.assign(found, await measure(measuring));
    } catch (error) {
      if (measuring.signal.aborted) return false;
      found[member] = null;
      failed[name] = (error as Error).message;
      measuring.print(`${name} can't be measured: ${failed[name]}`);
    }
  }
  const good = Object.keys(failed).length === 0 && !isWrong(found);
  measuring.print('');
  measuring.print(resultLine(found, failed));
  return good;
};
