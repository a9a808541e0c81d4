/**
 * Whether an answer goes out as JSON or as CSV: by `$format` where it is given, else by `Accept` (RFC 9110, section 12.5.1). Parameters of a
 * type, such as `odata.metadata=none`, are not judged.
 */
export type AnswerFormat = 'json' | 'csv';

/**
 * @param accept null and empty are anything at all
 * @param format the query's `$format`
 * @returns undefined where neither of the two will do
 */
export const answerFormat = (accept: string | null, format: string | undefined): AnswerFormat | undefined => {
  if (format !== undefined) return formats.get(format.replace(/;.*$/s, '').trim().toLowerCase());
  if (!accept?.trim()) return 'json';
  const ranges = accept.split(',').map(readRange);
  const json = fitOf('application/json', ranges);
  const csv = fitOf('text/csv', ranges);
  if (json.weight === 0 && csv.weight === 0) return undefined;
  return isBetter(csv, json) ? 'csv' : 'json';
};

const formats: ReadonlyMap<string, AnswerFormat> = new Map([
  ['json', 'json'],
  ['application/json', 'json'],
  ['csv', 'csv'],
  ['text/csv', 'csv'],
]);

interface MediaRange {
  readonly type: string;
  /** 0 is: not at all. What can't be read is 0. */
  readonly weight: number;
}

/** How well a type fits: by the range that names it most closely. */
interface Fit {
  readonly weight: number;
  readonly closeness: number;
}

const readRange = (written: string): MediaRange => {
  const [type = '', ...parameters] = written.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '');
  return { type, weight: weight === undefined ? 1 : weightOf(weight) };
};

const weightOf = (text: string): number => (/^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0);

const fitOf = (type: string, ranges: readonly MediaRange[]): Fit => {
  const names = ['*/*', type.replace(/\/.*/, '/*'), type];
  for (const [closeness, name] of [...names.entries()].reverse()) {
    const range = ranges.find((each) => each.type === name);
    if (range) return { weight: range.weight, closeness };
  }
  return { weight: 0, closeness: 0 };
};

/** Who names CSV and takes anything else as well means CSV; of two that are named alike it is JSON. */
const isBetter = (a: Fit, b: Fit): boolean =>
  a.weight > b.weight || (a.weight === b.weight && a.closeness > b.closeness);
