/** A row's JSON, kept with the row (which never changes): pages of 10,000 are asked for again and again. */

const texts = new WeakMap<object, string>();

/** One row as it stands in an answer. */
export const rowText = (row: object): string => {
  const kept = texts.get(row);
  if (kept !== undefined) return kept;
  const text = JSON.stringify(row);
  texts.set(row, text);
  return text;
};

/** The annotations that stand before (`@odata.context`, `@odata.count`) and after the rows of a collection. */
export interface CollectionParts {
  readonly context: string;
  readonly count?: number | undefined;
  readonly rows: readonly string[];
  readonly nextLink?: string | undefined;
}

/** A collection's body, with the keys in the order in which Defender writes them. */
export const collectionText = ({ context, count, rows, nextLink }: CollectionParts): string => {
  const before = JSON.stringify({ '@odata.context': context, ...(count !== undefined && { '@odata.count': count }) });
  const after = nextLink === undefined ? '' : `,"@odata.nextLink":${JSON.stringify(nextLink)}`;
  return `${before.slice(0, -1)},"value":[${rows.join(',')}]${after}}`;
};

/** One entity's body: the row itself with its context in front. */
export const entityText = (context: string, row: object): string =>
  `{"@odata.context":${JSON.stringify(context)},${rowText(row).slice(1)}`;
