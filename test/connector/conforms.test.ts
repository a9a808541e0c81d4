import { readFileSync } from 'node:fs';
import type { Schema, Swagger } from '../../src/connector/swagger.ts';
import { type Answer, answerFaults, schemaFaults } from './support/conforms.ts';
import { operationsOf } from './support/parts.ts';

const document: Swagger = JSON.parse(readFileSync('docs/connector.swagger.json', 'utf8'));

const faults = (schema: Schema, value: unknown) => schemaFaults(document, schema, value, 'body');

const faultsOf = (id: string, answer: Partial<Answer>) => {
  const operation = operationsOf(document).find(({ operationId }) => operationId === id);
  if (!operation) throw new Error(`there is no operation ${id}`);
  const json = { 'content-type': 'application/json' };
  return answerFaults(document, operation, { status: 200, headers: json, text: '{"status":"up"}', ...answer });
};

describe('a body, held against the document', () => {
  it('may not have a property of ours that is not documented, nor lack one that is always there', () => {
    const schema: Schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
    expect(faults(schema, { a: 'x' })).toEqual([]);
    expect(faults(schema, { a: 'x', b: 1 })).toEqual(['body.b is not documented']);
    expect(faults(schema, {})).toEqual(['body.a is missing']);
  });

  it('may have others where it is Defender’s, or where they have names of their own', () => {
    expect(faults({ type: 'object', additionalProperties: true }, { new: [1] })).toEqual([]);
    const counts: Schema = { type: 'object', additionalProperties: { type: 'integer' } };
    expect(faults(counts, { one: 1 })).toEqual([]);
    expect(faults(counts, { half: 0.5 })).toEqual(['body.half is no integer: 0.5']);
  });

  it('is null only where that is said', () => {
    expect(faults({ type: 'string', 'x-nullable': true }, null)).toEqual([]);
    expect(faults({ type: 'string' }, null)).toEqual(['body is null']);
  });

  it.each<[Schema, unknown, unknown]>([
    [{ type: 'string' }, 'x', 1],
    [{ type: 'string', enum: ['a', 'b'] }, 'a', 'c'],
    [{ type: 'string', format: 'date-time' }, '2018-08-02T14:55:03.7791856Z', '2018-08-02'],
    [{ type: 'boolean' }, true, 'true'],
    [{ type: 'number' }, 0.5, '0.5'],
    [{ type: 'integer' }, 3, 0.5],
    [{ type: 'array', items: { type: 'string' } }, ['x'], [1]],
    [{ type: 'array', items: {} }, [], {}],
    [{ type: 'object' }, {}, []],
    [{ $ref: '#/definitions/Health' }, { status: 'up' }, { status: 'down' }],
  ])('is what %j says', (schema, right, wrong) => {
    expect(faults(schema, right)).toEqual([]);
    expect(faults(schema, wrong)).not.toEqual([]);
  });
});

describe('an answer, held against the document', () => {
  it('has a status, headers and a body that are documented', () => {
    expect(faultsOf('GetHealth', {})).toEqual([]);
    expect(faultsOf('GetHealth', { status: 418 })).toEqual(['the status 418 is not documented']);
    expect(faultsOf('GetHealth', { headers: { 'x-secret': '1' } })).toEqual(['the header x-secret is not documented']);
    expect(faultsOf('GetHealth', { text: '{"status":"up","since":1}' })).toEqual(['body.since is not documented']);
    expect(faultsOf('GetHealth', { text: '' })).toEqual(['there is no body']);
  });

  it('counts seconds in whole numbers', () => {
    const error = '{"error":{}}';
    const headers = { 'content-type': 'application/json', 'retry-after': 'soon' };
    expect(faultsOf('GetMachine', { status: 429, headers, text: error })).toEqual([
      'the header retry-after is no whole number',
    ]);
  });
});
