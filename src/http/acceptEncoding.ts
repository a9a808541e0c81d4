/**
 * Which coding an answer is sent in, by the caller's `Accept-Encoding` (RFC 9110, section 12.5.3). Brotli first where it is named,
 * for at these levels it is twice as fast as gzip and smaller; `*` is not taken as its name, since who says that may mean gzip.
 */
export type Coding = 'br' | 'gzip' | 'identity';

/**
 * @param header null and empty are `identity`. Where nothing that there is may be sent, it is `identity` as well: a playbook is
 *   better off with an answer than with a 406
 * @param isSmall then it is `identity` unless that is refused
 */
export const codingFor = (header: string | null, isSmall: boolean): Coding => {
  if (!header) return 'identity';
  const weights = readWeights(header);
  const others = weights.get('*');
  const identity = weights.get('identity') ?? others ?? unnamed;
  if (isSmall && identity > 0) return 'identity';
  const gzip = weights.get('gzip') ?? others ?? 0;
  const br = weights.get('br') ?? 0;
  const best = Math.max(br, gzip, identity);
  if (best === 0) return 'identity';
  return br === best ? 'br' : gzip === best ? 'gzip' : 'identity';
};

/** `identity` is always acceptable, but less than anything that is named. */
const unnamed = 0.0001;

/** Of a coding that is repeated the lowest weight counts; a weight that can't be read is 0. */
const readWeights = (header: string): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>();
  for (const piece of header.split(',')) {
    const [name = '', ...parameters] = piece.split(';');
    const written = name.trim().toLowerCase();
    const coding = written === 'x-gzip' ? 'gzip' : written;
    weights.set(coding, Math.min(weights.get(coding) ?? 1, weightOf(parameters)));
  }
  return weights;
};

const weightOf = (parameters: readonly string[]): number => {
  const [weight, ...more] = parameters;
  if (weight === undefined) return 1;
  const [, number] = /^q=([01](?:\.\d{0,3})?)$/i.exec(weight.trim()) ?? [];
  return number === undefined || more.length > 0 || Number(number) > 1 ? 0 : Number(number);
};
