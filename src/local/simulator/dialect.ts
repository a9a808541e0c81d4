/**
 * How Defender reads a question, where nobody has promised anything: `in` is sent by two clients in use and stands in
 * no document, how many keys it takes is unknown, and whether letters' case matters is an inference.
 */
import * as z from 'zod';
import { schemaFaults } from '../schemaFaults.ts';

const bound = z.int().min(1).nullable();

const dialect = z.strictObject({
  in: z.enum(['taken', 'refused']),
  mostNodes: bound,
  mostMembers: bound,
  comparesCase: z.boolean(),
  mostUrlBytes: bound,
});

export interface Dialect {
  /** A filter with `in` is answered, or 400 `ODataError`. */
  readonly in: 'taken' | 'refused';
  /** Of a filter, as `nodesOf` counts them; more are a 400. `null`: any number. */
  readonly mostNodes: number | null;
  /** Of the list of an `in`; more are a 400. `null`: any number. */
  readonly mostMembers: number | null;
  /** Whether `eq`, `ne`, `in` and the functions that search a text tell `a` from `A`. */
  readonly comparesCase: boolean;
  /** Path and query as sent; a longer one is a 414, and costs no quota. `null`: any length. */
  readonly mostUrlBytes: number | null;
}

/** What the simulator does unless told. */
export const usualDialect: Dialect = {
  in: 'taken',
  mostNodes: null,
  mostMembers: null,
  comparesCase: false,
  mostUrlBytes: null,
};

/** The dialect of a simulator, which can be changed while it runs. */
export interface DialectSetting {
  now(): Dialect;
  /** What is not said is as usual. */
  replace(said: Partial<Dialect>): void;
}

export const dialectSetting = (said: Partial<Dialect> = {}): DialectSetting => {
  let current = { ...usualDialect, ...said };
  return {
    now: () => current,
    replace(fresh) {
      current = { ...usualDialect, ...fresh };
    },
  };
};

/** Reads what was said in JSON. @throws Error that names the field: `dialect: mostNodes: …` */
export const readDialect = (value: unknown): Partial<Dialect> => {
  const read = dialect.safeParse({ ...usualDialect, ...(value as object) });
  if (read.success) return read.data;
  throw new Error(`dialect: ${schemaFaults(read.error)}`);
};

/** Reads `in=refused,mostNodes=100`. @throws Error that names the field */
export const parseDialect = (text: string): Partial<Dialect> =>
  readDialect(
    Object.fromEntries(
      text.split(',').map((piece) => {
        const [name = '', value = ''] = piece.split('=').map((part) => part.trim());
        return [name, valueIn(value)];
      }),
    ),
  );

const valueIn = (text: string): unknown => {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
};
