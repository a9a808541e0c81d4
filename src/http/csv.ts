/**
 * Rows as CSV (RFC 4180): a header row, lines that end in CR LF, quotes where they are needed. Made for spreadsheets, which take a cell that
 * begins with one of a few characters for a formula: such a text gets an apostrophe in front ("CSV Injection", OWASP).
 */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly of: (row: Row) => CsvValue;
}

/** null and undefined are empty cells; lists are joined by semicolons. */
export type CsvValue = string | number | boolean | null | undefined | readonly string[];

export const csvOf = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string => {
  const header = columns.map(({ name }) => cellOf(name)).join(',');
  const lines = rows.map((row) => columns.map((column) => cellOf(column.of(row))).join(','));
  return [header, ...lines, ''].join('\r\n');
};

const cellOf = (value: CsvValue): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return quoted(typeof value === 'string' ? harmless(value) : value.map(harmless).join(';'));
};

/** Each member of a list by itself, too: where `;` separates cells, as in half of Europe, it begins one. */
const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** Full-width signs count for those of some languages. */
const formula = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

const quoted = (text: string): string => (/[",;\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
