/** One run by hand: set going, watched, and summed up. */
import type { Command } from '../command.ts';
import { endingPart } from '../endingPart.ts';
import { followRun } from './followRun.ts';
import { gatewayClient } from './gatewayClient.ts';
import { progressOf } from './progress.ts';
import { createProgressBar, type Output } from './progressBar.ts';
import { readSnapshotArguments, snapshotHelp } from './snapshotArguments.ts';
import { type SnapshotGateway, type Surroundings, snapshotGateway } from './snapshotGateway.ts';
import { summaryLines } from './summary.ts';

export interface SnapshotSurroundings extends Omit<Surroundings, 'print'> {
  readonly output: Output;
}

/** The command `npm run snapshot`: ends by itself, with exit code 0 if the run is complete, else with 1. */
export const snapshotCommand = (around: SnapshotSurroundings): Command => ({
  name: 'snapshot',
  help: snapshotHelp,
  async start(args) {
    const asked = await readSnapshotArguments(args);
    const { output, paint, clock } = around;
    const bar = createProgressBar(output, paint, clock);
    const print = (line: string) => {
      bar.end();
      output.write(`${line}\n`);
    };
    const gateway = await snapshotGateway(asked, { ...around, print });
    const stopping = new AbortController();
    // Until its end was seen.
    process.exitCode = 1;
    const ended = watch({ ...around, gateway, bar, print, stopping: stopping.signal }).finally(gateway.stop);
    return endingPart({ name: 'snapshot', url: gateway.url, ended, stopping });
  },
});

interface Watched extends SnapshotSurroundings {
  readonly gateway: SnapshotGateway;
  readonly bar: ReturnType<typeof createProgressBar>;
  readonly print: (line: string) => void;
  readonly stopping: AbortSignal;
}

const watch = async ({
  gateway: { url, masterKey, token },
  bar,
  print,
  paint,
  clock,
  stopping,
}: Watched): Promise<void> => {
  const run = await followRun({
    gateway: gatewayClient({ url, key: masterKey, token, stopping }),
    clock,
    stopping,
    onFound: ({ id }, wasUnderWay) => print(wasUnderWay ? `run ${id} is under way already` : `run ${id}`),
    onSeen: (seen) => {
      const progress = progressOf(seen);
      if (progress) bar.show(progress);
    },
  });
  if (!run) return print('broken off; what is stored of the run is kept, and the next tick goes on with it');
  for (const line of summaryLines(run, paint)) print(line);
  process.exitCode = run.state === 'complete' ? 0 : 1;
};
