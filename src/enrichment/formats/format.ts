/** A format that alerts come in: from a value of JSON to what it says of alerts. Pure, and never throws: any value may come. */
import type { AlertReference, SourceName } from '../reference.ts';

export interface Format {
  readonly name: SourceName;
  /** For the message to who sent none of the formats: `Defender alert ({"id":…,"machineId":…})`. */
  readonly title: string;
  /** Alerts of this format; undefined where the value is of another one. @param place where the value stands in what came, for messages: `value[3]`, empty for the whole */
  read(value: unknown, place: string, rules: FormatRules): readonly Item[] | undefined;
}

export interface FormatRules {
  /** What Graph must send as `clientState`: any of these; where there are none, nothing of it is taken. */
  readonly clientStates: readonly string[];
}

export type Item =
  | { readonly kind: 'alert'; readonly alert: ReadAlert }
  /** Of a known format, but not to be used. */
  | { readonly kind: 'wrong'; readonly place: string; readonly message: string }
  /** No alert, and meant to be none: a lifecycle notice, a reachability test, an incident without alerts. */
  | { readonly kind: 'ignored'; readonly place: string; readonly message: string };

/** What a format tells of an alert; the intake knows the rest. */
export type ReadAlert = Omit<AlertReference, 'source' | 'receivedAt' | 'original'> & {
  /** The part of what came that is about this alert: of an incident all but its other alerts. */
  readonly original: unknown;
};
