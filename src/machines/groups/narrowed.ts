/** What is told, for a caller that is bound to device groups. */
import type { Answer, Answered } from '../../defender/answer.ts';
import type { Question } from '../../defender/question.ts';
import type { Told } from '../told.ts';
import { narrowList, narrowMachine } from './narrow.ts';
import { emptyList, failed, forbidden, notFound, untold } from './nothing.ts';

export interface Bounds {
  /** What Defender was asked. */
  readonly question: Question;
  readonly shape: 'list' | 'machine';
  readonly groups: ReadonlySet<number>;
  /** The question was for these groups alone, so that where its answer came from betrays nothing of others. */
  readonly isOwn: boolean;
}

export const narrowed = (told: Told, bounds: Bounds): Told => {
  const { answer } = told;
  if (answer.kind !== 'answered') return bounds.isOwn ? told : { ...told, answer: wordless(answer) };
  if (answer.status === 200) return seen(told, answer, bounds);
  if (answer.status >= 400) return refused(told, answer, bounds);
  return { ...told, answer: forbidden(`an answer of the status ${answer.status}`) };
};

/**
 * What is wrong with a question for these groups alone is for the caller to know, in Defender's words. Else an error may be of a machine that it
 * may not see: then there is nothing, as where there is none, unless the error is of the gateway or of Defender, which says so without words.
 */
const refused = (told: Told, answered: Answered, bounds: Bounds): Told => {
  const { status } = answered;
  if (status >= 500 || [401, 403, 408].includes(status)) return { answer: failed(answered), source: untold };
  return bounds.isOwn && status !== 404 ? told : nothing(told, bounds);
};

/** That a body can't be read is said with a piece of it. */
const wordless = (answer: Exclude<Answer, Answered>): Answer =>
  answer.kind === 'unreachable'
    ? { ...answer, reason: "Defender could not be reached, or what it sent can't be read" }
    : answer;

export const nothingAtAll = (bounds: Bounds): Told =>
  nothing({ answer: { kind: 'notCached' }, source: untold }, bounds);

const seen = (told: Told, answered: Answered, bounds: Bounds): Told => {
  const { shape, groups, question } = bounds;
  const found = shape === 'list' ? narrowList(answered, groups) : narrowMachine(answered, groups);
  switch (found.kind) {
    case 'rows':
      return { ...told, before: found.before, answer: warned(found.answered, answered) };
    case 'nothing': {
      const empty = nothing(told, bounds);
      return { ...empty, before: found.before, answer: warned(empty.answer, answered) };
    }
    case 'unreadable':
      return { ...told, answer: { kind: 'unreachable', reason: unreadable(question) } };
  }
};

const nothing = ({ source }: Told, { question, shape, isOwn }: Bounds): Told => {
  const askedFor = question.call.value ? question.path + question.query : undefined;
  const answer = shape === 'list' ? emptyList(askedFor) : notFound(question);
  return { answer, source: isOwn ? source : untold };
};

const warned = <T extends Told['answer']>(answer: T, { warning }: Answered): T =>
  warning === undefined ? answer : { ...answer, warning: cut };

/** Defender's answers are warned of where they may be cut; how many machines it held is not this caller's to know. */
const cut = 'Defender may have left machines out before those of your device groups were taken: there may be more.';

const unreadable = ({ call }: Question): string =>
  `Defender answered 200 with a body that can't be read as ${call.name} is documented, and so can't be narrowed to device groups`;
