import { findRoute, routesOf } from '../../../../src/local/host/http/routes.ts';
import type { RegisteredFunction } from '../../../../src/local/host/invoker.ts';

/** A function named after its route. */
const withRoute = (route: string, methods: readonly string[] = ['GET']): RegisteredFunction => ({
  name: route,
  bindings: { request: { type: 'httpTrigger', direction: 'in', route, methods, authLevel: 'anonymous' } },
});

const values = (route: string, path: string) => findRoute(routesOf([withRoute(route)], ''), 'GET', path)?.values;

const winner = (routes: readonly string[], path: string) =>
  findRoute(
    routesOf(
      routes.map((route) => withRoute(route)),
      '',
    ),
    'GET',
    path,
  )?.route.functionName;

describe('a route constraint', () => {
  it.each([
    ['int', ['0', '-5', '+7', '2147483647', '-2147483648'], ['2147483648', '1.5', 'x', '1e3']],
    ['long', ['9223372036854775807'], ['9223372036854775808']],
    ['bool', ['true', 'FALSE'], ['yes', '1']],
    ['guid', ['8D9AD3AF-4B2C-4E0A-9A1C-1D2E3F405162', '8d9ad3af4b2c4e0a9a1c1d2e3f405162'], ['8d9ad3af', 'x']],
    ['alpha', ['abc', 'ABC'], ['ab1', 'a-b', 'é']],
    ['decimal', ['1.5', '-2', '1,000.25'], ['x', '.']],
    ['double', ['1e3', '-.5'], ['1e', 'x']],
    ['datetime', ['2026-11-21', '2026-11-21T10:00:00Z'], ['someday']],
    ['min(3)', ['3', '4'], ['2', 'x']],
    ['max(3)', ['3', '-1'], ['4', 'x']],
    ['range(2,4)', ['2', '4'], ['1', '5', 'x']],
    ['length(3)', ['abc'], ['ab', 'abcd']],
    ['length(2,3)', ['ab', 'abc'], ['a', 'abcd']],
    ['minlength(2)', ['ab'], ['a']],
    ['maxlength(2)', ['ab'], ['abc']],
    ['regex(^\\d{{2}}:?$)', ['12', '12:'], ['1', '123']],
    ['regex(^a=b$)', ['a=b'], ['a']],
    ['required', ['x'], []],
    ['file', ['a.txt'], ['a']],
    ['nonfile', ['a'], ['a.txt']],
    ['int:min(1):max(9)', ['5'], ['0', '10', 'x']],
  ])('%s takes %j and refuses %j', (constraint, taken, refused) => {
    const reached = (value: string) => values(`{it:${constraint}}`, `/${value}`)?.it;
    expect(taken.map(reached)).toEqual(taken);
    expect(refused.map(reached)).toEqual(refused.map(() => undefined));
  });

  it('that does not exist is an error that names the function', () => {
    expect(() => routesOf([withRoute('a/{id:prime}')], '')).toThrow(
      "a/{id:prime}: 'prime' is not a route constraint of this host",
    );
  });
});

describe('a route template', () => {
  it.each([
    ['a/{b?}', '/a', {}],
    ['a/{b?}', '/a/x', { b: 'x' }],
    ['a/{b:int?}', '/a', {}],
    ['a/{b:int?}', '/a/x', undefined],
    ['a/{b}', '/a', undefined],
    ['a/{b=5}', '/a', { b: '5' }],
    ['a/{b:int=5}', '/a/7', { b: '7' }],
    ['a/{*rest}', '/a', {}],
    ['a/{*rest}', '/a/x/y/', { rest: 'x/y' }],
    ['a/{**rest}', '/a/x/y', { rest: 'x/y' }],
    ['{*rest}', '/', {}],
    ['{name}.{extension}', '/a.b.c', { name: 'a.b', extension: 'c' }],
    ['{name}.{extension?}', '/a', { name: 'a' }],
    ['v{version}/x', '/V2/X', { version: '2' }],
    ['a-{b}-{c}', '/a-1-2', { b: '1', c: '2' }],
    ['a/{b}/c', '/a/x/d', undefined],
    ['{{a}}/{b}', '/{a}/x', { b: 'x' }],
    ['{path:regex(^a/b$)}', '/a', undefined],
    ['/leading/{b}', '/leading/x', { b: 'x' }],
  ])('%s makes of %s the values %j', (route, path, expected) => {
    expect(values(route, path)).toEqual(expected);
  });

  it('stands behind the prefix, if there is one', () => {
    const routes = routesOf([withRoute('machines')], 'api');
    expect(findRoute(routes, 'GET', '/api/machines')).toBeDefined();
    expect(findRoute(routes, 'GET', '/machines')).toBeUndefined();
  });
});

describe('among routes that fit', () => {
  const routes = [
    '{*rest}',
    'a/{*rest:alpha}',
    'a/{id}',
    'a/x{id}',
    'a/{id:int}',
    'a/list',
    '{b}/list',
    'a/{id}/{part}',
  ];

  it.each([
    ['/a/list', 'a/list'],
    ['/a/7', 'a/{id:int}'],
    ['/a/x7', 'a/x{id}'],
    ['/a/y', 'a/{id}'],
    ['/b/list', '{b}/list'],
    ['/a/b/c', 'a/{id}/{part}'],
    ['/z', '{*rest}'],
  ])('%s goes to %s, in whatever order they were registered', (path, expected) => {
    expect(winner(routes, path)).toBe(expected);
    expect(winner([...routes].reverse(), path)).toBe(expected);
  });

  it('the method decides between equal ones', () => {
    const both = routesOf([withRoute('a', ['GET']), { ...withRoute('a', ['POST']), name: 'second' }], '');
    expect(findRoute(both, 'POST', '/a')?.route.functionName).toBe('second');
    expect(findRoute(both, 'DELETE', '/a')).toBeUndefined();
  });

  it('a trigger without methods takes every one', () => {
    expect(findRoute(routesOf([withRoute('a', [])], ''), 'PROPFIND', '/a')).toBeDefined();
  });
});
