/** A change to the filter that would put it right: the characters from `from` up to `to` become `put`. */
export interface Mend {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

/** What a filter's parser throws at the first thing that is wrong; it never leaves `parseFilter`. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
  /** Counts UTF-16 units from 0. */
  readonly at: number;
  readonly mend: Mend | undefined;

  constructor(at: number, message: string, mend?: Mend) {
    super(message);
    this.at = at;
    this.mend = mend;
  }
}

/** A caller's own words in a message: never more than 60 characters of them. */
export const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

/** The text with one change made. */
export const mended = (text: string, { from, to, put }: Mend): string => text.slice(0, from) + put + text.slice(to);
