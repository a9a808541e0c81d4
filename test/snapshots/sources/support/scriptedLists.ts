/** Defender's lists as a test says they are, behind the port of its client: they may change between two questions. */
import type { Answer } from '../../../../src/defender/answer.ts';
import type { Defender } from '../../../../src/defender/client.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly path: string;
  readonly query: string;
  readonly waitMs: number;
  readonly priority: string;
}

export interface ScriptedLists {
  readonly defender: Pick<Defender, 'ask'>;
  /** What Defender was asked, in order. */
  readonly asked: Asked[];
}

/** @param answer to a question, by its path and its options, decoded */
export const scriptedLists = (
  answer: (path: string, options: URLSearchParams, number: number) => Answer,
): ScriptedLists => {
  const asked: Asked[] = [];
  return {
    asked,
    defender: {
      async ask(_, question, { waitMs, priority, onSent }) {
        const { path, query } = question();
        asked.push({ path, query, waitMs, priority });
        onSent?.();
        return answer(path, new URLSearchParams(query), asked.length);
      },
    },
  };
};

export const answered = (status: number, json: unknown, headers: Record<string, string> = {}): Answer => ({
  kind: 'answered',
  status,
  headers,
  body: new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
});

export const refusal = (status: number, message: string, headers: Record<string, string> = {}): Answer =>
  answered(status, { error: { code: 'Said', message } }, headers);

/** The rows that are asked for by offset. @param most in an answer, whatever is asked for */
export const byOffset = (rows: readonly Row[], options: URLSearchParams, most = 10_000, beside: Row = {}): Answer => {
  const skip = Number(options.get('$skip') ?? 0);
  return answered(200, {
    value: rows.slice(skip, skip + Math.min(Number(options.get('$top') ?? most), most)),
    ...beside,
  });
};

/** An id as Defender has them, from a number; ids of other numbers are in other places. */
export const idOf = (n: number): string => `${Math.imul(n, 2654435761) >>> 0}`.padStart(10, '0').padEnd(40, 'a');

export const machines = (...numbers: readonly number[]): readonly Row[] => numbers.map((n) => ({ id: idOf(n) }));

/** Numbers from one to another. */
export const span = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
