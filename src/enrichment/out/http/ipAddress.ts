/** An IP address as a number, so that what is decided of it does not hang on how it is written. */
export interface IpAddress {
  readonly family: 4 | 6;
  /** 32 or 128 bits. */
  readonly value: bigint;
}

/**
 * Takes what resolvers and `URL` write: four decimal numbers without leading zeros, or IPv6 in any of its spellings, without a zone.
 *
 * @returns undefined where it is none
 */
export const parseIp = (text: string): IpAddress | undefined => {
  const family = text.includes(':') ? 6 : 4;
  const value = family === 6 ? valueOf6(text) : valueOf4(text);
  return value === undefined ? undefined : { family, value };
};

const decimal = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const dotted = new RegExp(`^${decimal}(?:\\.${decimal}){3}$`);

const valueOf4 = (text: string): bigint | undefined =>
  dotted.test(text) ? joined(text.split('.').map(Number), 8) : undefined;

const valueOf6 = (text: string): bigint | undefined => {
  const halves = withoutDots(text).split('::');
  const [front, back] = halves.map(groupsOf);
  if (front === undefined || halves.length > 2) return undefined;
  if (halves.length === 1) return front.length === 8 ? joined(front, 16) : undefined;
  if (back === undefined) return undefined;
  const left = 8 - front.length - back.length;
  return left >= 1 ? joined([...front, ...Array<number>(left).fill(0), ...back], 16) : undefined;
};

/** The last two groups may be written as an IPv4 address. */
const withoutDots = (text: string): string => {
  const tailAt = text.lastIndexOf(':') + 1;
  const tail = valueOf4(text.slice(tailAt));
  if (tail === undefined) return text;
  return `${text.slice(0, tailAt)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
};

const groupsOf = (half: string): readonly number[] | undefined => {
  const groups = half === '' ? [] : half.split(':');
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => Number.parseInt(group, 16))
    : undefined;
};

const joined = (parts: readonly number[], bits: number): bigint =>
  parts.reduce((value, part) => (value << BigInt(bits)) | BigInt(part), 0n);
