/** What custom connectors ask of the operations of a document. */
import type { BodyParameter, DynamicValues, Parameter, Schema, Swagger } from '../../../src/connector/swagger.ts';
import { followed, type Operation, operationsOf, parametersOf, responseOf, schemaCount } from './parts.ts';
import type { Rule } from './rule.ts';

const mostSchemasInBody = 512;

const ofOperations =
  (faults: (operation: Operation, document: Swagger) => readonly (string | false)[]): Rule =>
  (document) =>
    operationsOf(document).flatMap((operation) =>
      faults(operation, document).flatMap((fault) => (fault === false ? [] : [`${operation.operationId}: ${fault}`])),
    );

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

export const operationRules: readonly Rule[] = [isDescribed, answers, hasItsParameters, chooses, goesOn, bodiesFit];
