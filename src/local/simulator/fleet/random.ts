/**
 * Numbers that look random and are the same on every machine and every Node: 32-bit integer arithmetic only (sfc32,
 * Chris Doty-Humphrey), seeded by where in the fleet they are used, so that any machine can be made without the others.
 */

/** The state of one stream; every draw moves it on. */
export interface Random {
  a: number;
  b: number;
  c: number;
  count: number;
}

export type Weighted<T> = readonly [weight: number, choice: T];

/** What a stream of numbers is used for; each thing has its own, so that a change to one leaves the others alone. */
export const streams = {
  id: 1,
  platform: 2,
  name: 3,
  revision: 4,
  onboarding: 5,
  standing: 6,
  joined: 7,
  address: 8,
  virtualMachine: 9,
  user: 10,
  alert: 11,
  antivirus: 12,
  securityState: 13,
  faults: 14,
  antivirusOrder: 15,
  securityStateOrder: 16,
  fleetChanges: 17,
  domain: 100,
} as const;

/** The numbers of one thing: the same for the same seed, stream and index. */
export const random = (seed: number, stream: number, index: number): Random => {
  const numbers = { a: seed | 0, b: stream | 0, c: index | 0, count: 1 };
  for (let round = 0; round < 10; round++) next(numbers);
  return numbers;
};

/** A whole number from 0 up to and without `bound`. */
export const below = (numbers: Random, bound: number): number => Math.floor((next(numbers) / 4_294_967_296) * bound);

/** True `permille` times in a thousand. */
export const chance = (numbers: Random, permille: number): boolean => below(numbers, 1000) < permille;

export const pick = <T>(numbers: Random, choices: readonly [T, ...T[]]): T =>
  choices[below(numbers, choices.length)] ?? choices[0];

/** A draw of one of the choices, each as often as its weight says. */
export const weighted = <T>(choices: readonly [Weighted<T>, ...Weighted<T>[]]): ((numbers: Random) => T) => {
  const total = choices.reduce((sum, [weight]) => sum + weight, 0);
  return (numbers) => {
    let left = below(numbers, total);
    for (const [weight, choice] of choices) {
      if (left < weight) return choice;
      left -= weight;
    }
    return choices[0][1];
  };
};

/** Lower-case hexadecimal digits. */
export const hex = (numbers: Random, digits: number): string => {
  const bytes = Buffer.allocUnsafe(4 * ((digits + 7) >> 3));
  for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32BE(next(numbers), at);
  return bytes.toString('hex', 0, (digits + 1) >> 1).slice(0, digits);
};

export const guid = (numbers: Random): string => {
  const all = hex(numbers, 32);
  return [all.slice(0, 8), all.slice(8, 12), `4${all.slice(13, 16)}`, `a${all.slice(17, 20)}`, all.slice(20)].join('-');
};

const next = (numbers: Random): number => {
  const { a, b, c, count } = numbers;
  const result = (a + b + count) | 0;
  numbers.count = (count + 1) | 0;
  numbers.a = b ^ (b >>> 9);
  numbers.b = (c + (c << 3)) | 0;
  numbers.c = (((c << 21) | (c >>> 11)) + result) | 0;
  return result >>> 0;
};
