/**
 * What the gateway answers, as OpenAPI 2.0, which is what custom connectors of Logic Apps and Power Automate are made of. It is kept as
 * `docs/connector.swagger.json`, and given out under `/gateway/openapi.json`; nothing of this folder is deployed.
 */
import { definitions } from './definitions.ts';
import type { Operation } from './operation.ts';
import { answerObject, operationObject } from './operationObject.ts';
import { operations } from './operations/operations.ts';
import { parameters } from './parameters.ts';
import { security, securityDefinitions } from './security.ts';
import { sharedResponses } from './sharedResponses.ts';
import type { Swagger } from './swagger.ts';

/** Stands for each gateway's own name. */
const hostPlace = 'gateway.example.azurewebsites.net';

export const connectorDocument = (): Swagger => ({
  swagger: '2.0',
  info: {
    title: 'Defender Machine Gateway',
    description:
      'Machines of Microsoft Defender for Endpoint, without ever running into its quota: which one is meant, what they are, what requires attention, and which an alert is about.',
    version: '1.0.0',
  },
  host: hostPlace,
  basePath: '/',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  paths: pathsOf(operations),
  definitions: definitions(),
  parameters,
  responses: mapped(sharedResponses, answerObject),
  securityDefinitions,
  security,
});

const mapped = <T, U>(table: Readonly<Record<string, T>>, of: (row: T) => U): Readonly<Record<string, U>> =>
  Object.fromEntries(Object.entries(table).map(([name, row]) => [name, of(row)]));

const pathsOf = (all: readonly Operation[]): Swagger['paths'] => {
  const paths: Record<string, Swagger['paths'][string]> = {};
  for (const operation of all)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  return paths;
};
