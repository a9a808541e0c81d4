import type { Answer } from '../../defender/answer.ts';
import type { Look } from '../../defender/paging/goOn.ts';
import type { Question } from '../../defender/question.ts';
import { type AntivirusPage, readAntivirusPage } from './antivirusPage.ts';
import type { AntivirusOptions } from './antivirusWalk.ts';
import type { Answering, Asking, Unheard } from './asking.ts';
import { heard, unreadable } from './unheard.ts';

/** Asks for a page that begins with a row of the list, by an offset or by the query of a link that leads there. */
export type AntivirusLook<Else> = (start: number, query?: string) => Promise<Look<AntivirusPage, Else>>;

/** Looks, all together within the asker's time. @param onHeard told of each answer's age, in seconds */
export const antivirusLook = <T extends Answering>(
  asking: Asking<T>,
  { call, pageSize, clock }: Pick<AntivirusOptions, 'call' | 'pageSize' | 'clock'>,
  onHeard: (age: number) => void,
): AntivirusLook<Unheard<T>> => {
  const answerBy = clock.monotonic() + asking.waitMs;
  const questionAt = (start: number): string => `?$top=${pageSize}${start === 0 ? '' : `&$skip=${start}`}`;
  return async (start, query = questionAt(start)) => {
    const question: Question = { call, path: call.path, query, options: {} };
    const said = await asking.ask(question, Math.max(0, answerBy - clock.monotonic()));
    if (said.kind === 'wrong') throw new Error(`${call.path} can't be asked for a page: ${said.message}`);
    onHeard(asking.ageOf(said.told));
    const list = heard(said.told, call);
    if (list.kind === 'unheard' && !isBehindTheEnd(said.told.answer, start)) return { kind: 'else', instead: list };
    try {
      const body = list.kind === 'unheard' ? noRows : list.answered.body;
      const page = readAntivirusPage(body);
      return { kind: 'window', page, body, sliced: page.sliced, start };
    } catch (fault) {
      return { kind: 'else', instead: unreadable(said.told, call, 200, fault) };
    }
  };
};

const isBehindTheEnd = (answer: Answer, start: number): boolean =>
  start > 0 && answer.kind === 'answered' && answer.status === 404;

const noRows = new TextEncoder().encode('{"value":[]}');
