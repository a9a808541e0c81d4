import { keyIn, pack, rankRoom } from './packed.ts';
import { below, random } from './random.ts';

/**
 * The same keys in an order of their own: the same for the same seed and stream. Where keys come and go, the others stay
 * in the order in which they were.
 */
export const shuffled = (seed: number, stream: number, keys: Uint32Array): Uint32Array => {
  const drawn = Float64Array.from(keys, (key) => pack(below(random(seed, stream, key), rankRoom), key));
  return Uint32Array.from(drawn.sort(), keyIn);
};
