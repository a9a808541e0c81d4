/**
 * What custom connectors ask of a document besides OpenAPI 2.0 ("Fix Swagger Validator errors", "Learn best practices for string fields", "Follow
 * coding standards", "Custom connector FAQ for Azure Logic Apps, Power Automate, and Power Apps"). Each rule says what is wrong, and where.
 */
import type { BodyParameter, DynamicValues, Parameter, Schema, Swagger } from '../../../src/connector/swagger.ts';
import {
  followed,
  type Operation,
  operationsOf,
  parametersOf,
  refersTo,
  responseOf,
  schemaCount,
  schemasIn,
} from './parts.ts';

type Rule = (document: Swagger) => readonly string[];

const mostBytes = 1_000_000;
const mostOperations = 256;
const mostSchemasInBody = 512;
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

const ofOperations =
  (faults: (operation: Operation, document: Swagger) => readonly (string | false)[]): Rule =>
  (document) =>
    operationsOf(document).flatMap((operation) =>
      faults(operation, document).flatMap((fault) => (fault === false ? [] : [`${operation.operationId}: ${fault}`])),
    );

const ofSchemas =
  (faults: (schema: Schema, place: string, document: Swagger) => readonly (string | false)[]): Rule =>
  (document) =>
    Object.entries(document.definitions)
      .flatMap(([name, schema]) => schemasIn(schema, name))
      .flatMap(([place, schema]) =>
        faults(schema, place, document).flatMap((fault) => (fault === false ? [] : [`${place}: ${fault}`])),
      );

const isSmall: Rule = (document) => {
  const { length } = JSON.stringify(document);
  const count = operationsOf(document).length;
  return [
    ...(length >= mostBytes ? [`the document has ${length} bytes`] : []),
    ...(count > mostOperations ? [`there are ${count} operations`] : []),
  ];
};

const isTitled: Rule = ({ info: { title, description } }) => [
  ...(title.length > 30 ? ['its title is too long'] : []),
  ...(/\bapi\b/i.test(title + description) ? ['its title or description speaks of an API'] : []),
];

