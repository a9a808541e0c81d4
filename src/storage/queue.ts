/** A queue that messages are put into. The port: `storageQueue` in Azure, `memoryQueue` for tests. */
export interface Queue {
  /**
   * @param text at most 48 KiB in UTF-8
   * @param delaySeconds nobody sees it before; whole seconds, a week at most ("Put Message")
   */
  send(text: string, delaySeconds?: number): Promise<void>;
}

/** "Put Message": `visibilitytimeout` is 7 days at most, and below the message's time to live of as much. */
export const mostDelaySeconds = 7 * 24 * 3600 - 60;

/** A delay as a queue takes it: whole seconds, rather late than early, and no longer than it can be. */
export const wholeDelay = (seconds: number): number => Math.min(Math.max(0, Math.ceil(seconds)), mostDelaySeconds);
