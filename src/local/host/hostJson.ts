import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timeSpanMs } from './triggers/timeSpan.ts';

/** What this host obeys of an app's host.json. */
export interface HostJson {
  /** Milliseconds; `undefined` when a function may run without end. */
  readonly functionTimeoutMs: number | undefined;
  /** In front of every HTTP route, without slashes; may be empty. */
  readonly routePrefix: string;
  /** The only functions to run, if it names any. */
  readonly functions: readonly string[] | undefined;
  /** Least level that is written, by category. */
  readonly logLevels: Readonly<Record<string, string>>;
  /** The whole file, for the triggers that have settings of their own in it. */
  readonly all: Readonly<Record<string, unknown>>;
}

/** Flex Consumption's default (Learn, "Function app timeout duration"). */
const defaultTimeoutMs = 30 * 60_000;

/**
 * Reads host.json of an app.
 *
 * @throws when it is missing, not JSON, or has a `functionTimeout` that is no time span
 */
export const readHostJson = (appRoot: string): HostJson => {
  const path = join(appRoot, 'host.json');
  const all = parse(path);
  const { functionTimeout, extensions, functions, logging } = all;
  const prefix = section(section(extensions).http).routePrefix;
  return {
    functionTimeoutMs: functionTimeout === undefined ? defaultTimeoutMs : timeoutMs(path, String(functionTimeout)),
    routePrefix: typeof prefix === 'string' ? prefix.replace(/^\/+|\/+$/g, '') : 'api',
    functions: Array.isArray(functions) ? functions.map(String) : undefined,
    logLevels: section(section(logging).logLevel) as Record<string, string>,
    all,
  };
};

/** One section of host.json; empty where it has none. */
export const hostJsonSection = ({ all }: HostJson, ...names: readonly string[]): Readonly<Record<string, unknown>> =>
  names.reduce((found, name) => section(found[name]), all as Record<string, unknown>);

const parse = (path: string): Record<string, unknown> => {
  try {
    return section(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Error(`cannot read ${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
};

const section = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const timeoutMs = (path: string, text: string): number | undefined => {
  if (text === '-1') return undefined;
  const ms = timeSpanMs(text);
  if (ms) return ms;
  throw new Error(`${path}: functionTimeout is "${text}"; write hours:minutes:seconds, or "-1" for no limit`);
};
