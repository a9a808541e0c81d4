/** What came, read: all that the intake has to know of it before it looks at storage. Pure. */
import type { AlertReference } from '../reference.ts';
import type { FormatRules, Item } from './format.ts';
import { alertsAmong, gathered, mostAlerts, tooManyAlerts } from './gathered.ts';
import { tooManyItems } from './itemsIn.ts';
import { readJson } from './json.ts';
import { placedValues } from './placedValues.ts';
import { emptyList, foreign, noneOfTheFormats, recognised } from './recognised.ts';
import { references } from './references.ts';

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

export interface ReadAlertsRules extends FormatRules {
  /** Alerts in one go, the wrong ones counted; 1,000 where nothing is said, and never more than `mostItems`. */
  readonly most?: number;
}

/** Never throws, whatever came. */
export const readAlerts = (came: Came, rules: ReadAlertsRules): ReadAlerts => {
  const json = readJson(came.body, came.headers);
  if (json.kind === 'unreadable') return json;
  const most = rules.most ?? mostAlerts;
  const placed = json.kind === 'tooMany' ? json : placedValues(json, came.headers);
  if (placed.kind === 'tooMany') return { kind: 'unreadable', status: 413, message: tooManyItems(placed.count, most) };
  if (placed.kind === 'validation') return placed;
  const { values, ignored } = placed;
  const read = values.map((value) => recognised(value, rules));
  const [only] = values;
  if (only !== undefined && read.length === 1 && read[0] === undefined) {
    return { kind: 'unreadable', status: 400, message: noneOfTheFormats(only) };
  }
  const referred = values.flatMap((value, index) => read[index] ?? foreign(value));
  const count = alertsAmong(referred);
  if (count > most) return { kind: 'unreadable', status: 413, message: tooManyAlerts(count, most) };
  const none = values.length + ignored.length === 0 ? [emptyList('')] : [];
  return gathered([...references(referred, came.receivedAt), ...ignored, ...none]);
};
