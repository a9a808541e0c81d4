import { readFileSync } from 'node:fs';
import type { Swagger } from '../../../src/connector/swagger.ts';
import { type Answer, answerFaults } from '../../connector/support/conforms.ts';
import { type Operation, operationsOf } from '../../connector/support/parts.ts';
import type { Gateway } from '../../support/gateway.ts';

/** The committed document, and what was asked of it so far. */
export interface Documented {
  readonly operations: readonly Operation[];
  /** Asks, and holds the answer against the document. @param id of the operation that the path is of @returns the answer */
  ask(id: string, path: string, sent?: Sent): Promise<Answer>;
  /** Holds an answer that another operation gives against one. */
  holds(id: string, answer: Answer): void;
  /** What was answered so far, `<id> <status>`. */
  readonly seen: ReadonlySet<string>;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The function key, unless told. */
  readonly key?: string;
}

export const documented = (gateway: () => Gateway): Documented => {
  const document: Swagger = JSON.parse(readFileSync('docs/connector.swagger.json', 'utf8'));
  const operations = operationsOf(document);
  const seen = new Set<string>();

  const named = (id: string): Operation => {
    const operation = operations.find(({ operationId }) => operationId === id);
    if (!operation) throw new Error(`there is no operation ${id}`);
    return operation;
  };

  const holds = (id: string, answer: Answer) => {
    seen.add(`${id} ${answer.status}`);
    expect({ id, faults: answerFaults(document, named(id), answer) }).toEqual({ id, faults: [] });
  };

  return {
    operations,
    seen,
    holds,
    async ask(id, path, { headers = {}, body, key = gateway().key } = {}) {
      const { method, path: template } = named(id);
      expect(path).toMatch(patternOf(template));
      const response = await fetch(`${gateway().urls[0]}${path}`, {
        method: method.toUpperCase(),
        headers: {
          'x-functions-key': key,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const answer = {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      };
      holds(id, answer);
      return answer;
    },
  };
};

/** What fits a path of the document, with a query or without. */
const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replaceAll('$', '\\$').replace(/\{\w+\}/g, '[^/?]+')}(?:\\?.*)?$`);