const hasOwnId: Rule = (document) => {
  const ids = operationsOf(document).map(({ operationId }) => operationId);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: its id is not its own`),
    ...ids.filter((id) => !/^(?:[A-Z][a-z0-9]*)+$/.test(id)).map((id) => `${id}: its id is not words with capitals`),
  ];
};

const isDescribed = ofOperations(({ summary, description }) => [
  !/^[A-Z][^/]{1,78}[A-Za-z0-9]$/.test(summary) && 'its summary is none',
  !description.endsWith('.') && 'its description has no full stop',
  description.startsWith(summary) && 'its description says what its summary does',
]);

/** Logic Apps' designer looks for what an operation gives at one of these, and nowhere else (its `OutputsProcessor`). */
const seen = ['200', '201', 'default'];

const answers = ofOperations((operation, document) => {
  const statuses = Object.keys(operation.responses);
  const shown = seen.find((status) => statuses.includes(status));
  const isHidden = operation['x-ms-visibility'] === 'internal';
  return [
    !statuses.some((status) => status.startsWith('2')) && 'it has no success',
    !isHidden && !(shown && responseOf(document, operation, shown)?.schema) && 'what it gives is not seen',
  ];
});

const hasItsParameters = ofOperations((operation, document) => {
  const all = parametersOf(document, operation);
  const names = all.map(({ name, in: place }) => `${place} ${name}`);
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `path ${name}`);
  return [
    new Set(names).size < names.length && 'a parameter stands there twice',
    inPath.some((name) => !names.includes(name)) && 'a parameter of its path is missing',
    names.some((name) => name.startsWith('path ') && !inPath.includes(name)) && 'a parameter is not in its path',
    all.filter(({ in: place }) => place === 'body').length > (operation.method === 'post' ? 1 : 0) &&
      'it takes a body that it can not have',
    ...all.flatMap((parameter) => parameterFaults(parameter)),
  ];
});

const parameterFaults = (parameter: Parameter | BodyParameter): readonly (string | false)[] => {
  const { name, description = '', 'x-ms-summary': summary = '' } = parameter;
  const encoding = Object(parameter)['x-ms-url-encoding'];
  const isInPath = parameter.in === 'path';
  return [
    !/^[A-Z].{0,79}$/.test(summary) && `${name} has no title`,
    !description.endsWith('.') && `${name} has no description`,
    isInPath && !parameter.required && `${name} is in the path and not required`,
    isInPath !== (encoding === 'single') && `${name} is not encoded as others`,
    parameter['x-ms-visibility'] === 'internal' && parameter.required === true && `${name} is hidden and required`,
  ];
};

const chooses = ofOperations((operation, document) =>
  parametersOf(document, operation).flatMap((parameter) => {
    const values: DynamicValues | undefined = Object(parameter)['x-ms-dynamic-values'];
    return values ? [choiceFault(document, values) ?? false] : [];
  }),
);

const choiceFault = (document: Swagger, values: DynamicValues): string | undefined => {
  const asked = operationsOf(document).find(({ operationId }) => operationId === values.operationId);
  if (!asked) return `there is no operation ${values.operationId} to choose from`;
  const lacking = parametersOf(document, asked).filter(({ name, required }) => required && !values.parameters?.[name]);
  if (lacking.length > 0) return `${values.operationId} takes ${lacking[0]?.name}`;
  const answer = responseOf(document, asked, '200')?.schema;
  const rows = answer && followed<Schema>(document, answer).properties?.[values['value-collection']]?.items;
  const properties = rows ? followed<Schema>(document, rows).properties : undefined;
  const missing = [values['value-path'], values['value-title']].find((name) => properties?.[name] === undefined);
  return missing === undefined ? undefined : `${values.operationId} answers no ${missing}`;
};

const goesOn = ofOperations((operation, document) => {
  const answer = responseOf(document, operation, '200')?.schema;
  const properties = answer ? followed<Schema>(document, answer).properties : undefined;
  const isPaged = operation['x-ms-pageable'] !== undefined;
  return [isPaged && properties?.['@odata.nextLink'] === undefined && 'it has no link to a next page'];
});

const bodiesFit = ofOperations((operation, document) => {
  const schemas = [
    ...Object.keys(operation.responses).map((status) => responseOf(document, operation, status)?.schema),
    ...parametersOf(document, operation).map((parameter) => Object(parameter).schema as Schema | undefined),
  ];
  return schemas.map((schema) => {
    const count = schema ? schemaCount(document, schema) : 0;
    return count > mostSchemasInBody && `a body of it has ${count} schemas`;
  });
});

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

const refers: Rule = (document) =>
  [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)]
    .map(([, reference = '']) => reference)
    .filter((reference) => refersTo(document, reference) === undefined)
    .map((reference) => `${reference} leads nowhere`);

const isSecure: Rule = (document) => {
  const required = [document.security, ...operationsOf(document).map(({ security = [] }) => security)].flat();
  return required.flatMap((requirement) =>
    Object.entries(requirement).flatMap(([name, scopes]) => {
      const known = document.securityDefinitions[name];
      if (!known) return [`there is no security ${name}`];
      const names = known.type === 'oauth2' ? Object.keys(known.scopes) : [];
      return scopes.filter((scope) => !names.includes(scope)).map((scope) => `there is no scope ${scope}`);
    }),
  );
};

const rules: readonly Rule[] = [
  isSmall,
  isTitled,
  hasOwnId,
  isDescribed,
  refers,
  answers,
  hasItsParameters,
  chooses,
  goesOn,
  bodiesFit,
  isShown,
  isPlain,
  isSecure,
];

/** What is wrong with a document. */
export const connectorFaults: Rule = (document) => {
  const broken = refers(document);
  return broken.length > 0 ? broken : rules.flatMap((rule) => rule(document));
};
