import * as fc from 'fast-check';
import { asking, origin } from './support/asking.ts';

const id = fc.oneof(
  fc.constantFrom(
    'da637472900382838869_1364969609',
    '637472900382838869_1364969609',
    'fa/x',
    '.',
    '..',
    '100%25',
    '',
    ' ',
    '\u0000',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 210 }),
);
/** Words of the formats, so that some of what is made up gets past the first look. */
const word = fc.constantFrom(
  'alertId',
  'AlertId',
  'id',
  'value',
  'records',
  'properties',
  'alerts',
  'data',
  'specversion',
  'type',
  'source',
  'eventType',
  'machineId',
  'evidence',
  'resourceData',
  'clientState',
  'category',
  'object',
  'Entities',
  'VendorOriginalId',
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    id,
    fc.constantFrom<unknown>(
      null,
      true,
      1,
      '1.0',
      'agreed',
      'AdvancedHunting-AlertEvidence',
      '#microsoft.graph.security.alert',
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(word, fc.string()), tie('value'), { maxKeys: 6 }),
  ),
})).value;
const body = fc.oneof(
  fc.array(fc.record({ alertId: id, machineId: json })).map((value) => Buffer.from(JSON.stringify(value))),
  fc.uint8Array({ maxLength: 300 }),
  json.map((value) => Buffer.from(JSON.stringify(value))),
  json.map((value) => Buffer.from(`\ufeff${JSON.stringify(value)}`, 'utf16le')),
  fc.tuple(json, json).map((lines) => Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))),
);
const headerValue = fc.oneof(
  fc.constantFrom(
    'application/json',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    '1.0',
    'gzip',
    '*',
    'SubscriptionValidation',
    'a@b.example',
    '4194305',
    '-1',
  ),
  fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'content-length',
    'ce-id',
    'ce-type',
    'ce-source',
    'ce-specversion',
    'ce-subject',
    'aeg-event-type',
    'x-request-id',
    'traceparent',
    'prefer',
    'accept-encoding',
    'if-none-match',
    'webhook-request-origin',
  ),
  headerValue,
  { maxKeys: 5 },
);
const query = fc.dictionary(
  fc.constantFrom('validationToken', 'code', 'state', '$top', 'x'),
  fc.oneof(id, fc.constantFrom('waiting', 'failed', '5')),
  { maxKeys: 2 },
);

const isWritable = (said: Readonly<Record<string, string>>): boolean =>
  Object.values(said).every((value) => /^[\t -~]*$/.test(value));

describe('the intake', () => {
  it('has an answer for any bytes, headers and query, and none is a fault', async () => {
    const intake = fc.constantFrom('/gateway/alerts', '/gateway/hooks/alerts');
    const methods = fc.constantFrom('POST', 'POST', 'POST', 'OPTIONS');
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(intake, methods, query, headers, body, async (address, method, pairs, given, bytes) => {
        const { ask, logged } = asking();
        const said = await ask(`${address}?${params(pairs)}`, { method, headers: given, body: bytes });
        seen.set(said.status, (seen.get(said.status) ?? 0) + 1);
        expect([200, 202, 204, 400, 413, 415]).toContain(said.status);
        const faults = logged.filter((line) => !line.startsWith('["An event is no alert"'));
        expect([isWritable(said.headers), faults]).toEqual([true, []]);
        if (said.status >= 400 && said.headers['content-encoding'] === undefined) {
          expect(said.body.error).toEqual({
            code: expect.any(String),
            message: expect.any(String),
            target: expect.any(String),
          });
        }
      }),
      { numRuns: 800 },
    );
    for (const status of [200, 202, 204, 400, 415])
      expect([status, (seen.get(status) ?? 0) > 0]).toEqual([status, true]);
  });

  it('tells of every alert that it took, and shows each under the link that it gave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(id, { minLength: 1, maxLength: 5 }), async (ids) => {
        const { ask, store } = asking();
        const { status, body } = await ask('/gateway/alerts', {
          method: 'POST',
          body: ids.map((alertId) => ({ alertId })),
        });
        const accepted = status === 202 ? body.accepted : [];
        expect(accepted).toHaveLength(store.records().length);
        for (const { alertId, link } of accepted) {
          const shown = await ask(link ?? '');
          expect([shown.status, shown.body.alertId]).toEqual([200, alertId]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a question about alerts', () => {
  it('has an answer for any id, query and headers, and none is a fault', async () => {
    const path = fc.oneof(
      fc.constant(''),
      // Steps of a path lead to another address, whoever asks.
      id.filter((written) => !['.', '..'].includes(written)).map((written) => `/${encoded(written)}`),
    );
    await fc.assert(
      fc.asyncProperty(path, query, headers, async (rest, pairs, given) => {
        const { ask, logged } = asking();
        const { prefer: _, ...others } = given;
        const { status, headers: said } = await ask(`${origin}/gateway/alerts${rest}?${params(pairs)}`, {
          headers: others,
        });
        expect([200, 304, 400, 404]).toContain(status);
        expect([isWritable(said), logged]).toEqual([true, []]);
      }),
      { numRuns: 400 },
    );
  });
});

const params = (pairs: Readonly<Record<string, string>>) => String(new URLSearchParams(pairs));

/** As one segment of a path. */
const encoded = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'));
