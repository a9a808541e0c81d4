/** Something that comes once, and may be waited for. */
export interface Occasion {
  readonly hasCome: boolean;
  readonly came: Promise<void>;
  come(): void;
}

export const occasion = (): Occasion => {
  let resolve = () => {};
  let hasCome = false;
  const came = new Promise<void>((done) => {
    resolve = done;
  });
  return {
    came,
    get hasCome() {
      return hasCome;
    },
    come() {
      hasCome = true;
      resolve();
    },
  };
};
