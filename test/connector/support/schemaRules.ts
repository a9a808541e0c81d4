/** What custom connectors ask of the schemas of a document. */
import type { Schema, Swagger } from '../../../src/connector/swagger.ts';
import { followed, schemasIn } from './parts.ts';
import type { Rule } from './rule.ts';

const formats = ['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password', 'uri'];
const keywords = [
  '$ref',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'properties',
  'required',
  'items',
  'additionalProperties',
  'x-ms-summary',
  'x-ms-visibility',
  'x-nullable',
];

const ofSchemas =
  (faults: (schema: Schema, place: string, document: Swagger) => readonly (string | false)[]): Rule =>
  (document) =>
    Object.entries(document.definitions)
      .flatMap(([name, schema]) => schemasIn(schema, name))
      .flatMap(([place, schema]) =>
        faults(schema, place, document).flatMap((fault) => (fault === false ? [] : [`${place}: ${fault}`])),
      );

const isShown = ofSchemas((schema, place, document) => {
  const isProperty = /\.[^.*[\]]+$/.test(place);
  const { 'x-ms-summary': title = '', description = '' } = followed<Schema>(document, schema);
  if (!isProperty) return [];
  return [!/^[A-Z].{0,79}$/.test(title) && 'it has no title', !/[.)]$/.test(description) && 'it has no description'];
});

const isPlain = ofSchemas((schema) => [
  ...Object.keys(schema).map((name) => !keywords.includes(name) && `${name} can not be said`),
  Array.isArray(schema.type) && 'it has several types',
  schema.additionalProperties === false && 'it is closed',
  schema.$ref !== undefined && Object.keys(schema).length > 1 && 'something stands beside a reference',
  schema.format !== undefined && !formats.includes(schema.format) && `there is no format ${schema.format}`,
  schema.enum?.length === 0 && 'there is nothing to choose from',
  schema.required?.length === 0 && 'it requires nothing, in words',
  schema.required?.some((name) => schema.properties?.[name] === undefined) === true && 'it requires what it lacks',
  schema.type === 'array' && schema.items === undefined && 'it is a list of nothing',
]);

export const schemaRules: readonly Rule[] = [isShown, isPlain];
