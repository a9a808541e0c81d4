import { InvocationContext } from '@azure/functions';
import * as fc from 'fast-check';
import { readOf, send } from './support/batches.ts';

const functions = [
  readOf('api/machines', ({ url }) => ({ jsonBody: { url } })),
  readOf('api/users/{id}/machines', ({ params }) => ({ body: String(params.id) })),
  readOf('api/faulty', () => {
    throw new Error('as tried');
  }),
];
const context = new InvocationContext({ functionName: 'batch', logHandler: () => undefined });

const member = fc.oneof(fc.jsonValue(), fc.constant(undefined));
const url = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'machines',
      'faulty',
      '$batch',
      '/API/machines/',
      'https://gateway.example/api/machines',
    ),
  },
  fc.string({ unit: 'binary' }).map((text) => `users/${text}/machines?$filter=${text}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string(),
  fc.jsonValue(),
);
const request = fc.record(
  {
    id: fc.oneof({ weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1 }) }, fc.jsonValue()),
    method: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('GET', 'get') }, fc.jsonValue()),
    url,
    headers: fc.oneof({ weight: 3, arbitrary: fc.dictionary(fc.string(), fc.string({ unit: 'binary' })) }, member),
    body: member,
    dependsOn: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, member),
    atomicityGroup: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, member),
  },
  { requiredKeys: ['id'] },
);
const body = fc.oneof(fc.jsonValue(), fc.record({ requests: fc.jsonValue() }), {
  weight: 4,
  arbitrary: fc.record({ requests: fc.array(request, { maxLength: 6 }) }),
});

describe('a batch', () => {
  it('is answered whatever it holds: 200 with an answer for each id, in their order, or an error in the envelope', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        const { status, responses, error } = await send(functions, value, { context });
        if (status !== 200) {
          expect([400, 413]).toContain(status);
          expect(error).toEqual({ code: expect.any(String), message: expect.any(String), target: expect.any(String) });
          return;
        }
        const requests: { id: string }[] = JSON.parse(JSON.stringify(value)).requests;
        expect(responses.map(({ id }) => id)).toEqual(requests.map(({ id }) => id));
        for (const one of responses) expect(one.status).toBeGreaterThanOrEqual(200);
      }),
      { numRuns: 200 },
    );
  });
});
