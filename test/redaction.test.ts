import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { logLine } from '../src/log.ts';
import { redacted, redactedFault } from '../src/redaction.ts';
import { law } from './support/law.ts';

const base64url = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
const base64 = [...base64url.slice(0, 62), '+', '/'];
const textOf = (characters: readonly string[], length: number, most = length) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: most });

const localKey = textOf(base64url, 54);
const functionKey = fc.tuple(textOf(base64url, 44), textOf(base64url, 6)).map(([a, b]) => `${a}AzFu${b}==`);
const accountKey = textOf(base64, 86).map((text) => `${text}==`);
const jwt = fc
  .tuple(textOf(base64url, 20, 60), textOf(base64url, 40, 400), textOf(base64url, 0, 90))
  .map((parts) => `eyJ${parts.join('.')}`);
const webhookSecret = textOf(base64, 32, 44).map((text) => `whsec_${text}`);
/** What a person made up; as JSON has it, it may have anything in it. */
const madeUp = fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme-ascii' });
const keyLike = fc.oneof(localKey, functionKey, accountKey);

const names = [
  'x-functions-key',
  'X-IDENTITY-HEADER',
  'IDENTITY_HEADER',
  'client_secret',
  'clientState',
  'GRAPH_CLIENT_STATE',
  'WEBHOOK_SECRET',
  'access_token',
  'AccountKey',
  'aeg-sas-key',
  'authorization',
  'x-ms-client-principal',
  'Ocp-Apim-Subscription-Key',
  'master_key',
  'password',
  'set-cookie',
];
const name = fc.constantFrom(...names);

/** A secret, and a text that tells it. */
type Telling = readonly [secret: string, text: string];
const inQuery = fc
  .tuple(keyLike, fc.constantFrom('?code=', '&code=', '?a=1&sig=', '&amp;code=', '?key='))
  .map(([key, begin]): Telling => {
    const written = encodeURIComponent(key);
    return [written, `https://a.example/api/machines${begin}${written}`];
  });
const escapedQuery = keyLike.map((key): Telling => {
  const written = encodeURIComponent(encodeURIComponent(key));
  return [written, encodeURIComponent(`https://a.example/?code=${encodeURIComponent(key)}`)];
});
const bareQuery = keyLike.map((key): Telling => [key, `the query was code=${key}`]);
const header = fc.tuple(name, keyLike).map(([of, key]): Telling => [key, `${of}: ${key}`]);
const setting = fc.tuple(name, keyLike).map(([of, key]): Telling => [key, `${of}=${key}`]);
const bearer = jwt.map((token): Telling => [token, `Authorization: Bearer ${token}`]);
const bearerAlone = fc.oneof(jwt, localKey).map((token): Telling => [token, `it sent Bearer ${token}`]);
const sharedKey = accountKey.map((key): Telling => [key, `SharedKey devstoreaccount1:${key}`]);
const connection = accountKey.map(
  (key): Telling => [key, `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key};EndpointSuffix=core`],
);
const byShape = fc
  .oneof(jwt, webhookSecret, functionKey, accountKey)
  .map((secret): Telling => [secret, `it was ${secret}`]);
const inJson = fc
  .tuple(name, fc.oneof(keyLike, madeUp))
  .map(([of, secret]): Telling => [secret, JSON.stringify({ a: 1, [of]: secret, b: [2] })]);
const inspected = fc
  .tuple(name, keyLike)
  .map(([of, secret]): Telling => [secret, inspect({ a: 1, headers: { [of]: secret }, raw: [of, secret] })]);
const field = fc.constantFrom('value', 'Value');
const inFields = fc
  .tuple(name, field, fc.oneof(keyLike, madeUp))
  .map(([of, value, secret]): Telling => [secret, JSON.stringify([{ name: of, [value]: secret }, { b: 1 }])]);
const inspectedFields = fc
  .tuple(name, keyLike)
  .map(([of, secret]): Telling => [secret, inspect({ name: of, value: secret })]);
const inAttributes = fc
  .tuple(name, keyLike)
  .map(([of, secret]): Telling => [secret, `<add name="${of}" value="${secret}" />`]);
const signature = textOf(base64, 43).map((text) => `${text}=`);
const queryInJson = fc
  .tuple(fc.constantFrom('code', 'sig', 'key', 'token'), fc.oneof(keyLike, signature))
  .map(([of, secret]): Telling => [secret, JSON.stringify({ a: 1, query: { [of]: secret } })]);
const queryInspected = fc
  .tuple(fc.constantFrom('code', 'sig'), fc.oneof(keyLike, signature))
  .map(([of, secret]): Telling => [secret, inspect({ query: { [of]: secret }, raw: [of, secret] })]);
