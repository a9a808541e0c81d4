/** A queue that messages are taken from by hand, such as a poison queue. The port: `storageQueueReader` in Azure, `memoryQueueReader` for tests. */
export interface QueueReader {
  /**
   * Takes the messages that have been there longest, and hides them from all others for a time.
   *
   * @param most 1 to 32 ("Get Messages")
   * @param hiddenSeconds 1 at least, a week at most; what was not removed by then is there again
   * @returns none where there is no such queue, too
   */
  take(most: number, hiddenSeconds: number): Promise<readonly TakenMessage[]>;
  /** How many there are, hidden ones among them; not fewer. 0 where there is no such queue. */
  length(): Promise<number>;
}

export interface TakenMessage {
  /** As it stands in the queue. */
  readonly text: string;
  /** Takes it out for good, unless it is gone or was taken by another. */
  remove(): Promise<void>;
}
