import { BodyTooLarge, looksLikeJson, readBody } from '../../src/defender/body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a body', () => {
  it('is read to the byte, in however many pieces it comes', async () => {
    const whole = Uint8Array.from({ length: 300_000 }, (_, i) => i % 256);
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < whole.length; at += 7001) controller.enqueue(whole.slice(at, at + 7001));
        controller.close();
      },
    });
    expect(Buffer.from(await readBody(new Response(stream), whole.length)).equals(whole)).toBe(true);
  });

  it('is refused when it is one byte too large, and no more of it is taken', async () => {
    let taken = 0;
    const stream = new ReadableStream(
      {
        pull(controller) {
          taken += 1000;
          controller.enqueue(new Uint8Array(1000));
        },
      },
      { highWaterMark: 0 },
    );
    await expect(readBody(new Response(stream), 2999)).rejects.toThrow(BodyTooLarge);
    expect(taken).toBeLessThanOrEqual(4000);
  });

  it('may be empty', async () => {
    expect(await readBody(new Response(null), 10)).toHaveLength(0);
  });

  it.each([
    [true, 'application/json; odata.metadata=minimal', ' {"value":[]}\n'],
    [true, 'application/json', '[]'],
    [false, 'text/html', '{}'],
    [false, null, '{}'],
    [false, 'application/json', '<html></html>'],
    [false, 'application/json', '{"value":['],
    [false, 'application/json', ''],
  ])('is an answer of the API: %s, for %s and %j', (expected, type, text) => {
    expect(looksLikeJson(type, bytes(text))).toBe(expected);
  });
});
