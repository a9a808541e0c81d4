/** What this process has to say to another. */
export interface Outbox<T> {
  /** Says it soon, with all that is to be said by then, in order. */
  post(message: T): void;
  /** Says now what waits. */
  flush(): void;
}

/**
 * Messages of one turn of the event loop go together: to write one costs more than all that stands in it.
 *
 * @param send takes one message as it is, several as an array
 */
export const createOutbox = <T>(send: (messages: T | readonly T[]) => void): Outbox<T> => {
  let waiting: T[] = [];
  const flush = () => {
    const [first, ...others] = waiting;
    waiting = [];
    if (first !== undefined) send(others.length === 0 ? first : [first, ...others]);
  };
  return {
    post(message) {
      if (waiting.push(message) === 1) setImmediate(flush);
    },
    flush,
  };
};

/** The messages that came at once. */
export const unpacked = <T extends object>(messages: T | readonly T[]): readonly T[] =>
  Array.isArray(messages) ? messages : [messages as T];
