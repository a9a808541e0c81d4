import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The environment of an app on this machine: `Values` of its local.settings.json, overridden by the process's own.
 *
 * @throws when that file is there and cannot be read
 */
export const localEnvironment = (
  appRoot: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> => {
  const all = { ...valuesOf(join(appRoot, 'local.settings.json')), ...environment };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
};

const valuesOf = (path: string): Record<string, string> => {
  const text = textOf(path);
  if (text === undefined) return {};
  try {
    const { Values: values = {} } = JSON.parse(text) as { Values?: Record<string, unknown> };
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new Error(`cannot read ${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
};

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
