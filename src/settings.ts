/** The environment of this process. Nothing else in the project reads it. */
export const environment = (): Readonly<Record<string, string | undefined>> => process.env;
