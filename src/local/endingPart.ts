import type { RunningPart } from './part.ts';

export interface Ending {
  /** Of the command, for what it says of a fault. */
  readonly name: string;
  readonly url: string;
  /** Its work. */
  readonly ended: Promise<void>;
  /** Aborted when it is told to stop before. */
  readonly stopping: AbortController;
}

/** A part that ends by itself when its work is done; the process lives as long. A fault is told, unless it was told to stop. */
export const endingPart = ({ name, url, ended, stopping }: Ending): RunningPart => {
  // The waits of the clock keep no process alive.
  const alive = setInterval(() => undefined, 60_000);
  const told = ended
    .catch((error: Error) => {
      if (!stopping.signal.aborted) console.error(`${name}: ${error.message}`);
    })
    .finally(() => clearInterval(alive));
  return {
    url,
    async stop() {
      stopping.abort();
      await told;
    },
  };
};
