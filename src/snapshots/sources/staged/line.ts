/** A line of fields, parted by tabs. What would part fields or lines itself is written with a backslash; null and '' are the same. */
export type Field = string | number | null;

export const lineOf = (fields: readonly Field[]): string => fields.map(written).join('\t');

/** The fields of a line; '' where there was nothing. */
export const fieldsOf = (line: string): readonly string[] => {
  const fields = line.split('\t');
  return line.includes('\\') ? fields.map(read) : fields;
};

/** The lines of a page; none of ''. */
export const linesOf = (rows: string): readonly string[] => (rows === '' ? [] : rows.split('\n'));

const written = (field: Field): string => {
  if (field === null) return '';
  const text = String(field);
  return /[\t\n\\]/.test(text) ? text.replace(/[\t\n\\]/g, (each) => escapes[each] ?? each) : text;
};

const read = (field: string): string => field.replace(/\\(.)/g, (_, letter: string) => unescapes[letter] ?? letter);

const escapes: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\\': '\\\\' };
const unescapes: Readonly<Record<string, string>> = { t: '\t', n: '\n' };
