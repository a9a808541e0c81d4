/** An operation, as OpenAPI 2.0 writes it. */
import { headersNamed } from './headers.ts';
import type { Answer, Body, Operation } from './operation.ts';
import type { ParameterName } from './parameters.ts';
import { roleText, securityOf } from './security.ts';
import { statusOf } from './sharedResponses.ts';
import type { BodyParameter, OperationObject, Parameter, Reference, ResponseObject } from './swagger.ts';

export const operationObject = (operation: Operation): OperationObject => {
  const { id, summary, description, visibility, access, parameters, body, pages } = operation;
  const security = securityOf(access);
  return {
    operationId: id,
    summary,
    description: `${description}${roleText(access)}`,
    ...(visibility === undefined ? {} : { 'x-ms-visibility': visibility }),
    ...(pages === true ? { 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } } : {}),
    ...(security === undefined ? {} : { security }),
    parameters: [...parameters.map(parameterOf), ...(body === undefined ? [] : [bodyOf(body)])],
    responses: responsesOf(operation),
  };
};

const parameterOf = (parameter: Parameter | ParameterName): Parameter | Reference =>
  typeof parameter === 'string' ? { $ref: `#/parameters/${parameter}` } : parameter;

const bodyOf = ({ schema, title, description }: Body): BodyParameter => ({
  name: 'body',
  in: 'body',
  required: true,
  'x-ms-summary': title,
  description,
  schema: { $ref: `#/definitions/${schema}` },
});

/** By their statuses. The designer looks for what an operation gives at 200, 201 and `default` alone, so what gives 202 says so twice. */
const responsesOf = ({ answers, shared }: Operation): Readonly<Record<string, ResponseObject | Reference>> => ({
  ...Object.fromEntries(answers.map((answer) => [answer.status, answerObject(answer)])),
  ...defaultOf(answers),
  ...Object.fromEntries(shared.map((name) => [statusOf(name), { $ref: `#/responses/${name}` }])),
});

const defaultOf = (answers: readonly Answer[]): Readonly<Record<string, ResponseObject>> => {
  const [answer] = answers;
  return answer?.status === 202 && answers.length === 1 ? { default: answerObject(answer) } : {};
};

export const answerObject = ({ description, schema, headers }: Answer): ResponseObject => ({
  description,
  ...(schema === undefined ? {} : { schema: { $ref: `#/definitions/${schema}` } }),
  ...(headers.length === 0 ? {} : { headers: headersNamed(headers) }),
});