const principal = textOf(base64, 40, 300).map(
  (text): Telling => [`eyJ${text}`, `x-ms-client-principal: eyJ${text}==, accept: */*`],
);
const inMap = fc.tuple(name, keyLike).map(([of, secret]): Telling => [secret, inspect(new Map([[of, secret]]))]);

const telling = fc.oneof(
  ...[inQuery, escapedQuery, bareQuery, header, setting, bearer, bearerAlone, sharedKey, connection, byShape],
  ...[inJson, inspected, inMap, inFields, inspectedFields, inAttributes],
  ...[queryInJson, queryInspected, principal],
);

const words = ['machine', 'the', 'quota', 'is', 'spent', 'code', 'key', 'token', 'of', 'news', 'signature'];
const uuid = fc.uuid();
const machineId = textOf([...'0123456789abcdef'], 40);
const word = fc.oneof(
  fc.constantFrom(
    ...words,
    'da637551227677560813_-961444813',
    'ECONNREFUSED',
    '404,',
    'GET',
    '/api/machines?$top=1',
    "'x'",
  ),
  fc.constantFrom(
    'code="ERR_HTTP2_STREAM_CANCEL"',
    'key="a"',
    'fault="Error: no"',
    'status=200',
    '2026-11-22T01:00:00.123Z',
  ),
  uuid,
  machineId,
);
const ordinary = fc.array(word, { maxLength: 12 }).map((all) => all.join(' '));
const edge = fc.constantFrom(' ', '\n', '"', "'", ', ', ' {', '(', '[');

/** Whatever stands in the secret as JSON writes it. */
const within = (secret: string) => [secret, JSON.stringify(secret).slice(1, -1)];
const hides = (text: string, secret: string): boolean => within(secret).every((written) => !text.includes(written));

