import { mostRequests, readBatch } from '../../../src/http/batch/batchRequest.ts';

const get = (id: unknown) => ({ id, method: 'GET', url: 'machines' });
const example = '{"requests":[{"id":"7"}]}';
const problemOf = (value: unknown) => {
  const read = readBatch(value, example);
  return read.kind === 'wrong' ? read.problem : undefined;
};

describe('a batch', () => {
  it('is its requests in their order, each with its place and its id', () => {
    const read = readBatch({ requests: [get('b'), get('a')], '@context': 'ignored' }, example);
    expect(read).toMatchObject({
      kind: 'batch',
      items: [
        { place: 'requests[0]', id: 'b', members: { url: 'machines' } },
        { place: 'requests[1]', id: 'a' },
      ],
    });
  });

  it('may hold 1,000 requests and no more', () => {
    const requests = Array.from({ length: mostRequests + 1 }, (_, index) => get(`${index}`));
    expect(mostRequests).toBe(1000);
    expect(readBatch({ requests: requests.slice(1) }, example).kind).toBe('batch');
    expect(problemOf({ requests })).toMatchObject({
      status: 400,
      code: 'MaximumBatchSizeExceeded',
      message: expect.stringMatching(/^requests holds 1001; 1000 are the most, so send several batches\./),
    });
  });

  it.each([
    [null, 'The body has no array named requests'],
    [[get('1')], 'The body has no array named requests'],
    [{ Requests: [get('1')] }, 'The body has no array named requests'],
    [{ requests: get('1') }, 'The body has no array named requests'],
    [{ requests: [] }, 'requests is empty'],
    [{ requests: [get('1'), 'machines'] }, 'requests[1] is no object'],
    [{ requests: [[get('1')]] }, 'requests[0] is no object'],
    [{ requests: [{ method: 'GET', url: 'machines' }] }, 'requests[0].id is missing'],
    [{ requests: [get(7)] }, 'requests[0].id is a number; write it as text: "7"'],
    [{ requests: [get('')] }, 'requests[0].id is no text, or empty'],
    [{ requests: [get(null)] }, 'requests[0].id is no text, or empty'],
    [
      { requests: [get('1'), get('x'), get('x')] },
      'requests[2].id is "x", as that of requests[1] is; give each its own',
    ],
  ])('%j is refused: %s', (value, message) => {
    expect(problemOf(value)).toMatchObject({ status: 400, code: 'InvalidRequestBody' });
    expect(problemOf(value)?.message.startsWith(message)).toBe(true);
    expect(problemOf(value)?.message).toContain(`. A batch is ${example}, 1 to 1000 of them.`);
  });

  it('is not taken in by ids that are names of JavaScript', () => {
    const requests = JSON.parse('[{"id":"__proto__"},{"id":"constructor"},{"__proto__":{"id":"3"}}]');
    expect(readBatch({ requests: requests.slice(0, 2) }, example).kind).toBe('batch');
    expect(problemOf({ requests })?.message).toMatch(/^requests\[2\]\.id is missing/);
  });
});
