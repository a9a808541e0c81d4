import { redacted } from './redaction.ts';
import type { Trace } from './trace.ts';
import { tracing } from './tracing.ts';

/** Where the gateway writes what happened: a constant message and one flat object of fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Never a token, a key, a user name or a whole filter. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

const consoleLine = (traceNow: () => Trace | undefined): Log => ({
  info: (message, fields) => console.info(logLine(message, fields, traceNow())),
  warn: (message, fields) => console.warn(logLine(message, fields, traceNow())),
  error: (message, fields) => console.error(logLine(message, fields, traceNow())),
});

/**
 * The log of the process. The Functions worker carries the console to Application Insights; within an invocation, functions use
 * their own context. Each line says which request it belongs to.
 */
export const consoleLog: Log = consoleLine(tracing.current);

/** The same for what is done for all requests together, such as the rounds of the quota: whichever of them began it, it is not of that one. */
export const sharedLog: Log = consoleLine(() => undefined);

/** One line, without secrets. */
export const logLine = (message: string, fields: LogFields = {}, trace?: Trace): string =>
  redacted([message, ...Object.entries({ ...fields, ...idsOf(trace) }).flatMap(printed)].join(' '));

/** A line that is written already, without secrets, and with the ids of its request unless it has them. */
export const toldLine = (line: string, trace: Trace | undefined): string => {
  const isTold = trace === undefined || line.includes(trace.traceId);
  return redacted(isTold ? line : [line, ...Object.entries(idsOf(trace)).flatMap(printed)].join(' '));
};

const idsOf = (trace: Trace | undefined): LogFields =>
  trace === undefined ? {} : { requestId: trace.requestId, traceId: trace.traceId };

const printed = ([name, value]: readonly [string, LogFields[string]]): readonly string[] =>
  value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
