/** What is looked up, and what a right answer is. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { randomOf } from '../../quota/random.ts';

export interface Named {
  readonly computerDnsName: string | null;
}

/**
 * Names that one record has and no other, whatever the case; as they are written there, in an order that depends on the seed alone.
 *
 * @throws when there are fewer than `wanted`
 */
export const distinctNames = (rows: readonly Named[], wanted: number, seed: number): readonly string[] => {
  const records = new Map<string, number>();
  for (const { computerDnsName: name } of rows) {
    if (name) records.set(name.toLowerCase(), (records.get(name.toLowerCase()) ?? 0) + 1);
  }
  const single = rows.flatMap(({ computerDnsName: name }) =>
    name && records.get(name.toLowerCase()) === 1 ? [name] : [],
  );
  if (single.length < wanted) throw new Error(`the fleet has ${single.length} names of one record, not ${wanted}`);
  return shuffled(single, randomOf(seed)).slice(0, wanted);
};

/** The path of one lookup, as a playbook writes it. */
export const lookupPath = (name: string): string =>
  `/api/machines?$filter=${encodeURIComponent(`computerDnsName eq '${name.replaceAll("'", "''")}'`)}`;

export type Verdict = 'same' | 'equal' | 'wrong';

/**
 * Whether an answer is what Defender says to this question alone: the same bytes, the same JSON, or not that.
 *
 * @param name whose one record it must hold
 */
export const verdictOf = (name: string, given: Buffer, expected: Buffer): Verdict => {
  if (!isOneRecord(name, expected)) return 'wrong';
  if (given.equals(expected)) return 'same';
  return isDeepStrictEqual(parsed(given), parsed(expected)) ? 'equal' : 'wrong';
};

const isOneRecord = (name: string, body: Buffer): boolean => {
  const { value } = Object(parsed(body)) as { value?: readonly Named[] };
  return Array.isArray(value) && value.length === 1 && value[0]?.computerDnsName === name;
};

/** Nothing where it is no JSON: equal to nothing that is. */
const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

const shuffled = <T>(all: readonly T[], random: () => number): readonly T[] =>
  all
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
