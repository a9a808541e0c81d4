import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { environment as own } from '../../src/settings.ts';
import { until } from './until.ts';

/** A command of `.build`, running as npm starts it, and all that it printed. */
export interface BuiltCommand {
  readonly child: ChildProcess;
  /** Of both its outputs. */
  readonly lines: readonly string[];
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The first line that fits, past or to come. */
  line(pattern: RegExp, milliseconds?: number): Promise<RegExpExecArray>;
}

const running = new Set<ChildProcess>();

/** Starts one, in the folder `cwd`; {@link endCommands} ends it if the test did not. */
export const runBuilt = (
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): BuiltCommand => {
  const child = spawn(process.execPath, [join(process.cwd(), `.build/${name}.mjs`), ...args], {
    cwd,
    env: { ...own(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr] as Readable[])
    createInterface(stream).on('line', (line) => lines.push(line));
  return {
    child,
    lines,
    ended: once(child, 'close').then(() => child.exitCode),
    async line(pattern, milliseconds = 20_000) {
      const find = () => lines.map((line) => pattern.exec(line)).find((found) => found !== null);
      try {
        return await until(`${name} to print ${pattern}`, find, milliseconds);
      } catch (error) {
        throw new Error(`${(error as Error).message}; it printed:\n${lines.join('\n')}`, { cause: error });
      }
    },
  };
};

/** The numbers of the processes that it started: storage and the worker. */
export const childrenOf = async ({ child }: BuiltCommand): Promise<readonly number[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid = 0, parent]) => (parent === child.pid ? [pid] : []));
};

/** Ends all that still run; for `afterAll`. */
export const endCommands = async (): Promise<void> => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  }
  running.clear();
};
