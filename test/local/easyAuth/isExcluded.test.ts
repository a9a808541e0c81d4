import { isExcluded } from '../../../src/local/easyAuth/isExcluded.ts';

const hooks = ['/gateway/hooks/*'];

describe('isExcluded', () => {
  it.each([
    '/gateway/hooks/alerts',
    '/gateway/hooks/alerts?code=key',
    '/gateway/hooks/a/b/c',
    '/GATEWAY/Hooks/alerts',
    '//gateway///hooks/alerts',
    '/gateway%2Fhooks%2falerts',
    '/gateway%252fhooks/alerts',
    '/gateway\\hooks\\alerts',
    '/api/../gateway/hooks/alerts',
    '/gateway/hooks/../../api/machines',
    '/gateway/hooks/%2e%2e/%2e%2e/api/machines',
    'http://elsewhere.example/gateway/hooks/alerts',
  ])('lets %s through', (target) => {
    expect(isExcluded(target, hooks)).toBe(true);
  });

  it.each([
    '/',
    '/api/machines',
    '/api/machines?path=/gateway/hooks/alerts',
    '/x/gateway/hooks/alerts',
    '/gateway/alerts',
  ])('does not let %s through', (target) => {
    expect(isExcluded(target, hooks)).toBe(false);
  });

  it('takes a path without a wildcard for itself alone', () => {
    expect(isExcluded('/gateway/health/', ['/gateway/health'])).toBe(true);
    expect(isExcluded('/gateway/health/permissions', ['/gateway/health'])).toBe(false);
  });
});
