/** What came, read: all that the intake has to know of it before it looks at storage. Pure. */
import type { AlertReference } from '../reference.ts';
import type { FormatRules, Item } from './format.ts';
import { readJson } from './json.ts';
import { placedValues } from './placedValues.ts';
import { emptyList, noneOfTheFormats, recognised } from './recognised.ts';
import { type Referred, references } from './references.ts';

export interface Came {
  readonly body: Uint8Array;
  /** Names in lower case; of a message from a queue there are none. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly receivedAt: string;
}

export type ReadAlerts =
  | {
      readonly kind: 'alerts';
      /** In the order they stand in. Several may be of one alert. */
      readonly alerts: readonly AlertReference[];
      readonly wrong: readonly Extract<Item, { kind: 'wrong' }>[];
      readonly ignored: readonly Extract<Item, { kind: 'ignored' }>[];
    }
  /** Event Grid wants to know whether its events are wanted: answer 200 with this as `validationResponse`. */
  | { readonly kind: 'validation'; readonly code: string }
  /** Nothing of it can be used: too big, no JSON, or none of the formats, which the message names. */
  | { readonly kind: 'unreadable'; readonly status: 400 | 413 | 415; readonly message: string };

export type ReadAlertsRules = FormatRules;

/** In one go, the wrong ones counted. */
export const mostAlerts = 1000;

/** Never throws, whatever came. What is ignored for the same reason is told once. */
export const readAlerts = (came: Came, rules: ReadAlertsRules): ReadAlerts => {
  const json = readJson(came.body, came.headers);
  if (json.kind === 'unreadable') return json;
  const placed = placedValues(json, came.headers);
  if (placed.kind === 'validation') return placed;
  const { values, ignored } = placed;
  const read = values.map((value) => recognised(value, rules) ?? value.place);
  if (read.length === 1 && typeof read[0] === 'string') return unreadable(400, noneOfTheFormats(read[0]));
  const known = read.filter((value) => typeof value !== 'string');
  const foreign = read.filter((place) => typeof place === 'string');
  const wrong = foreign.map(
    (place): Referred => ({ kind: 'wrong', place, message: 'This is of none of the formats.' }),
  );
  const none = values.length + ignored.length === 0 ? [emptyList('')] : [];
  return gathered([...references(known, came.receivedAt), ...wrong, ...ignored, ...none]);
};

const gathered = (all: readonly Referred[]): ReadAlerts => {
  const alerts = all.flatMap((one) => (one.kind === 'reference' ? [one.reference] : []));
  const wrong = all.filter((one) => one.kind === 'wrong');
  const count = alerts.length + wrong.length;
  if (count > mostAlerts) return unreadable(413, tooMany(count));
  return { kind: 'alerts', alerts, wrong, ignored: toldOnce(all.filter((one) => one.kind === 'ignored')) };
};

type Ignored = Extract<Item, { kind: 'ignored' }>;

/** With the first place. */
const toldOnce = (ignored: readonly Ignored[]): readonly Ignored[] => {
  const counts = new Map<string, number>();
  for (const { message } of ignored) counts.set(message, (counts.get(message) ?? 0) + 1);
  const firsts = [...new Map(ignored.toReversed().map((one) => [one.message, one])).values()].toReversed();
  return firsts.map(({ place, message }) => {
    const others = (counts.get(message) ?? 1) - 1;
    return { kind: 'ignored', place, message: others === 0 ? message : `${message} The same goes for ${others} more.` };
  });
};

const tooMany = (count: number) =>
  `There are ${count} alerts; ${mostAlerts} are the most in one go. Send them in parts.`;

const unreadable = (status: 400 | 413, message: string): ReadAlerts => ({ kind: 'unreadable', status, message });
