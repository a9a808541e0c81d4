/** What is told, for a caller that is bound to device groups. */
import type { Answered } from '../../defender/answer.ts';
import type { Question } from '../../defender/question.ts';
import type { Told } from '../told.ts';
import { narrowList, narrowMachine } from './narrow.ts';
import { emptyList, forbidden, notFound, untold } from './nothing.ts';

export interface Bounds {
  /** What Defender was asked. */
  readonly question: Question;
  readonly shape: 'list' | 'machine';
  readonly groups: ReadonlySet<number>;
  /** The question was for these groups alone, so that where its answer came from betrays nothing of others. */
  readonly isOwn: boolean;
}

/** Errors of Defender's pass, all but its 404: that is the caller's too where there is a machine that it may not see. */
export const narrowed = (told: Told, bounds: Bounds): Told => {
  const { answer } = told;
  if (answer.kind !== 'answered') return told;
  if (answer.status === 404) return nothing(told, bounds);
  if (answer.status >= 400) return told;
  if (answer.status !== 200) return { ...told, answer: forbidden(`an answer of the status ${answer.status}`) };
  return seen(told, answer, bounds);
};

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
