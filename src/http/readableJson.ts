/** JSON for people: what fits on one line stands on one. */
export const readableJson = (value: unknown, width = 120, indent = ''): string => {
  const line = onOneLine(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= width) return line;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    if (part === undefined && !isList) return [];
    return [inner + (isList ? '' : `${JSON.stringify(name)}: `) + readableJson(part ?? null, width, inner)];
  });
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
};

const onOneLine = (value: unknown): string => {
  const spaced = JSON.stringify(value, null, 1) ?? 'null';
  return spaced.replace(/\n */g, ' ').replace(/^\[ | \]$/g, (end) => end.trim());
};
