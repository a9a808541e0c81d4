import type { ScalarName } from '../edm.ts';

/** What a function takes, in order, and gives. */
export interface Signature {
  readonly takes: readonly (readonly ScalarName[])[];
  /** How many of the last parameters may be left out. */
  readonly optional?: number;
  readonly gives: ScalarName;
}

const text: readonly ScalarName[] = ['string'];
const number: readonly ScalarName[] = ['number'];
const day: readonly ScalarName[] = ['dateTimeOffset', 'date'];
const clock: readonly ScalarName[] = ['dateTimeOffset', 'timeOfDay'];

/** The functions of OData 4 that work on what a machine has; `cast` and `isof` are read apart. */
export const functions: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['contains', { takes: [text, text], gives: 'boolean' }],
  ['startswith', { takes: [text, text], gives: 'boolean' }],
  ['endswith', { takes: [text, text], gives: 'boolean' }],
  ['matchesPattern', { takes: [text, text], gives: 'boolean' }],
  ['length', { takes: [text], gives: 'number' }],
  ['indexof', { takes: [text, text], gives: 'number' }],
  ['substring', { takes: [text, number, number], optional: 1, gives: 'string' }],
  ['tolower', { takes: [text], gives: 'string' }],
  ['toupper', { takes: [text], gives: 'string' }],
  ['trim', { takes: [text], gives: 'string' }],
  ['concat', { takes: [text, text], gives: 'string' }],
  ['year', { takes: [day], gives: 'number' }],
  ['month', { takes: [day], gives: 'number' }],
  ['day', { takes: [day], gives: 'number' }],
  ['hour', { takes: [clock], gives: 'number' }],
  ['minute', { takes: [clock], gives: 'number' }],
  ['second', { takes: [clock], gives: 'number' }],
  ['fractionalseconds', { takes: [clock], gives: 'number' }],
  ['totalseconds', { takes: [['duration']], gives: 'number' }],
  ['totaloffsetminutes', { takes: [['dateTimeOffset']], gives: 'number' }],
  ['date', { takes: [['dateTimeOffset']], gives: 'date' }],
  ['time', { takes: [['dateTimeOffset']], gives: 'timeOfDay' }],
  ['now', { takes: [], gives: 'dateTimeOffset' }],
  ['mindatetime', { takes: [], gives: 'dateTimeOffset' }],
  ['maxdatetime', { takes: [], gives: 'dateTimeOffset' }],
  ['round', { takes: [number], gives: 'number' }],
  ['floor', { takes: [number], gives: 'number' }],
  ['ceiling', { takes: [number], gives: 'number' }],
]);

/** The function of OData that somebody meant who wrote another language's. */
export const functionFor = (written: string): string | undefined => otherLanguages.get(written.toLowerCase());

const otherLanguages: ReadonlyMap<string, string> = new Map([
  ['substringof', 'contains'],
  ['includes', 'contains'],
  ['has', 'contains'],
  ['beginswith', 'startswith'],
  ['hasprefix', 'startswith'],
  ['hassuffix', 'endswith'],
  ['lower', 'tolower'],
  ['upper', 'toupper'],
  ['len', 'length'],
]);
