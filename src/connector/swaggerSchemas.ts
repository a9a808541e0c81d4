/**
 * From schemas of OpenAPI 3.0, which the schema library writes, to those of 2.0, as custom connectors take them ("Fix Swagger Validator errors").
 * An object that is closed loses its `additionalProperties: false`, which clients would refuse new properties by; one that is open says `true`.
 */
import type { Schema } from './swagger.ts';

type Written = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Written>>;

export const swaggerSchemas = (schemas: Readonly<Record<string, object>>): Readonly<Record<string, Schema>> => {
  const all = schemas as Schemas;
  return Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, schemaOf(schema, all)]));
};

const schemaOf = (schema: Written, all: Schemas): Schema => {
  const { $id, $schema, nullable, allOf, additionalProperties, ...rest } = schema;
  if (Array.isArray(allOf)) return referring(allOf, { ...rest, ...(nullable === true ? { nullable } : {}) }, all);
  const plain = Object.entries(rest).filter(([name, value]) => !isNoise(name, value, rest));
  return Object.fromEntries([
    ...plain.map(([name, value]) => [name, partOf(name, value, all)]),
    ...(nullable === true ? [['x-nullable', true]] : []),
    ...additional(additionalProperties, all),
  ]);
};

/** Beside a reference nothing else may stand: where something else is to be said, what it refers to is put in its place. */
const referring = (parts: readonly Written[], beside: Written, all: Schemas): Schema => {
  const [part, ...others] = parts;
  const referred = all[String(part?.$ref).replace('#/definitions/', '')];
  if (referred === undefined || others.length > 0)
    throw new Error(`can't be said in OpenAPI 2.0: ${JSON.stringify(parts)}`);
  const isSaid = Object.entries(beside).every(([name, value]) => referred[name] === value);
  return isSaid ? { $ref: String(part?.$ref) } : schemaOf({ ...referred, ...beside }, all);
};

const partOf = (name: string, value: unknown, all: Schemas): unknown => {
  if (name === 'items') return schemaOf(value as Written, all);
  if (name !== 'properties') return value;
  const properties = Object.entries(value as Schemas);
  return Object.fromEntries(properties.map(([property, schema]) => [property, schemaOf(schema, all)]));
};

const additional = (said: unknown, all: Schemas): readonly (readonly [string, unknown])[] => {
  if (said === undefined || said === false) return [];
  const isAny = Object.keys(said as Written).length === 0;
  return [['additionalProperties', isAny ? true : schemaOf(said as Written, all)]];
};

/** What says nothing: the bounds of JavaScript's whole numbers, and how a date is written, beside its format. */
const isNoise = (name: string, value: unknown, { format }: Written): boolean =>
  (name === 'pattern' && format === 'date-time') ||
  ((name === 'minimum' || name === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER);
