import {
  inheritedHeaders,
  itemRequestId,
  itemWait,
  ownHeaders,
  preferWith,
  withOwn,
} from '../../../src/http/batch/passedHeaders.ts';

describe('the headers of a request in a batch', () => {
  it('say nothing of who calls: that is known of the batch', () => {
    const who = {
      'x-functions-key': 'k',
      'x-ms-client-principal': 'p',
      'x-ms-client-principal-id': 'i',
      'x-ms-client-principal-name': 'n',
      authorization: 'Bearer t',
    };
    expect(withOwn(inheritedHeaders(new Headers(who)), ownHeaders(who))).toEqual({});
  });

  it('say how it calls as the request says it, else as the batch does', () => {
    const inherited = inheritedHeaders(
      new Headers({
        'cache-control': 'max-age=60',
        priority: 'u=5',
        traceparent: '00-1',
        'content-type': 'x',
        etag: 'y',
      }),
    );
    const own = ownHeaders({
      'cache-control': 'no-cache',
      'if-none-match': '"1"',
      'accept-encoding': 'br',
      cookie: 'c',
    });
    expect(withOwn(inherited, own)).toEqual({
      'cache-control': 'no-cache',
      'if-none-match': '"1"',
      priority: 'u=5',
      traceparent: '00-1',
    });
  });

  it('ask for a new answer by Pragma, though the batch allows an old one', () => {
    expect(withOwn({ 'cache-control': 'max-stale', priority: 'u=1' }, { pragma: 'no-cache' })).toEqual({
      pragma: 'no-cache',
      priority: 'u=1',
    });
  });
});

describe('the wait of a request in a batch', () => {
  const batch = { seconds: 20, isAsked: true };
  it.each([
    [undefined, batch, 20],
    ['wait=5', batch, 5],
    ['wait=60', batch, 20],
    ['wait=60', { seconds: 30, isAsked: false }, 60],
    ['return=minimal', batch, 20],
  ])('is, where it asks for %s', (prefer, of, seconds) => {
    expect(itemWait(prefer === undefined ? {} : { prefer }, of).seconds).toBe(seconds);
  });

  it('is the first preference, because only the first of two counts', () => {
    expect(preferWith(batch, 'wait=60, return=minimal')).toBe('wait=20, wait=60, return=minimal');
    expect(preferWith(batch, undefined)).toBe('wait=20');
    expect(preferWith({ seconds: 30, isAsked: false }, undefined)).toBeUndefined();
  });
});

describe('the id of a request in a batch', () => {
  it.each([
    ['1', { 'x-request-id': 'mine' }, 'mine'],
    ['1', {}, 'outer.1'],
    ['é', {}, undefined],
    ['two words', {}, undefined],
    ['x'.repeat(128), {}, undefined],
  ])('of %s with %j is %s', (id, own, expected) => {
    expect(itemRequestId(own, { requestId: 'outer' }, id)).toBe(expected);
  });
});
