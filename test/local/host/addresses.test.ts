import { rawRequest } from './support/rawRequest.ts';
import { startTestHost, type TestHost } from './support/testHost.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startTestHost('plain');
});

afterAll(() => host.stop());

interface Seen {
  readonly function: string;
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly url: string;
}

const reach = async (target: string): Promise<Seen> => {
  const { status, body } = await rawRequest(host.url, target);
  expect(status).toBe(200);
  return JSON.parse(body);
};

describe('odd addresses', () => {
  it.each([
    ['/api/$batch', 'batch'],
    ['/api/%24batch', 'batch'],
    ['/API/Machines', 'machines'],
    ['/api/machines/', 'machines'],
    ['/api/users/../machines', 'machines'],
    ['/api/users/%2e%2e/machines', 'machines'],
    ['/api/users/%2E%2E/machines', 'machines'],
    ['/api/./machines', 'machines'],
    ['/../../api/machines', 'machines'],
    ['http://elsewhere.example/api/machines', 'machines'],
  ])('%s reaches %s', async (target, name) => {
    expect((await reach(target)).function).toBe(name);
  });

  it.each([
    ['a%2Fb', 'a%2Fb'],
    ['a%2fb', 'a%2fb'],
    ['CONTOSO%5Cuser1', 'CONTOSO\\user1'],
    ['100%25', '100%'],
    ['%2525', '%25'],
    ['user1%40contoso.com', 'user1@contoso.com'],
    ['a+b', 'a+b'],
    ['%E9', '%E9'],
    ['%ZZ', '%ZZ'],
    ['50%', '50%'],
    ['%C3%A9', 'é'],
    ['%C3%A9%2F%E9', 'é%2F%E9'],
    ['%F0%9F%98%80', '😀'],
    ['%C0%AF', '%C0%AF'],
    ['%0A', '\n'],
    ['%0D%0A', '\r\n'],
    ['%7F', '\x7f'],
    ['..%2Fx', '..%2Fx'],
    ['%20', ' '],
  ])('a segment %s arrives as %j', async (segment, value) => {
    expect((await reach(`/api/users/${segment}/machines`)).params).toEqual({ id: value });
  });

  it.each([
    '//api/machines',
    '/api//machines',
    '/api/machines//',
    '/gateway/quota.',
    '/gateway/quota%20',
    '/api/users//machines',
    '/nowhere',
  ])('%s is 404', async (target) => {
    expect((await rawRequest(host.url, target)).status).toBe(404);
  });

  it.each(['/api/users/%00/machines', '/api/users/\xe9/machines', '/api/machines?name=\xe9'])(
    '%j is refused with 400 before any function',
    async (target) => {
      const before = host.events.filter(({ kind }) => kind === 'invocation').length;
      expect((await rawRequest(host.url, target)).status).toBe(400);
      expect(host.events.filter(({ kind }) => kind === 'invocation')).toHaveLength(before);
    },
  );

  it('a literal segment wins over a parameter', async () => {
    expect((await reach('/api/machines/machines')).function).toBe('machine');
    expect((await reach('/api/machines')).function).toBe('machines');
  });

  it.each([
    ['a query of 4,096 characters is answered', `/api/machines?q=${'x'.repeat(4_094)}`, 200],
    ['a longer query is refused', `/api/machines?q=${'x'.repeat(4_095)}`, 414],
    ['a URL of 8,192 characters is answered', `/files/${'x'.repeat(8_185)}`, 200],
    ['a longer URL is refused', `/files/${'x'.repeat(8_186)}`, 414],
  ])('%s', async (_what, target, status) => {
    expect((await rawRequest(host.url, target)).status).toBe(status);
  });
});

describe('what a function sees of its address', () => {
  it('the URL has the path with only those escapes that a path needs, and the query as it was sent', async () => {
    const { url } = await reach('/api/users/%40%2F%C3%A9%25/machines?%24top=1&a=b+c%20d');
    expect(url).toBe(`${host.url}/api/users/@%2F%C3%A9%25/machines?%24top=1&a=b+c%20d`);
  });

  it.each([
    ['$filter=a+eq+%27b%2Bc%27', { $filter: "a eq 'b+c'" }],
    ['a=1&a=2&A=3', { a: '1,2,3' }],
    ['a&b=&=c', { a: '', b: '', '': 'c' }],
    ['a=b=c', { a: 'b=c' }],
    ['a=%ZZ&b=%E9', { a: '%ZZ', b: '%E9' }],
    ['&&a=1&', { a: '1' }],
  ])('the query %s becomes %j', async (query, values) => {
    expect((await reach(`/api/machines?${query}`)).query).toEqual(values);
  });
});
