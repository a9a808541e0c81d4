/** What has to be ended of what was started, the last first. */
export interface Endings {
  /** Takes note of a part as soon as it begins to start, so that it is ended even if another fails meanwhile. */
  keep<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T>;
  /** Ends everything once; whoever calls again waits for the same end. */
  stop(): Promise<void>;
  /** Whether the end has begun. */
  readonly areOver: boolean;
}

export const createEndings = (): Endings => {
  const ends: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stopInTurn = async () => {
    for (const end of ends.reverse()) await end();
  };
  return {
    keep(starting) {
      ends.push(async () => {
        const part = await starting.catch(() => undefined);
        await part?.stop();
      });
      return starting;
    },
    get areOver() {
      return stopped !== undefined;
    },
    stop() {
      stopped ??= stopInTurn();
      return stopped;
    },
  };
};
