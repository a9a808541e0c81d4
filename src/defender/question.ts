/** A caller's request, read and checked: what Defender will be asked, or what is wrong with it. No quota is spent yet. */
import { printQueryOptions, type QueryOptions, readQueryOptions } from '../odata/queryOptions.ts';
import { type Call, pathOf } from './call.ts';
import { machineType } from './machineType.ts';

export interface Question {
  readonly call: Call;
  /** Path and query as they are sent, encoded. */
  readonly path: string;
  readonly query: string;
  /** What stands in the path, as Defender wants it, and in the query. */
  readonly value?: string | undefined;
  readonly options: QueryOptions;
}

export interface Wrong {
  readonly kind: 'wrong';
  /** 400 where none is given. */
  readonly status?: 404;
  readonly code: string;
  readonly message: string;
}

/** What a caller sent: the value in the path, if the call has one, and the query, both decoded once. */
export interface Asked {
  readonly pathValue?: string | undefined;
  readonly query: Iterable<readonly [string, string]>;
  /** Under `/api/v1.0/`, Defender's versioned name for the same calls. */
  readonly versioned?: boolean;
}

/** Machines in one answer ("List machines API"). */
export const mostTop = 10_000;

export const readQuestion = (
  call: Call,
  asked: Asked,
): { readonly kind: 'question'; readonly question: Question } | Wrong => {
  const value = call.value?.(asked.pathValue ?? '');
  if (value?.kind === 'wrong') return value;
  const options = readQueryOptions(asked.query, call.machineOptions ? { type: machineType, mostTop } : {});
  if (options.kind === 'wrong') return { kind: 'wrong', code: 'ODataError', message: options.message };
  const path = pathOf(call, asked.versioned === true).replace(/\{\w+\}/, () => encodeURIComponent(value?.value ?? ''));
  const question: Question = { call, path, query: '', value: value?.value, options: {} };
  return { kind: 'question', question: withOptions(question, options.options) };
};

/** The same question with other options. */
export const withOptions = (question: Question, options: QueryOptions): Question => {
  const query = printQueryOptions(options);
  return { ...question, options, query: query && `?${query}` };
};
