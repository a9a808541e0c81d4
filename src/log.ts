/** Where the gateway writes what happened: a constant message and one flat object of fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Never a token, a key, a user name or a whole filter. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * The log of the process. The Functions worker carries the console to Application Insights; within an invocation, functions use
 * their own context.
 */
export const consoleLog: Log = {
  info: (message, fields) => console.info(line(message, fields)),
  warn: (message, fields) => console.warn(line(message, fields)),
  error: (message, fields) => console.error(line(message, fields)),
};

const line = (message: string, fields: LogFields = {}): string =>
  [
    message,
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${JSON.stringify(value)}`],
    ),
  ].join(' ');
