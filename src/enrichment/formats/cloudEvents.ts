/**
 * CloudEvents ("CloudEvents", version 1.0.2): a structured one is JSON with its attributes beside its data; a binary one has its attributes in
 * headers, and its data is the body ("HTTP Protocol Binding for CloudEvents"). An attribute that is null is absent.
 */
import { isObject, type Members, textOf, unescaped } from './members.ts';

export const isCloudEvent = (value: unknown): value is Members =>
  isObject(value) &&
  textOf(value.specversion) !== undefined &&
  ['type', 'source'].some((name) => textOf(value[name]) !== undefined);

/** A binary event in its structured form; undefined where the headers are of none. */
export const binaryEvent = (data: unknown, headers: Readonly<Record<string, string>>): Members | undefined => {
  if (textOf(headers['ce-specversion']) === undefined || textOf(headers['ce-type']) === undefined) return undefined;
  // What is not ASCII is percent-encoded in headers.
  const attributes = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  return { ...Object.fromEntries(attributes.map(([name, text]) => [name.slice(3), unescaped(text)])), data };
};
