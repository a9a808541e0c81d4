/**
 * All rows of antivirus, as far as a few pages hold them. A link with a token of Defender's is followed; where there is none, pages are read by
 * offsets and overlap ("Export device antivirus health report" has links, which were seen to be missing: microsoft-365-docs issues
 * 9713 and 10072).
 */
import type { Clock } from '../../clock.ts';
import type { Call } from '../../defender/call.ts';
import { type GoneOn, goOn, overlapOf } from '../../defender/paging/goOn.ts';
import { lastMarks } from '../../defender/paging/marks.ts';
import { type AntivirusRow, newestAntivirus } from '../sources/composing/antivirusRow.ts';
import { type AntivirusLook, antivirusLook } from './antivirusLook.ts';
import type { AntivirusPage } from './antivirusPage.ts';
import type { Answering, Asking, Unheard } from './asking.ts';

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
  const { clock, pageSize } = options;
  const list = { byMachine: new Map<string, AntivirusRow>(), isLost: false, beganAt: clock.monotonic() };
  const look = antivirusLook(asking, options, (age) => {
    list.beganAt = Math.min(list.beganAt, clock.monotonic() - age * 1000);
  });
  let place: Place = { offset: 0, size: pageSize, marks: [], query: undefined };
  for (let pages = 0; pages < options.mostPages; pages++) {
    const gone = await step(place, look);
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
  /** Of a link with a token. */
  readonly query: string | undefined;
}

type Page = GoneOn<AntivirusPage, unknown> & { readonly kind: 'goneOn' };

const step = async <Else>(place: Place, look: AntivirusLook<Else>): Promise<GoneOn<AntivirusPage, Else>> => {
  if (place.query === undefined) return goOn(place, look);
  const window = await look(place.offset, place.query);
  if (window.kind === 'else') return window;
  return { kind: 'goneOn', window, rows: window.sliced.starts.map((_, row) => row), isLost: false };
};

const addNewest = (byMachine: Map<string, AntivirusRow>, rows: readonly AntivirusRow[]): void => {
  for (const row of rows) {
    const known = byMachine.get(row.id);
    byMachine.set(row.id, known ? (newestAntivirus([known, row]) ?? row) : row);
  }
};

/**
 * A page that brings nothing new is the last one, too: who takes no offset gives the same page again and again. And one that is short is not, where
 * it has a link, or a round number of rows, as if Defender gave no more at a time.
 */
const isLast = ({ window: { page, sliced }, rows }: Page, { pageSize }: AntivirusOptions): boolean => {
  const came = sliced.starts.length;
  if (rows.length === 0) return true;
  return page.link.kind === 'none' && came < pageSize && came % 1000 !== 0;
};

const behind = ({ window: { page, body, sliced, start } }: Page, { pageSize, overlap }: AntivirusOptions): Place => {
  const size = Math.min(pageSize, sliced.starts.length);
  const query = page.link.kind === 'token' ? page.link.query : undefined;
  const marks = lastMarks(body, sliced, overlapOf(size, overlap));
  return { offset: start + sliced.starts.length, size, marks, query };
};
