/** The inline constraints of ASP.NET Core routes that say something about one value: `{id:int:min(1)}`. */

export type Constraint = (value: string) => boolean;

/** @throws when there is no constraint of this name, or its arguments are none */
export const constraint = (written: string): Constraint => {
  const [, name = '', argument = ''] = /^(\w+)(?:\((.*)\))?$/s.exec(written) ?? [];
  const make = constraints[name.toLowerCase()];
  if (!make) throw new Error(`'${written}' is not a route constraint of this host`);
  return make(argument);
};

const constraints: Readonly<Record<string, (argument: string) => Constraint>> = {
  int: () => (value) => isInteger(value, 31n),
  long: () => (value) => isInteger(value, 63n),
  bool: () => (value) => /^\s*(true|false)\s*$/i.test(value),
  guid: () => (value) => /^(\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|[0-9a-f]{32})$/i.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  decimal: () => isDecimal,
  double: () => isDecimal,
  float: () => isDecimal,
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  min: (least) => (value) => isInteger(value, 63n) && BigInt(value) >= BigInt(least),
  max: (most) => (value) => isInteger(value, 63n) && BigInt(value) <= BigInt(most),
  range: (bounds) => {
    const [least = 0n, most = 0n] = bounds.split(',').map((bound) => BigInt(bound.trim()));
    return (value) => isInteger(value, 63n) && BigInt(value) >= least && BigInt(value) <= most;
  },
  length: (bounds) => {
    const [least = 0, most = least] = bounds.split(',').map(Number);
    return (value) => value.length >= least && value.length <= most;
  },
  minlength: (least) => (value) => value.length >= Number(least),
  maxlength: (most) => (value) => value.length <= Number(most),
  regex: (pattern) => {
    const like = new RegExp(pattern, 'i');
    return (value) => like.test(value);
  },
  required: () => (value) => value !== '',
  file: () => isFileName,
  nonfile: () => (value) => !isFileName(value),
};

const isInteger = (value: string, bits: bigint): boolean => {
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return false;
  const number = BigInt(value.trim().replace('+', ''));
  return number >= -(2n ** bits) && number < 2n ** bits;
};

const isDecimal: Constraint = (value) => /^\s*[+-]?(\d+,?)*\.?\d*(e[+-]?\d+)?\s*$/i.test(value) && /\d/.test(value);

const isFileName: Constraint = (value) => /\.[^./]+$/.test(value.slice(value.lastIndexOf('/') + 1));
