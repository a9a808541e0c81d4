/** A caller's request, read and checked: what Defender will be asked, or what is wrong with it. No quota is spent yet. */
import { printQueryOptions, readQueryOptions } from '../odata/queryOptions.ts';
import type { Call } from './call.ts';
import { machineType } from './machineType.ts';

export interface Question {
  readonly call: Call;
  /** Path and query as they are sent, encoded. */
  readonly path: string;
  readonly query: string;
}

export interface Wrong {
  readonly kind: 'wrong';
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

const mostTop = 10_000;

export const readQuestion = (
  call: Call,
  asked: Asked,
): { readonly kind: 'question'; readonly question: Question } | Wrong => {
  const value = call.value?.(asked.pathValue ?? '');
  if (value?.kind === 'wrong') return value;
  const options = readQueryOptions(asked.query, call.machineOptions ? { type: machineType, mostTop } : {});
  if (options.kind === 'wrong') return { kind: 'wrong', code: 'ODataError', message: options.message };
  const path = pathOf(call, asked.versioned === true).replace(/\{\w+\}/, () => encodeURIComponent(value?.value ?? ''));
  const query = printQueryOptions(options.options);
  return { kind: 'question', question: { call, path, query: query && `?${query}` } };
};

/** The path of a call, in its plain or its versioned form; a call without a version has one form only. */
export const pathOf = ({ path }: Call, versioned: boolean): string =>
  versioned ? path.replace(/^\/api\//, '/api/v1.0/') : path;
