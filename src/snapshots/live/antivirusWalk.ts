/**
 * All rows of antivirus, as far as a few pages hold them. A link with a token of Defender's is followed; where there is none, pages are read by
 * offsets and overlap ("Export device antivirus health report" has links, which were seen to be missing: microsoft-365-docs issues
 * 9713 and 10072).
 */
import type { Clock } from '../../clock.ts';
import type { Call } from '../../defender/call.ts';
import { type GoneOn, goOn, type Look, overlapOf } from '../../defender/paging/goOn.ts';
import { lastMarks } from '../../defender/paging/marks.ts';
import { readQuestion } from '../../defender/question.ts';
import { type AntivirusRow, newestAntivirus } from '../sources/composing/antivirusRow.ts';
import { type AntivirusPage, readAntivirusPage } from './antivirusPage.ts';
import type { Answering, Asking, Unheard } from './asking.ts';
import { heard, unreadable } from './unheard.ts';

export interface AntivirusList {
  readonly kind: 'antivirus';
  /** The newest row of each machine. */
  readonly byMachine: ReadonlyMap<string, AntivirusRow>;
  /** It moved further than pages overlap: rows may be missing. */
  readonly isLost: boolean;
  /** When the first of its calls began, by the monotonic clock. */
  readonly beganAt: number;
}

export interface AntivirusOptions {
  readonly call: Call;
  /** Rows asked for in a page, at most 10,000 ("Export device antivirus health report", `$top`). */
  readonly pageSize: number;
  /** In a list that is not too long. */
  readonly mostPages: number;
  /** Rows of the last page that are asked for again. */
  readonly overlap: number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

export const walkAntivirus = async <T extends Answering>(
  asking: Asking<T>,
  options: AntivirusOptions,
): Promise<AntivirusList | Unheard<T> | { readonly kind: 'tooLong' }> => {
  const list = { byMachine: new Map<string, AntivirusRow>(), isLost: false, beganAt: options.clock.monotonic() };
  const asks = asker(asking, options, (age) => {
    list.beganAt = Math.min(list.beganAt, options.clock.monotonic() - age * 1000);
  });
  let place: Place = { offset: 0, size: options.pageSize, marks: [], skipToken: undefined };
  for (let pages = 0; pages < options.mostPages; pages++) {
    const gone = await (place.skipToken === undefined ? goOn(place, asks.at) : asks.follow(place, place.skipToken));
    if (gone.kind === 'else') return gone.instead;
    addNewest(list.byMachine, gone.window.page.rows);
    list.isLost ||= gone.isLost;
    if (isLast(gone, options)) return { kind: 'antivirus', ...list };
    place = behind(gone, options);
  }
  return { kind: 'tooLong' };
};

interface Place {
  readonly offset: number;
  readonly size: number;
  readonly marks: readonly number[];
  readonly skipToken: string | undefined;
}

type Gone<T extends Answering> = GoneOn<AntivirusPage, Unheard<T>>;
type Page = Gone<Answering> & { readonly kind: 'goneOn' };

/** Asks for pages, all together within the asker's time. */
const asker = <T extends Answering>(
  asking: Asking<T>,
  { call, pageSize, clock }: AntivirusOptions,
  heardOf: (age: number) => void,
) => {
  const answerBy = clock.monotonic() + asking.waitMs;
  const look = async (
    query: readonly (readonly [string, string])[],
    start: number,
  ): Promise<Look<AntivirusPage, Unheard<T>>> => {
    const read = readQuestion(call, { query });
    const waitMs = Math.max(0, answerBy - clock.monotonic());
    const said = read.kind === 'question' ? await asking.ask(read.question, waitMs) : read;
    if (said.kind === 'wrong') throw new Error(`${call.path} can't be asked for a page: ${said.message}`);
    heardOf(asking.ageOf(said.told));
    const { answer } = said.told;
    const isPastEnd = start > 0 && answer.kind === 'answered' && answer.status === 404;
    const list = heard(said.told, call);
    if (list.kind === 'unheard' && !isPastEnd) return { kind: 'else', instead: list };
    const body = list.kind === 'unheard' ? noRows : list.answered.body;
    try {
      const page = readAntivirusPage(body);
      return { kind: 'window', page, body, sliced: page.sliced, start };
    } catch (fault) {
      return { kind: 'else', instead: unreadable(said.told, call, 200, fault) };
    }
  };
  const top = ['$top', `${pageSize}`] as const;
  return {
    at: (start: number) => look(start === 0 ? [top] : [top, ['$skip', `${start}`]], start),
    async follow({ offset }: Place, skipToken: string): Promise<Gone<T>> {
      const window = await look([top, ['$skiptoken', skipToken]], offset);
      if (window.kind === 'else') return window;
      return { kind: 'goneOn', window, rows: window.sliced.starts.map((_, row) => row), isLost: false };
    },
  };
};

const noRows = new TextEncoder().encode('{"value":[]}');

const addNewest = (byMachine: Map<string, AntivirusRow>, rows: readonly AntivirusRow[]): void => {
  for (const row of rows) {
    const known = byMachine.get(row.id);
    byMachine.set(row.id, known ? (newestAntivirus([known, row]) ?? row) : row);
  }
};

/** A page that brings nothing new is the last one, too: who takes no offset gives the same page again and again. */
const isLast = ({ window: { page, sliced }, rows }: Page, { pageSize }: AntivirusOptions): boolean =>
  rows.length === 0 || (!page.hasLink && sliced.starts.length < pageSize);

const behind = ({ window: { page, body, sliced, start } }: Page, { pageSize, overlap }: AntivirusOptions): Place => ({
  offset: start + sliced.starts.length,
  size: pageSize,
  marks: lastMarks(body, sliced, overlapOf(pageSize, overlap)),
  skipToken: page.skipToken,
});
