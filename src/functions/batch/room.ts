/** How much of an answer is left: what it may grow to is fixed before the first body comes. */
export interface Room {
  /** Takes so many bytes of what is left. @returns false, and takes none, where there are fewer */
  take(bytes: number): boolean;
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
    get isFull() {
      return isFull;
    },
  };
};
