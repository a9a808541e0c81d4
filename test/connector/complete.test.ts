import { readFileSync } from 'node:fs';
import { operations } from '../../src/connector/operations/operations.ts';
import type { Swagger } from '../../src/connector/swagger.ts';
import { parkable } from '../../src/functions/operations/parkable.ts';
import { httpTriggers } from '../../src/functions/triggers.ts';
import { operationsOf } from './support/parts.ts';

const document: Swagger = JSON.parse(readFileSync('docs/connector.swagger.json', 'utf8'));

/** Defender's versioned names are for the same calls. */
const plain = httpTriggers.filter(({ route }) => !route.startsWith('api/v1.0/'));

const addresses = plain.flatMap(({ route, methods, access }) =>
  methods.map((method) => ({ address: `${method} /${route}`, access })),
);

const sorted = <T extends { readonly address: string }>(all: readonly T[]) =>
  [...all].sort((a, b) => (a.address < b.address ? -1 : 1));

describe('the operations of the document', () => {
  it('are what Azure is told of, each address and each method', () => {
    const told = operationsOf(document).map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(told.sort()).toEqual(addresses.map(({ address }) => address).sort());
  });

  it('say truly who may call', () => {
    const told = operations.map(({ path, method, access }) => ({ address: `${method.toUpperCase()} ${path}`, access }));
    expect(sorted(told)).toEqual(sorted(addresses));
  });

  it('say truly which are answered later for who prefers that', () => {
    const services = { operations: {}, clock: {} } as unknown as Parameters<typeof parkable>[1];
    const parked = plain.filter((trigger) => {
      const asks = { ...trigger, handler: () => ({}) };
      return parkable(asks, services) !== asks;
    });
    const told = operationsOf(document).filter(
      ({ method, parameters }) =>
        method === 'get' &&
        parameters.some((parameter) => '$ref' in parameter && parameter.$ref === '#/parameters/Prefer'),
    );
    expect(told.map(({ path }) => path).sort()).toEqual(parked.map(({ route }) => `/${route}`).sort());
    expect(told.filter(({ responses }) => responses['202'] === undefined)).toEqual([]);
  });

  it('have a plain name for every versioned one', () => {
    const versioned = httpTriggers.filter((trigger) => !plain.includes(trigger)).map(({ route }) => route);
    const names = new Set(plain.map(({ route }) => route));
    expect(versioned.filter((route) => !names.has(route.replace('api/v1.0/', 'api/')))).toEqual([]);
    expect(versioned.length).toBeGreaterThan(4);
  });
});
