import * as fc from 'fast-check';
import { createRoutes } from '../../src/functions/batch/routes.ts';
import { matchTemplate, segmentsOf } from '../../src/local/host/http/matchTemplate.ts';
import { parseTemplate } from '../../src/local/host/http/template.ts';
import { law } from '../support/law.ts';
import { readOf } from './support/batches.ts';

const routes = createRoutes(
  ['api/machines/{id}', 'api/machines', 'api/machines/resolve', 'api/v1.0/machines', 'api/{kind}/resolve'].map(
    (route) => readOf(route, () => ({})),
  ),
);

describe('the routes of a batch', () => {
  it.each([
    ['/api/machines', 'api/machines', {}],
    ['/API/Machines/', 'api/machines', {}],
    ['/api/machines/Resolve', 'api/machines/resolve', {}],
    ['/api/machines/X', 'api/machines/{id}', { id: 'X' }],
    ['/api/machines/a%2Fb', 'api/machines/{id}', { id: 'a%2Fb' }],
    ['/api/machines/ ', 'api/machines/{id}', { id: ' ' }],
    ['/api/users/resolve', 'api/{kind}/resolve', { kind: 'users' }],
  ])('lead %s to %s', (path, route, params) => {
    expect(routes.find(path)).toMatchObject({ asks: { route }, params });
  });

  it.each(['/', '//api/machines', '/api//machines', '/api/machines//', '/api/machines/a/b', '/api/machines.', '/api'])(
    'lead %s nowhere',
    (path) => {
      expect(routes.find(path)).toBeUndefined();
    },
  );

  it('are told without their versioned names', () => {
    expect(routes.addresses).toEqual([
      '/api/machines/{id}',
      '/api/machines',
      '/api/machines/resolve',
      '/api/{kind}/resolve',
    ]);
  });

  it.each(['api/{id:int}', 'api/{*rest}', 'api/{id?}', 'api/{a}.{b}'])(
    'can’t be %s, which is told at the start',
    (route) => {
      expect(() => createRoutes([readOf(route, () => ({}))])).toThrow(`${route}: a batch can't read '`);
    },
  );

  it('find what the host finds', () => {
    const templates = ['api/machines', 'api/machines/{id}', 'api/users/{id}/machines'];
    const segment = fc.constantFrom('api', 'API', 'machines', 'users', 'x', '%2F', '');
    law(
      fc.property(fc.constantFrom(...templates), fc.array(segment, { maxLength: 6 }), (template, segments) => {
        const path = `/${segments.join('/')}`;
        const hosts = path.includes('//') ? undefined : matchTemplate(parseTemplate(template), segmentsOf(path));
        expect(createRoutes([readOf(template, () => ({}))]).find(path)?.params).toEqual(hosts);
      }),
    );
  });
});
