/** The options of `npm run bench:snapshots`. */
import { parseArgs } from 'node:util';
import { WrongArguments, wholeNumber } from '../../src/local/command.ts';
import type { SourceName } from '../../src/snapshots/securityState.ts';

/** Of the gateway and of the simulated Defender, for each call. */
export const limit = '999999/60';

/**
 * MiB of heap that the function's process may use: what Node takes on the usual instance of Flex Consumption (2,048 MB). On a machine with more it would take
 * more, and collect garbage later.
 */
export const heapMb = 1024;

export const help = `npm run bench:snapshots -- [options]

Two runs over a fleet, by the gateway's own composition in a process of its own, with Azurite in memory and a Defender beside it: the first
stores every machine, the second what changed. Between them a bare loop writes the same rows, in the same transactions, to a storage of its
own. Ends with one line of JSON. Exit code 1 if a run is not complete, or what is stored is not what Defender says; a figure that is worse
than wanted is told, and is no error.

  --machines N      records in the fleet, 1 to 1000000 (default 100000: some minutes; a million takes half an hour and 4 GB)
  --changed SHARE   of the machines, 0 to 0.5, whose security state changes between the runs (default 0.01)
  --source NAME     composed, or preview with pages of 1,000 (default composed)
  --profile FOLDER  writes a CPU profile of each run there; they take longer for it

Defender's own pace (100 and 30 calls a minute) is not what is measured: here it allows ${limit} calls, as the line says under "limits". The
function's process has ${heapMb} MiB of heap, as Node takes on an instance of 2,048 MB ("heapMb"). "rawBatchRatio" leaves staging apart: collecting, and what
reading the staged rows takes alone; "ratioWithStagedReading" counts the latter.`;

const text = { type: 'string' } as const;
const options = { machines: text, changed: text, source: text, profile: text } as const;

export interface BenchArguments {
  readonly machines: number;
  /** 0 to 0.5. */
  readonly changed: number;
  readonly source: SourceName;
  /** A folder. */
  readonly profile: string | undefined;
}

/** @throws WrongArguments, or what `parseArgs` throws */
export const readArguments = (args: readonly string[]): BenchArguments => {
  const { values } = parseArgs({ args: [...args], options });
  return {
    machines: wholeNumber('machines', values.machines, 1, 1_000_000) ?? 100_000,
    changed: shareOf(values.changed ?? '0.01'),
    source: sourceOf(values.source ?? 'composed'),
    profile: values.profile,
  };
};

const shareOf = (given: string): number => {
  const share = Number(given);
  if (/^\d*\.?\d+$/.test(given) && share <= 0.5) return share;
  throw new WrongArguments(`--changed ${given}: give a share from 0 to 0.5, such as 0.01`);
};

const sourceOf = (given: string): SourceName => {
  if (given === 'composed' || given === 'preview') return given;
  throw new WrongArguments(`--source ${given}: give composed or preview`);
};
