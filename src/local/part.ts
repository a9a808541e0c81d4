/** A part of the stack that runs on this machine until it is stopped. */
export interface RunningPart {
  /** Where it answers, without a slash at the end: `http://127.0.0.1:7071`. */
  readonly url: string;
  /** Ends it and everything it started; resolves when the port is free again. Harmless when called twice. */
  stop(): Promise<void>;
}
