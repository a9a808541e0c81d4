/** Where the gateway writes what happened: a constant message and one flat object of fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Never a token, a key, a user name or a whole filter. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
