/** The document as text, laid out as the formatter leaves JSON, so that it may be committed as it is. */

export const printDocument = (document: unknown): string => `${printed(document, '', 0)}\n`;

const width = 120;

/** @param taken characters of its line that stand in front or behind */
const printed = (value: unknown, indent: string, taken: number): string => {
  const line = onOneLine(value);
  if (line !== undefined && !isComposed(value)) return line;
  if (line !== undefined && indent.length + taken + line.length <= width) return line;
  const isList = Array.isArray(value);
  const inner = `${indent}  `;
  const entries = partsOf(value);
  const parts = entries.map(([name, part], index) => {
    const label = labelOf(name, isList);
    const comma = index < entries.length - 1 ? 1 : 0;
    return `${inner}${label}${printed(part, inner, label.length + comma)}`;
  });
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
};

/** @returns undefined where it takes lines of its own, however short it is */
const onOneLine = (value: unknown): string | undefined => {
  if (!isComposed(value)) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = partsOf(value);
  if (entries.length === 0) return isList ? '[]' : '{}';
  if (isList ? isTable(value) : entries.some(([, part]) => isComposed(part))) return undefined;
  const parts = entries.map(([name, part]) => [labelOf(name, isList), onOneLine(part)] as const);
  if (parts.some(([, text]) => text === undefined)) return undefined;
  const text = parts.map((part) => part.join('')).join(', ');
  return isList ? `[${text}]` : `{ ${text} }`;
};

/** The formatter gives each row of these a line. */
const isTable = (list: readonly unknown[]): boolean =>
  list.length > 1 && list.every((part) => isComposed(part) && partsOf(part).length > 1);

const partsOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(Object(value)).filter(([, part]) => part !== undefined);

const isComposed = (value: unknown): value is object => typeof value === 'object' && value !== null;

const labelOf = (name: string, isList: boolean): string => (isList ? '' : `${JSON.stringify(name)}: `);
