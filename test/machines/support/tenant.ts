/** A Defender over machines in memory, behind the client's port: it evaluates what it is asked, in the dialect it is given. */
import type { Answer } from '../../../src/defender/answer.ts';
import type { Defender } from '../../../src/defender/client.ts';
import type { Question } from '../../../src/defender/question.ts';
import { evaluateFilter } from '../../../src/odata/evaluate.ts';
import type { Expression } from '../../../src/odata/expression.ts';
import { printFilter } from '../../../src/odata/print.ts';
import type { FakeClock } from '../../support/fakeClock.ts';

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Dialect {
  readonly takesIn: boolean;
  /** Comparisons in a filter, or members of an `in`. */
  readonly mostKeys: number;
  readonly comparesCase: boolean;
  readonly latencyMs: number;
  /** A filter that holds this text is refused. */
  readonly refuses?: string;
}

const usualDialect: Dialect = { takesIn: true, mostKeys: 1000, comparesCase: false, latencyMs: 100 };
const context = 'https://api.security.microsoft.com/api/$metadata#Machines';

export interface Tenant {
  readonly defender: Defender;
  /** The questions that arrived, path and query, decoded. */
  readonly asked: readonly string[];
  /** What it answers to one question. */
  answerTo(question: Question): Answer;
  /** What it answers next, in place of the truth. */
  next(answer: Answer): void;
}

export const tenantOf = (clock: FakeClock, rows: readonly Row[], dialect: Partial<Dialect> = {}): Tenant => {
  const { takesIn, mostKeys, comparesCase, latencyMs, refuses } = { ...usualDialect, ...dialect };
  const asked: string[] = [];
  const planned: Answer[] = [];

  const isIn = (filter: Expression, row: Row): boolean =>
    evaluateFilter(filter, row) && (!comparesCase || heldExactly(filter, row));

  const answerTo = ({ call, value, options: { filter } }: Question): Answer => {
    if (call.name === 'machine') {
      const row = rows.find(({ id }) => (comparesCase ? id === value : id.toLowerCase() === value?.toLowerCase()));
      return row
        ? json(200, { '@odata.context': `${context}/$entity`, ...row })
        : json(404, { error: { code: 'ResourceNotFound' } });
    }
    const isRefused = filter && refuses !== undefined && printFilter(filter).includes(refuses);
    if (filter && (isRefused || !isTaken(filter, takesIn, mostKeys)))
      return json(400, { error: { code: 'ODataError' } });
    return json(200, { '@odata.context': context, value: filter ? rows.filter((row) => isIn(filter, row)) : rows });
  };

  return {
    asked,
    answerTo,
    next: (answer) => void planned.push(answer),
    defender: {
      addressBytes: ({ path, query }) => 'https://defender.example'.length + path.length + query.length,
      async ask(_, question, { onSent, signal }) {
        await clock.sleep(10, signal);
        if (signal?.aborted) return { kind: 'closed', retryAfterSeconds: 1, reason: 'the caller has left' };
        onSent?.();
        const made = question();
        asked.push(decodeURIComponent(made.path + made.query));
        await clock.sleep(latencyMs);
        return planned.shift() ?? answerTo(made);
      },
    },
  };
};

export const json = (status: number, value: object): Answer => ({
  kind: 'answered',
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(value)),
});

const isTaken = (filter: Expression, takesIn: boolean, mostKeys: number): boolean => {
  const text = printFilter(filter);
  const keys = text.includes(' in (') ? text.split("', '").length : text.split(' or ').length;
  return keys <= mostKeys && (takesIn || !text.includes(' in ('));
};

/** A value of the filter stands in the row as it is written. */
const heldExactly = (filter: Expression, row: Row): boolean =>
  Object.values(row).some((value) => typeof value === 'string' && printFilter(filter).includes(`'${value}'`));