describe('a text without its secrets', () => {
  it('hides a secret that stands in a list or in an object behind its name', () => {
    for (const text of ['{"x-functions-key":["sekret","other"]}', '{"x-functions-key":{"value":"sekret"},"a":1}']) {
      expect(redacted(text)).not.toMatch(/sekret|other/);
    }
    expect(redacted('{"x-functions-key":["sekret"],"a":1}')).toBe('{"x-functions-key":…,"a":1}');
  });

  it('holds none of them, wherever they stood', () => {
    law(
      fc.property(ordinary, edge, telling, edge, ordinary, (before, open, [secret, text], close, after) =>
        hides(redacted(before + open + text + close + after), secret),
      ),
    );
  });

  it('holds none that stood in a field of a line, and in JSON within JSON', () => {
    law(
      fc.property(telling, ordinary, ([secret, text], message) => {
        const fields = { said: text, body: JSON.stringify({ said: text }), stack: `Error: ${text}\n    at x` };
        return hides(logLine(message, fields), secret);
      }),
    );
  });

  it('holds nothing of one that was named and cut off', () => {
    const named = fc.oneof(inQuery, header, setting, bearer, connection, inJson);
    law(
      fc.property(named, fc.nat(), ([secret, text], after) => {
        const begun = secret.slice(0, 8);
        const cut = text.slice(0, text.lastIndexOf(begun) + begun.length + (after % 20));
        return hides(redacted(cut), begun);
      }),
    );
  });

  it('is the same where there was none', () => {
    law(fc.property(ordinary, (text) => redacted(text) === text));
  });

  it('is the same the second time', () => {
    law(
      fc.property(ordinary, edge, telling, (before, open, [, text]) => {
        const once = redacted(before + open + text);
        return redacted(once) === once;
      }),
    );
  });

  it.each([
    'Defender is asked again call="listMachines" attempts=1 afterMs=1000',
    'Bearer token authentication is not permitted for non-TLS protected (non-https) URLs.',
    'the bearer of a key: it is spent',
    'fault="RestError: not now (503, ServerBusy)" code="ECONNRESET"',
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    "GET /api/machines?$filter=healthStatus eq 'Active'&$top=5&$skiptoken=YWJjZGVmZ2g",
    'at createGate (file:///home/site/wwwroot/dist/chunks/gateway-ABCD1234.mjs:12:34567)',
    "https://a.table.core.windows.net/quota(PartitionKey='a',RowKey='b')",
    'the identity gave no token: it does not answer',
    '{"code":"ResourceNotFound"}',
    '{"error":{"code":"InvalidAuthenticationTokenAudience","message":"no"}}',
    '{"code":"SubnetsHaveNoServiceEndpointsConfigured"}',
    '{"code":"ERR_HTTP2_TOO_MANY_INVALID_FRAMES"}',
    '{"key":"0123456789abcdef0123456789abcdef01234567"}',
    '{"key":"1B4E28BA-2FA1-11D2-883F-0016D3CCA427"}',
    'key="alerts/2026-11-22/da637551227677560813_-1961444813/machines"',
    '[{"name":"listMachines","value":"abcdef"},{"name":"code","value":"NotFound"}]',
    'x-ms-client-principal-name: gateway',
    'eyJhbGciOiJub25lIn0',
    'signature code key secret',
    '{"error":"invalid_token","error_description":"AADSTS70011: the scope is wrong"}',
  ])('is the same: %s', (text) => {
    expect(redacted(text)).toBe(text);
  });

  it.each([
    ['GET /api/machines?code=abc&$top=1', 'GET /api/machines?code=…&$top=1'],
    ['x-functions-key: abc, accept: */*', 'x-functions-key: …, accept: */*'],
    ['{"client_secret":"a\\"b","x":1}', '{"client_secret":…,"x":1}'],
    ['authorization: Bearer abc', 'authorization: …'],
    ['{"name":"x-functions-key","value":"abcdef"}', '{"name":"x-functions-key","value":…}'],
    ['{"name":"AccountKey","value":123456}', '{"name":"AccountKey","value":…}'],
    ['{"code":"0123456789abcdefABCDEF0123456789-_abcdefABCDEF01234567=="}', '{"code":"…"}'],
    ['{"sig":"Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYg="}', '{"sig":"…"}'],
    ['x-ms-client-principal: eyJhdXRoX3R5cCI6ImFhZCJ9, a: b', 'x-ms-client-principal: …, a: b'],
    ['\\neyJhbGciOiJub25lIn0.e30.c2ln.', '\\n…'],
    ['?sv=2024&se=1&sig=abc%3D&x=1', '?sv=2024&se=1&sig=…&x=1'],
    ['AccountKey=abc==;EndpointSuffix=core', 'AccountKey=…;EndpointSuffix=core'],
    ['a whsec_abc of b', 'a … of b'],
    ['authorization: Basic YTpi, a: b', 'authorization: …, a: b'],
    ['authorization: SharedAccessSignature sr=a, a: b', 'authorization: …, a: b'],
    ['it sent Bearer abcdefghijklmnopqrstuvwxyz', 'it sent Bearer …'],
    ['%3Fa%3D1%26code%3Dabc', '%3Fa%3D1%26code%3D…'],
    ['the code=abcdefghijklmnopqrstuvwxyzabcdefghij', 'the code=…'],
    ['{"sig":"abcdefghijklmnopqrstuvwxyzabcdefghij="}', '{"sig":"…"}'],
  ])('says that there was one: %s', (text, said) => {
    expect(redacted(text)).toBe(said);
  });

  it('is found in a moment, whatever the text', () => {
    const long = [
      'a'.repeat(200_000),
      'eyJ'.repeat(60_000),
      'x-functions-key:"'.repeat(10_000),
      '\\"'.repeat(90_000),
      'bearer '.repeat(30_000),
      `cookie${' '.repeat(200_000)}`,
      'AzFu'.repeat(50_000),
      'eyJ-'.repeat(50_000),
      'code="'.repeat(30_000),
      'value:"'.repeat(30_000),
      'password" value'.repeat(12_000),
      `password"${' '.repeat(200_000)}`,
      `code:${'\\n'.repeat(100_000)};`,
    ];
    for (const text of long) {
      const before = performance.now();
      redacted(text);
      expect([text.slice(0, 10), performance.now() - before < 1_000]).toEqual([text.slice(0, 10), true]);
    }
  });
});

describe('a fault that is thrown on', () => {
  it('is the same where it tells no secret', () => {
    const fault = new RangeError('the queue took no message');
    expect(redactedFault(fault)).toBe(fault);
    expect(redactedFault(undefined)).toBeUndefined();
  });

  it('keeps its name and its place, and nothing of the secret', () => {
    const fault = Object.assign(new TypeError('GET https://a/?code=abc said no'), { request: { headers: 'secret' } });
    const told = redactedFault(fault) as Error;
    expect(told).toMatchObject({ name: 'TypeError', message: 'GET https://a/?code=… said no' });
    expect(told.stack).toContain('redaction.test');
    expect(inspect(told)).not.toMatch(/code=abc|secret/);
    expect(redactedFault('code=abc?code=abc')).toBe('code=abc?code=…');
  });

  it('tells no secret of its place either', () => {
    const fault = new Error('it said no');
    fault.stack = 'Error: it said no\n    at https://a/?code=abc';
    expect((redactedFault(fault) as Error).stack).toBe('Error: it said no\n    at https://a/?code=…');
  });
});
