import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { encoded } from '../../src/http/encoded.ts';
import type { Reply } from '../../src/http/reply.ts';

const reply = (body: string | Uint8Array): Reply => ({ status: 200, headers: { 'content-type': 'text/json' }, body });
const rows = (count: number) => JSON.stringify({ value: Array.from({ length: count }, (_, id) => ({ id })) });
const page = new TextEncoder().encode(rows(3000));
const decode: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
};
const readBack = ({ headers, body }: Reply) => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return Buffer.from(decode[headers['content-encoding'] ?? 'identity']?.(bytes) ?? []).toString();
};

describe('an answer in the coding of its caller', () => {
  it('is untouched for who accepts none, but for saying that it might have been another', async () => {
    const { status, headers, body } = await encoded(reply(page), null);
    expect({ status, headers }).toEqual({
      status: 200,
      headers: { 'content-type': 'text/json', vary: 'Accept-Encoding' },
    });
    expect(body === page).toBe(true);
  });

  it.each(['gzip', 'br'])('is compressed where it is large: %s', async (coding) => {
    const sent = await encoded(reply(page), coding);
    expect(sent.headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' });
    expect(sent.body.length).toBeLessThan(page.length / 3);
    expect(readBack(sent)).toBe(rows(3000));
  });

  it('is not compressed where it is small, unless nothing else is accepted', async () => {
    const small = reply('{"id":"1"}');
    expect(await encoded(small, 'gzip')).toMatchObject({ body: small.body });
    const sent = await encoded(small, 'gzip, identity;q=0');
    expect(sent.headers['content-encoding']).toBe('gzip');
    expect(readBack(sent)).toBe('{"id":"1"}');
  });

  it('is what it was, to the byte, once decoded', () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 2000 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('gzip, identity;q=0', 'br, identity;q=0', null),
        async (text, times, accepted) => {
          const whole = text.repeat(times);
          expect(readBack(await encoded(reply(whole), accepted))).toBe(whole);
          expect(readBack(await encoded(reply(new TextEncoder().encode(whole)), accepted))).toBe(whole);
        },
      ),
    ));

  it.each([
    ['a body that is encoded already', { ...reply('encoded'), headers: { 'content-encoding': 'deflate' } }],
    ['no body', { ...reply(''), status: 304 }],
  ])('leaves %s as it is', async (_, given) => {
    const sent = await encoded(given, 'gzip, identity;q=0');
    expect(sent).toEqual({ ...given, headers: { ...given.headers, vary: 'Accept-Encoding' } });
  });

  it('leaves others their turn while a large one is compressed', async () => {
    const order: string[] = [];
    const compressing = encoded(reply(rows(100_000)), 'gzip').then(() => order.push('compressed'));
    const others = new Promise<void>((resolve) => setImmediate(resolve)).then(() => order.push('another'));
    await Promise.all([compressing, others]);
    expect(order).toEqual(['another', 'compressed']);
  });
});
