import type { Question } from '../../../../src/defender/question.ts';
import type { Listed } from '../../../../src/machines/lists/walk.ts';
import { question } from '../../../support/defender.ts';

/** A call with a value in its path, by the query that a caller writes, decoded. */
export const inPath =
  (name: string, pathValue: string) =>
  (query: string): Question =>
    question(name, { pathValue, query: new URLSearchParams(query) });

/** All that can be seen of an answer, but for what is another each time: the id of an error, the signature of a link. */
export const shown = (told: Listed) => {
  if (told.kind === 'wrong') return told;
  const { answer, source } = told.told;
  if (answer.kind !== 'answered') return { ...answer, source };
  const body = new TextDecoder().decode(answer.body);
  return { ...answer, body: body.replace(/"target":"[^"]*"|\$skiptoken=[\w-]+/g, ''), source };
};
