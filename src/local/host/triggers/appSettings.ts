// App settings as a binding names them.

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A text with every `%NAME%` in it replaced by the app setting of that name.
 *
 * @throws when a setting is missing or empty, naming it
 */
export const resolveSettings = (text: string, environment: Environment): string =>
  text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settingOf(environment, name);
    if (value) return value;
    throw new Error(`the app setting ${name} is missing, and "${text}" takes its value from it`);
  });

/** Azure looks settings up without regard to case, and writes `:` as `__` where a variable's name must not hold it. */
export const settingOf = (environment: Environment, name: string): string | undefined => {
  const wanted = name.replaceAll(':', '__');
  if (environment[wanted] !== undefined) return environment[wanted];
  const found = Object.keys(environment).find((key) => key.toLowerCase() === wanted.toLowerCase());
  return found === undefined ? undefined : environment[found];
};
