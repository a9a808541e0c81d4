/** A queue of a storage account, as far as the host uses it. Faults of the storage are thrown. */
export interface MessageQueue {
  readonly name: string;
  /**
   * Takes messages and hides them for a time.
   *
   * @param count  1 to 32
   * @returns none, too, when there is no such queue
   */
  receive(count: number, hiddenSeconds: number): Promise<readonly QueueMessage[]>;
  /**
   * Keeps a message hidden for a further time; 0 gives it back at once.
   *
   * @returns its new receipt; `undefined` when it is gone or in other hands
   */
  hide(message: MessageReceipt, seconds: number): Promise<string | undefined>;
  /** Takes a message out for good, unless it is gone or in other hands. */
  remove(message: MessageReceipt): Promise<void>;
  /** Adds a message; makes the queue if there is none. */
  send(text: string): Promise<void>;
}

export interface MessageReceipt {
  readonly id: string;
  readonly popReceipt: string;
}

/** A message taken from a queue. Instants are milliseconds since 1970. */
export interface QueueMessage extends MessageReceipt {
  /** As it is stored: neither decoded nor checked. */
  readonly text: string;
  /** How often it was taken, this time included. */
  readonly dequeueCount: number;
  readonly insertedAt: number;
  readonly expiresAt: number;
  readonly nextVisibleAt: number;
}
