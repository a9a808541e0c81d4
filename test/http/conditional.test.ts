import { conditional } from '../../src/http/conditional.ts';
import { entityTag, mostTaggedBytes } from '../../src/http/entityTag.ts';
import type { Reply } from '../../src/http/reply.ts';

const ok: Reply = {
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'private, max-age=60', age: '3' },
  body: new TextEncoder().encode('{"id":"1"}'),
};
const tag = entityTag(ok.body);
const large = new Uint8Array(mostTaggedBytes + 1);

describe('an answer to somebody who may have it already', () => {
  it('is whole, with its tag, for who asks the first time', () => {
    const reply = conditional(ok, null);
    expect(reply).toEqual({ ...ok, headers: { ...ok.headers, etag: tag } });
    expect(reply.body).toBe(ok.body);
  });

  it('is whole where what the caller has is another', () => {
    expect(conditional(ok, '"other"')).toMatchObject({ status: 200, body: ok.body });
  });

  it('is a 304 without a body, which says all that the answer would say but what it is made of', () => {
    const told = {
      'cache-control': 'private, max-age=60',
      age: '3',
      'cache-status': 'defender-gateway;hit',
      'content-location': '/api/users/user1/machines',
      vary: 'Accept-Encoding',
    };
    const headers = { ...told, 'content-type': 'text/json', 'last-modified': 'Sat, 21 Nov 2026 10:00:00 GMT' };
    expect(conditional({ ...ok, headers }, tag)).toEqual({ status: 304, headers: { ...told, etag: tag }, body: '' });
  });

  it.each([400, 404, 429, 504])('is the error where it is one (%d), whatever the caller has', (status) => {
    const error = { ...ok, status };
    expect(conditional(error, '*')).toBe(error);
  });

  it('has no tag where it is large', () => {
    const { status, headers } = conditional({ ...ok, body: large }, '*');
    expect({ status, headers }).toEqual({ status: 200, headers: ok.headers });
  });

  it.each([
    ['"d1"', 'W/"d1"'],
    ['W/"d1"', 'W/"d1"'],
  ])('has Defender’s tag where it is large, %s as %s', (given, etag) => {
    const reply = { ...ok, body: large, headers: { etag: given } };
    expect(conditional(reply, null).headers).toEqual({ etag });
    expect(conditional(reply, '"d1"')).toEqual({ status: 304, headers: { etag }, body: '' });
  });

  it('has ours, not Defender’s, where it is small, because we may have changed it', () => {
    expect(conditional({ ...ok, headers: { etag: '"d1"' } }, '"d1"')).toMatchObject({
      status: 200,
      headers: { etag: tag },
    });
  });
});
