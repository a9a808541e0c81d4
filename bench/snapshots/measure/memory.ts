/** Resident memory of a process, seen from outside while it works. */
import { readFile } from 'node:fs/promises';
import { systemClock } from '../../../src/clock.ts';

export interface Sample {
  /** Milliseconds, monotonic. */
  readonly at: number;
  /** Bytes. */
  readonly resident: number;
}

const everyMs = 200;

/** Samples it until told to stop. @param weigh how much it is now */
export const sampleMemory = (weigh: () => Promise<number>): { stop(): Promise<readonly Sample[]> } => {
  const stopping = new AbortController();
  const samples: Sample[] = [];
  const sampling = (async () => {
    while (!stopping.signal.aborted) {
      samples.push({ at: systemClock.monotonic(), resident: await weigh() });
      await systemClock.sleep(everyMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await sampling;
      return samples;
    },
  };
};

/** Bytes, as the system counts them; undefined where it has no /proc. */
export const residentOf = async (pid: number): Promise<number | undefined> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
};

/** The most of a stretch of time; 0 where nothing was sampled. */
export const peakOf = (samples: readonly Sample[], from: number, to: number): number =>
  samples.reduce((most, { at, resident }) => (at >= from && at <= to ? Math.max(most, resident) : most), 0);

/** The most of each quarter of a stretch of time: flat memory has four that are alike. */
export const quartersOf = (samples: readonly Sample[], from: number, to: number): readonly number[] =>
  [0, 1, 2, 3].map((quarter) => {
    const at = (share: number) => from + ((to - from) * share) / 4;
    return peakOf(samples, at(quarter), at(quarter + 1));
  });
