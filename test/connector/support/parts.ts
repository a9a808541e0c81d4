import type {
  BodyParameter,
  OperationObject,
  Parameter,
  ResponseObject,
  Schema,
  Swagger,
} from '../../../src/connector/swagger.ts';

/** The document as anybody may have it, right or wrong. */
export const refersTo = <T>(document: Swagger, reference: string): T | undefined => {
  const [, section = '', name = ''] = /^#\/(\w+)\/(\w+)$/.exec(reference) ?? [];
  const found: unknown = Object(Object(document)[section])[name];
  return found === undefined ? undefined : (found as T);
};

/** What stands there, or what is referred to. */
export const followed = <T>(document: Swagger, part: T | { readonly $ref: string }): T => {
  const reference = Object(part).$ref;
  if (typeof reference !== 'string') return part as T;
  const found = refersTo<T>(document, reference);
  if (found === undefined) throw new Error(`${reference} leads nowhere`);
  return found;
};

export interface Operation extends OperationObject {
  readonly path: string;
  readonly method: string;
}

export const operationsOf = ({ paths }: Swagger): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method })),
  );

export const parametersOf = (
  document: Swagger,
  { parameters }: OperationObject,
): readonly (Parameter | BodyParameter)[] =>
  parameters.map((parameter) => followed<Parameter | BodyParameter>(document, parameter));

export const responseOf = (
  document: Swagger,
  { responses }: OperationObject,
  status: string,
): ResponseObject | undefined => {
  const response = responses[status];
  return response && followed<ResponseObject>(document, response);
};

/** A schema and all that is inside of it, without what it refers to; each with the way to it. */
export const schemasIn = (schema: Schema, place: string): readonly (readonly [string, Schema])[] => {
  const { properties = {}, items, additionalProperties } = schema;
  return [
    [place, schema] as const,
    ...Object.entries(properties).flatMap(([name, part]) => schemasIn(part, `${place}.${name}`)),
    ...(items ? schemasIn(items, `${place}[]`) : []),
    ...(typeof additionalProperties === 'object' ? schemasIn(additionalProperties, `${place}.*`) : []),
  ];
};

/** All that a body may hold, references followed. */
export const schemaCount = (document: Swagger, schema: Schema): number =>
  schemasIn(schema, '')
    .map(([, part]) => (part.$ref === undefined ? 1 : schemaCount(document, followed<Schema>(document, part))))
    .reduce((sum, count) => sum + count, 0);
