/** What the deployed sources name, read from their text: each name stands there once, where the thing is made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queueTriggers } from '../../../src/functions/triggers.ts';

/** Of what is deployed: not the stand-ins. */
const sources: readonly string[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts') && !name.startsWith('local/'))
  .map((name) => readFileSync(join('src', name), 'utf8'));

/** The literal that is the second argument of a call of `name`. */
const secondArguments = (name: string): readonly string[] =>
  sources.flatMap((text) =>
    [...text.matchAll(new RegExp(`\\b${name}\\((?:\\w+|\\w+\\(\\w+\\)),\\s*'([\\w-]+)'`, 'g'))].map(
      ([, found = '']) => found,
    ),
  );

const unique = (names: readonly string[]) => [...new Set(names)].sort();

export const tables = (): readonly string[] => unique(secondArguments('tableClient'));

export const containers = (): readonly string[] => unique(secondArguments('blobBodies'));

/** Those that functions are triggered by, each with its queue for poison, and those that only are written to. */
export const queues = (): readonly string[] =>
  unique([...queueTriggers.flatMap(({ queue }) => [queue, `${queue}-poison`]), ...secondArguments('storageQueue')]);

/** Whether a source says this, in a message or as a name. */
export const says = (phrase: string): boolean => sources.some((text) => text.includes(phrase));
