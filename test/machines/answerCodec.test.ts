import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import type { Answered } from '../../src/defender/answer.ts';
import { decodeAnswer, encodeAnswer, mostStoredBytes } from '../../src/machines/answerCodec.ts';
import { mostSharedBytes } from '../../src/machines/sharedAnswers.ts';

const answer = (body: Uint8Array, more: Partial<Answered> = {}): Answered => ({
  kind: 'answered',
  status: 200,
  headers: { 'content-type': 'application/json; odata.metadata=minimal' },
  body,
  ...more,
});

const stored = async (answered: Answered): Promise<Uint8Array> => {
  const encoded = await encodeAnswer(answered);
  if (!encoded) throw new Error('the answer is too large');
  return encoded;
};

const fleet = (machines: number) =>
  Buffer.from(
    JSON.stringify(Array.from({ length: machines }, (_, i) => ({ id: `machine ${i * 7919}`, riskScore: 'Low' }))),
  );

const answers: fc.Arbitrary<Answered> = fc.record(
  {
    kind: fc.constant('answered' as const),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), fc.string()),
    body: fc.uint8Array({ maxLength: 3000 }),
    askedFor: fc.string(),
    warning: fc.string({ unit: 'grapheme' }),
  },
  { requiredKeys: ['kind', 'status', 'headers', 'body'] },
);

describe('the stored form of an answer', () => {
  it('comes back as it was, to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (answered) => {
        const { body, ...known } = await decodeAnswer(await stored(answered));
        expect({ ...known, body: Uint8Array.from(body) }).toEqual(answered);
      }),
      { numRuns: 300 },
    );
  });

  it('comes back as it was where it is large', async () => {
    const large = answer(fleet(9000));
    expect(large.body.byteLength).toBeGreaterThan(mostSharedBytes / 2);
    expect(Buffer.compare((await decodeAnswer(await stored(large))).body, large.body)).toBe(0);
  });

  it('takes less room than the answer', async () => {
    expect((await stored(answer(fleet(100)))).byteLength).toBeLessThan(fleet(100).byteLength / 3);
  });

  it('is none where the body is larger than what is shared, or can’t be packed small enough', async () => {
    expect(await encodeAnswer(answer(new Uint8Array(mostSharedBytes)))).toBeDefined();
    expect(await encodeAnswer(answer(new Uint8Array(mostSharedBytes + 1)))).toBeUndefined();
    expect(await encodeAnswer(answer(randomBytes(mostStoredBytes - 1000)))).toBeDefined();
    expect(await encodeAnswer(answer(randomBytes(mostStoredBytes)))).toBeUndefined();
  });

  it('is refused where it was cut off or is nothing of the kind', async () => {
    const whole = await stored(answer(fleet(10)));
    await expect(decodeAnswer(whole.subarray(0, -5))).rejects.toThrow();
    await expect(decodeAnswer(new Uint8Array())).rejects.toThrow();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await expect(decodeAnswer(bytes)).rejects.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
