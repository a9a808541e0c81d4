/** A number that stands for everything that happened in a run, in its order: two runs with one digest were the same. */
export interface Digest {
  add(what: string, at: number): void;
  readonly text: string;
}

/** FNV-1a over the kinds of events and their instants in microseconds. */
export const createDigest = (): Digest => {
  let mixed = 0x811c9dc5;
  let events = 0;
  const mix = (part: number) => {
    mixed = Math.imul(mixed ^ part, 0x01000193);
  };
  return {
    add(what, at) {
      events += 1;
      for (let i = 0; i < what.length; i++) mix(what.charCodeAt(i));
      const microseconds = Math.round(at * 1000);
      mix(microseconds % 0x1_0000);
      mix(Math.floor(microseconds / 0x1_0000) | 0);
    },
    get text() {
      return `${events}-${(mixed >>> 0).toString(16)}`;
    },
  };
};
