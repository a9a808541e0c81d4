/** Holds an answer against the document. Objects of ours are closed: what is not documented is a fault. Defender's are open, and say so. */
import type { ResponseObject, Schema, Swagger } from '../../../src/connector/swagger.ts';
import { followed, type Operation, responseOf } from './parts.ts';

export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What is wrong with an answer of an operation, or with the document. */
export const answerFaults = (document: Swagger, operation: Operation, answer: Answer): readonly string[] => {
  const response = responseOf(document, operation, String(answer.status));
  if (!response) return [`the status ${answer.status} is not documented`];
  return [...headerFaults(response, answer), ...bodyFaults(document, response, answer)];
};

/** Of HTTP itself, of the connection, and those that are for caches and libraries. */
const notDocumented = new Set([
  'cache-control',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-location',
  'content-type',
  'date',
  'keep-alive',
  'last-modified',
  'link',
  'odata-version',
  'preference-applied',
  'priority',
  'ratelimit-policy',
  'request-id',
  'transfer-encoding',
  'vary',
  'x-content-type-options',
  'x-ms-request-id',
]);

const headerFaults = ({ headers = {} }: ResponseObject, answer: Answer): readonly string[] => {
  const types = new Map(Object.entries(headers).map(([name, { type }]) => [name.toLowerCase(), type]));
  return Object.entries(answer.headers).flatMap(([name, value]) => {
    if (notDocumented.has(name)) return [];
    if (!types.has(name)) return [`the header ${name} is not documented`];
    return types.get(name) === 'integer' && !/^\d+$/.test(value) ? [`the header ${name} is no whole number`] : [];
  });
};

const bodyFaults = (
  document: Swagger,
  { schema }: ResponseObject,
  { status, headers, text }: Answer,
): readonly string[] => {
  if (text === '') return schema === undefined || status === 401 ? [] : ['there is no body'];
  if (!/\bjson\b/.test(headers['content-type'] ?? '')) return [];
  if (schema === undefined) return ['a body is not documented'];
  return schemaFaults(document, schema, JSON.parse(text), 'body');
};

/** @param place where the value stands, for messages */
export const schemaFaults = (document: Swagger, written: Schema, value: unknown, place: string): readonly string[] => {
  const schema = followed<Schema>(document, written);
  if (value === null) return schema['x-nullable'] === true || schema.type === undefined ? [] : [`${place} is null`];
  if (schema.enum && !schema.enum.includes(String(value))) return [`${place} is ${value}, which is not documented`];
  if (schema.type === undefined) return [];
  if (!isOfType(schema, value)) return [`${place} is no ${schema.format ?? schema.type}: ${JSON.stringify(value)}`];
  if (Array.isArray(value)) {
    const items = schema.items ?? {};
    return value.flatMap((item, index) => schemaFaults(document, items, item, `${place}[${index}]`));
  }
  return schema.type === 'object' ? objectFaults(document, schema, Object(value), place) : [];
};

const isOfType = ({ type, format }: Schema, value: unknown): boolean => {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'string':
      return typeof value === 'string' && (format !== 'date-time' || isInstant(value));
    default:
      return typeof value === type;
  }
};

/** "Date and Time on the Internet: Timestamps" (RFC 3339). */
const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

const objectFaults = (
  document: Swagger,
  { properties = {}, required = [], additionalProperties }: Schema,
  value: Readonly<Record<string, unknown>>,
  place: string,
): readonly string[] => {
  const missing = required.filter((name) => value[name] === undefined).map((name) => `${place}.${name} is missing`);
  const wrong = Object.entries(value).flatMap(([name, part]) => {
    const schema = properties[name] ?? (additionalProperties === true ? {} : additionalProperties || undefined);
    return schema ? schemaFaults(document, schema, part, `${place}.${name}`) : [`${place}.${name} is not documented`];
  });
  return [...missing, ...wrong];
};
