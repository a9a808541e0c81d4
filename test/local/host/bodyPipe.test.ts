import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { bigBody, joinBody, partBody, receiveBodies, sendBodies } from '../../../src/local/host/bodyPipe.ts';
import type { InvocationResult } from '../../../src/local/host/invoker.ts';

const answerOf = (bytes: Uint8Array): InvocationResult => ({
  kind: 'succeeded',
  returnValue: { http: { statusCode: '200', headers: { a: 'b' }, body: { bytes } } },
  outputData: [],
});

/** What a worker would write, as it comes out of the pipe. */
const written = async (bodies: readonly (readonly [string, Uint8Array])[]): Promise<Buffer> => {
  const pipe = new PassThrough();
  const send = sendBodies(pipe);
  for (const [id, body] of bodies) send(id, body);
  pipe.end();
  return Buffer.concat(await pipe.toArray());
};

describe('the pipe of bodies', () => {
  it('gives each invocation its own body, however the bytes come', async () => {
    const body = fc.tuple(fc.uuid(), fc.uint8Array({ minLength: 1, maxLength: 300 }));
    const bodies = fc.uniqueArray(body, { maxLength: 6, selector: ([id]) => id });
    const law = fc.asyncProperty(bodies, fc.integer({ min: 1, max: 200 }), async (given, pieceLength) => {
      const all = await written(given);
      const pipe = new PassThrough();
      const bodyOf = receiveBodies(pipe);
      for (let at = 0; at < all.length; at += pieceLength) pipe.write(all.subarray(at, at + pieceLength));
      for (const [id, body] of given) expect(Buffer.from(await bodyOf(id))).toEqual(Buffer.from(body));
    });
    await fc.assert(law);
  });

  it('gives a body to one who asked before it came', async () => {
    const pipe = new PassThrough();
    const bodyOf = receiveBodies(pipe);
    const id = randomUUID();
    const asked = bodyOf(id);
    sendBodies(pipe)(id, Buffer.from('late'));
    expect(Buffer.from(await asked).toString()).toBe('late');
  });
});

describe('the result of an invocation', () => {
  it.each([
    ['a small body', answerOf(Buffer.alloc(bigBody - 1))],
    ['no answer', { kind: 'succeeded', outputData: [] } satisfies InvocationResult],
    ['a fault', { kind: 'failed', message: 'no' } satisfies InvocationResult],
  ])('with %s goes as it is', (_, result) => {
    expect(partBody(result)).toEqual({ result });
  });

  it('with a big body goes without it, and gets it back', () => {
    const body = Buffer.alloc(bigBody, 'x');
    const parted = partBody(answerOf(body));
    expect(parted.body).toBe(body);
    expect(parted.result).toEqual({
      kind: 'succeeded',
      returnValue: { http: { statusCode: '200', headers: { a: 'b' } } },
      outputData: [],
    });
    expect(joinBody(parted.result, body)).toEqual(answerOf(body));
  });
});
