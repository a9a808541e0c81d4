/** What a format says of one alert, as far as all formats say it in the same way. */
import { idFault } from '../alertId.ts';
import type { Item, ReadAlert } from './format.ts';
import { firstInstant } from './instants.ts';
import { textOf } from './members.ts';

export interface Said {
  /** Where it stands in what came. */
  readonly place: string;
  /** What the format calls the id, for messages. */
  readonly field: string;
  readonly id: unknown;
  /** Anything: what is no machine id of Defender's is left out. */
  readonly machineIds: readonly unknown[];
  readonly product?: 'other' | undefined;
  /** A text, or several, of which the first counts that is an instant. */
  readonly raisedAt?: unknown;
  readonly original: unknown;
}

/** An alert, or why it is none. */
export const alertItem = ({ place, field, id, machineIds, product, raisedAt, original }: Said): Item => {
  const fault = faultOf(id);
  if (fault !== undefined) return { kind: 'wrong', place, message: `${field} ${fault}.` };
  const alert: ReadAlert = {
    alertId: String(id),
    machineIds: machineIdsAmong(machineIds),
    product,
    raisedAt: firstInstant([raisedAt].flat()),
    original,
  };
  return { kind: 'alert', alert };
};

/** 40 hexadecimal digits each, in lower case, each once; a device of another product has an id of another form. */
export const machineIdsAmong = (ids: readonly unknown[]): string[] => {
  const texts = ids.flatMap((id) => textOf(id) ?? []);
  return [...new Set(texts.filter(isMachineId).map((text) => text.toLowerCase()))];
};

/** @param text without blanks around it */
export const isMachineId = (text: string): boolean => /^[0-9a-f]{40}$/i.test(text);

const faultOf = (id: unknown): string | undefined => {
  if (id === undefined || id === null) return 'is missing; it is to be the id of an alert';
  if (typeof id !== 'string') return `is ${kindOf(id)}; write the id as text: "da637472900382838869_1364969609"`;
  return idFault(id);
};

export const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'a boolean' }[typeof value as string] ?? 'an object';
};
