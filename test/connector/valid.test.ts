import { readFileSync } from 'node:fs';
import type { Swagger } from '../../src/connector/swagger.ts';
import { connectorFaults } from './support/connectorRules.ts';
import { validated } from './support/validator.ts';

const text = readFileSync('docs/connector.swagger.json', 'utf8');
const document: Swagger = JSON.parse(text);

/** The document with something else in it. */
const broken = (from: string | RegExp, to: string): Swagger => {
  const changed = JSON.stringify(document).replace(from, to);
  expect(changed).not.toBe(JSON.stringify(document));
  return JSON.parse(changed);
};

describe('docs/connector.swagger.json, before a validator of OpenAPI', () => {
  it('is OpenAPI 2.0; with a wrong type, without a description or with a lost reference it would not be', async () => {
    const [whole, ...others] = await validated([
      document,
      broken('"in":"query","type":"string"', '"in":"query","type":"object"'),
      broken(/"description":"The machine\.",/, ''),
      broken('"$ref":"#/definitions/Resolution"', '"$ref":"#/definitions/Resolutions"'),
    ]);
    expect(whole).toEqual({ valid: true, version: '2.0' });
    expect(others.map(({ valid }) => valid)).toEqual([false, false, false]);
  });
});

describe('docs/connector.swagger.json, before a custom connector', () => {
  it('has nothing that one refuses', () => {
    expect(connectorFaults(document)).toEqual([]);
  });

  it('is less than a megabyte, as it is uploaded', () => {
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  });

  it.each([
    [
      'two operations have one id',
      '"operationId":"GetMachine"',
      '"operationId":"GetMachineOfAlert"',
      'its id is not its own',
    ],
    ['an id has an underscore', '"operationId":"GetMachine"', '"operationId":"Get_machine"', 'not words with capitals'],
    ['a summary ends in a full stop', '"summary":"List machines"', '"summary":"List machines."', 'its summary is none'],
    ['a parameter has no title', '"x-ms-summary":"Filter Query",', '', '$filter has no title'],
    ['a property has no title', '"x-ms-summary":"Health Status",', '', 'Machine.healthStatus: it has no title'],
    [
      'a path lacks its parameter',
      '/api/users/{id}/machines',
      '/api/users/{user}/machines',
      'a parameter of its path is missing',
    ],
    ['a path is not encoded', '"x-ms-url-encoding":"single",', '', 'is not encoded as others'],
    ['an object is closed', '"additionalProperties":true', '"additionalProperties":false', 'it is closed'],
    ['what an operation gives stands at 202', '"default":{', '"206":{', 'what it gives is not seen'],
    ['a choice is nullable as in 3.0', '"x-nullable":true', '"nullable":true', 'nullable can not be said'],
    ['there are alternatives', '"type":"string","enum"', '"anyOf":[],"enum"', 'anyOf can not be said'],
    ['a type is a list', '"type":"array"', '"type":["array","null"]', 'it has several types'],
    [
      'something is required that is not there',
      '"required":["match"',
      '"required":["matches"',
      'it requires what it lacks',
    ],
    ['a format is unknown', '"format":"date-time"', '"format":"datetime"', 'there is no format datetime'],
    ['a reference is lost', '"$ref":"#/parameters/Prefer"', '"$ref":"#/parameters/Prefers"', 'leads nowhere'],
    [
      'something stands beside a reference',
      '{"$ref":"#/definitions/Candidate"}',
      '{"$ref":"#/definitions/Candidate","description":"One."}',
      'beside a reference',
    ],
    [
      'choices come from nowhere',
      '"operationId":"ListSnapshots","value-collection"',
      '"operationId":"Snapshots","value-collection"',
      'there is no operation Snapshots',
    ],
    ['choices have no title', '"value-title":"startedAt"', '"value-title":"name"', 'answers no name'],
    ['a scope is unknown', /"security":\[\{"entra":\["/, '"security":[{"entra":["x', 'there is no scope'],
    ['the title is long', '"title":"Defender Machine Gateway"', `"title":"${'x'.repeat(31)}"`, 'its title is too long'],
  ])('would be refused where %s', (_, from, to, fault) => {
    expect(connectorFaults(broken(from, to)).join('\n')).toContain(fault);
  });
});
