/** From what is measured to where it is drawn. */
export type Scale = (value: number) => number;

/** Takes 0 to `start`, and `most` to `end`; evenly in between. */
export const linear = (most: number, start: number, end: number): Scale => {
  const unit = most > 0 ? (end - start) / most : 0;
  return (value) => start + value * unit;
};

/** Round numbers from 0 to `most`: steps of 1, 2 or 5 times a power of ten, and at most `atMost` of them. */
export const ticks = (most: number, atMost: number): readonly number[] => {
  if (!(most > 0)) return [0];
  const least = most / atMost;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * power).find((size) => size >= least * (1 - 1e-9)) ?? most;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => Number((i * step).toPrecision(12)));
};
