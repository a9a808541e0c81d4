/** Where a list goes on, as a cursor keeps it. */
import type { ListCursor } from '../../run.ts';
import { notBegun, type Progress } from './progress.ts';

export interface Position {
  /** Rows of the list before it. */
  readonly offset: number;
  /** Rows of the page before it. */
  readonly size: number;
  /** Of the last of these rows, in their order. */
  readonly marks: readonly number[];
  /** Of the link that leads on, where one does; with its question mark. */
  readonly query?: string | undefined;
  readonly progress: Progress;
}

export const positionOf = (cursor: ListCursor | undefined): Position => {
  const { offset, size, marks, query, pages, idle, anchor } = cursor ?? {};
  return {
    offset: typeof offset === 'number' ? offset : 0,
    size: typeof size === 'number' ? size : 0,
    marks: Array.isArray(marks) ? marks : [],
    query: typeof query === 'string' ? query : undefined,
    progress: {
      pages: typeof pages === 'number' ? pages : notBegun.pages,
      idle: typeof idle === 'number' ? idle : notBegun.idle,
      anchor: typeof anchor === 'number' ? anchor : undefined,
    },
  };
};

export const cursorOf = ({ offset, size, marks, query, progress }: Position): ListCursor => ({
  offset,
  size,
  marks,
  ...(query !== undefined && { query }),
  ...progress,
});
