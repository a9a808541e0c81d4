import type { ListCursor, ListName } from '../../../../src/snapshots/run.ts';
import type { Page, PageAnswer, Source } from '../../../../src/snapshots/source.ts';

export interface Walked {
  readonly pages: readonly Page[];
  /** What came instead of a page; undefined where the list came to its end. */
  readonly end: Exclude<PageAnswer, Page> | undefined;
}

/** Reads a list to its end. A cursor goes through JSON, as it does where it is kept. @throws where it does not end */
export const walk = async (
  source: Source,
  list: ListName,
  between: (page: number) => void = () => {},
): Promise<Walked> => {
  const pages: Page[] = [];
  let cursor: ListCursor | undefined;
  do {
    if (pages.length > 0) between(pages.length);
    const answer = await source.page(list, cursor, { waitMs: 60_000, buckets: 64, onSent: () => {} });
    if (answer.kind !== 'page') return { pages, end: answer };
    pages.push(answer);
    if (pages.length > 20_000) throw new Error('endless');
    cursor = answer.next && JSON.parse(JSON.stringify(answer.next));
  } while (cursor !== undefined);
  return { pages, end: undefined };
};

/** The first fields of all staged lines, page by page. */
export const stagedIds = ({ pages }: Walked): readonly (readonly string[])[] =>
  pages.map(({ rows }) =>
    rows.flatMap((lines) => (lines === '' ? [] : lines.split('\n'))).map((line) => line.split('\t')[0] ?? ''),
  );

/** The staged lines of one bucket, page by page. */
export const bucketIn = ({ pages }: Walked, bucket: number): readonly string[] =>
  pages.map(({ rows }) => rows[bucket] ?? '').filter((lines) => lines !== '');
