/** What the deployed sources name, read from their text: each name stands there once, where the thing is made. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queueTriggers } from '../../../src/functions/triggers.ts';

/** Of what is deployed: not the stand-ins. */
export const sources: readonly string[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
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

/** What is put together when it is logged, with the pieces that stand in the sources. */
const composed: Readonly<Record<string, readonly string[]>> = {
  'Snapshot complete': ['{run.outcome}`, fieldsOf(run)', "outcome: 'complete'"],
  'Snapshot incomplete': ['{run.outcome}`, fieldsOf(run)', "outcome: 'incomplete'"],
  'Snapshot failed': ['{run.outcome}`, fieldsOf(run)', "'failed' : 'incomplete'"],
  hourUsed: ['{name}Used`', "3600: 'hour'"],
  hourLeft: ['{name}Left`', "3600: 'hour'"],
};

/** Of the Functions host, when it gives a message up (QueueProcessor of its storage extension). */
const hostSays: ReadonlySet<string> = new Set(['Message has reached MaxDequeueCount']);

/** Whether the gateway or its host logs this. */
export const says = (phrase: string): boolean =>
  hostSays.has(phrase) || (composed[phrase] ?? [phrase]).every((piece) => sources.some((text) => text.includes(piece)));
