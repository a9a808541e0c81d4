import { calendarDay, instantTicks, ticksPerDay, ticksPerSecond } from '../instant.ts';
import { asNumber, asText, asTicks, type Value } from './value.ts';

/**
 * Calls a function; null if a parameter is null or of another kind. Texts are searched without regard to case, as
 * they are compared.
 *
 * @param now an instant's text; without it `now()` is null
 */
export const evaluateCall = (name: string, parameters: readonly Value[], now: string | undefined): Value => {
  if (name === 'now') return moment(instantTicks(now ?? ''));
  const [first = null, second = null, third] = parameters;
  const [text, ticks, number] = [asText(first), asTicks(first), asNumber(first)];
  if (name === 'substring') return substring(text, asNumber(second), third === undefined ? Infinity : asNumber(third));
  const ofText = ofTexts.get(name);
  if (ofText) return text === undefined ? null : ofText(text);
  const ofTwo = ofTwoTexts.get(name);
  if (ofTwo) return ofTwoOrNull(ofTwo, text, asText(second));
  const ofMoment = ofMoments.get(name);
  if (ofMoment) return ticks === undefined ? null : ofMoment(ticks);
  const ofNumber = ofNumbers.get(name);
  if (ofNumber === undefined || number === undefined) return constants.get(name) ?? null;
  return typeof number === 'bigint' ? number : ofNumber(number);
};

/** Whether {@link evaluateCall} knows the function. */
export const isEvaluated = (name: string): boolean =>
  ['now', 'substring'].includes(name) ||
  [constants, ofTexts, ofTwoTexts, ofMoments, ofNumbers].some((known) => known.has(name));

const moment = (ticks: bigint | undefined): Value => (ticks === undefined ? null : { ticks });

const ofTwoOrNull = (evaluate: (a: string, b: string) => Value, a: string | undefined, b: string | undefined): Value =>
  a === undefined || b === undefined ? null : evaluate(a, b);

const substring = (
  text: string | undefined,
  from: number | bigint | undefined,
  length: number | bigint | undefined,
): Value => {
  if (text === undefined || from === undefined || length === undefined) return null;
  const start = Math.max(0, Number(from));
  return text.slice(start, start + Math.max(0, Number(length)));
};

const constants: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['mindatetime', moment(instantTicks('0001-01-01T00:00:00Z'))],
  ['maxdatetime', moment(instantTicks('9999-12-31T23:59:59.9999999Z'))],
]);

const ofTexts: ReadonlyMap<string, (text: string) => Value> = new Map<string, (text: string) => Value>([
  ['length', (text) => BigInt(text.length)],
  ['tolower', (text) => text.toLowerCase()],
  ['toupper', (text) => text.toUpperCase()],
  ['trim', (text) => text.trim()],
]);

const ofTwoTexts: ReadonlyMap<string, (a: string, b: string) => Value> = new Map<
  string,
  (a: string, b: string) => Value
>([
  ['contains', (a, b) => a.toLowerCase().includes(b.toLowerCase())],
  ['startswith', (a, b) => a.toLowerCase().startsWith(b.toLowerCase())],
  ['endswith', (a, b) => a.toLowerCase().endsWith(b.toLowerCase())],
  ['indexof', (a, b) => BigInt(a.toLowerCase().indexOf(b.toLowerCase()))],
  ['concat', (a, b) => a + b],
]);

const ofMoments: ReadonlyMap<string, (ticks: bigint) => Value> = new Map<string, (ticks: bigint) => Value>([
  ['year', (ticks) => BigInt(calendarDay(ticks).getUTCFullYear())],
  ['month', (ticks) => BigInt(calendarDay(ticks).getUTCMonth() + 1)],
  ['day', (ticks) => BigInt(calendarDay(ticks).getUTCDate())],
  ['hour', (ticks) => (ticks % ticksPerDay) / (3600n * ticksPerSecond)],
  ['minute', (ticks) => ((ticks % ticksPerDay) / (60n * ticksPerSecond)) % 60n],
  ['second', (ticks) => ((ticks % ticksPerDay) / ticksPerSecond) % 60n],
  ['fractionalseconds', (ticks) => Number(ticks % ticksPerSecond) / Number(ticksPerSecond)],
  ['totalseconds', (ticks) => Number(ticks) / Number(ticksPerSecond)],
  ['date', (ticks) => ({ ticks: ticks - (ticks % ticksPerDay) })],
  ['time', (ticks) => ({ ticks: ticks % ticksPerDay })],
]);

const ofNumbers: ReadonlyMap<string, (number: number) => Value> = new Map<string, (number: number) => Value>([
  ['round', (number) => Math.sign(number) * Math.round(Math.abs(number))],
  ['floor', Math.floor],
  ['ceiling', Math.ceil],
]);
