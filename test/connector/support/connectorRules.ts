/**
 * What custom connectors ask of a document besides OpenAPI 2.0 ("Fix Swagger Validator errors", "Learn best practices for string fields", "Follow
 * coding standards", "Custom connector FAQ for Azure Logic Apps, Power Automate, and Power Apps"). Each rule says what is wrong, and where.
 */
import { operationRules } from './operationRules.ts';
import { operationsOf, refersTo } from './parts.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schemaRules.ts';

const mostBytes = 1_000_000;
const mostOperations = 256;

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

const rules: readonly Rule[] = [isSmall, isTitled, hasOwnId, isSecure, ...operationRules, ...schemaRules];

/** What is wrong with a document. */
export const connectorFaults: Rule = (document) => {
  const broken = refers(document);
  return broken.length > 0 ? broken : rules.flatMap((rule) => rule(document));
};
