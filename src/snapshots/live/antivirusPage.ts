import type { Sliced } from '../../odata/collection.ts';
import { type AntivirusRow, readAntivirusRow } from '../sources/composing/antivirusRow.ts';
import type { Link } from '../sources/paging/links.ts';
import { readCollection } from './collectionRows.ts';
import { readOnce } from './readOnce.ts';

/** One answer of `/api/deviceavinfo`. */
export interface AntivirusPage {
  /** Those that say whose they are. */
  readonly rows: readonly AntivirusRow[];
  readonly sliced: Sliced;
  readonly link: Link;
}

/** @throws where the body is no list, or a row no JSON */
export const readAntivirusPage = readOnce((body): AntivirusPage => {
  const { rows, ...page } = readCollection(body);
  const read: AntivirusRow[] = [];
  for (const json of rows) {
    const row = readAntivirusRow(json);
    if (row) read.push(row);
  }
  return { ...page, rows: read };
});
