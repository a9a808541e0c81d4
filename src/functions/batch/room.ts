/**
 * Bytes of all bodies of a batch's answer: about three pages of 10,000 machines. On its way out an answer stands in memory four times
 * (bodies, document, the library's copy, the host's message), and an instance has 2,048 MB for all its callers.
 */
export const mostAnswerBytes = 32 * 1024 * 1024;

/** How much of an answer is left: what it may grow to is fixed before the first body comes. */
export interface Room {
  /** Takes so many bytes of what is left. @returns false, and takes none, where there are fewer */
  take(bytes: number): boolean;
  /** Bytes. */
  readonly left: number;
  /** Something did not fit. */
  readonly isFull: boolean;
}

export const createRoom = (bytes: number): Room => {
  let left = bytes;
  let isFull = false;
  return {
    take(wanted) {
      const fits = wanted <= left;
      if (fits) left -= wanted;
      else isFull = true;
      return fits;
    },
    get left() {
      return left;
    },
    get isFull() {
      return isFull;
    },
  };
};
