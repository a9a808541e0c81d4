import { readItem } from '../../../src/http/batch/itemRequest.ts';

const read = (members: Record<string, unknown>) => {
  const whole = { id: '1', method: 'GET', url: 'machines', ...members };
  return readItem({ place: 'requests[3]', id: '1', members: whole });
};

describe('a request of a batch', () => {
  it('is a GET in any case of letters, its headers in lower case; a body is ignored', () => {
    const members = { method: 'get', headers: { Prefer: ' wait=5 ', accept: '' }, body: { ignored: true } };
    expect(read(members)).toEqual({ kind: 'get', url: 'machines', headers: { prefer: 'wait=5', accept: '' } });
  });

  it('may say that it depends on nothing', () => {
    const members = { dependsOn: [], atomicityGroup: null, if: null, headers: null };
    expect(read(members)).toEqual({ kind: 'get', url: 'machines', headers: {} });
  });

  it.each([
    [
      { dependsOn: ['0'] },
      424,
      'FailedDependency',
      'requests[3].dependsOn: the requests of a batch here are reads that go at',
    ],
    [{ dependsOn: '0', method: 'POST' }, 424, 'FailedDependency', 'requests[3].dependsOn: '],
    [{ if: '$0/$succeeded' }, 424, 'FailedDependency', 'requests[3].if: '],
    [
      { atomicityGroup: 'g1' },
      400,
      'BadRequest',
      'requests[3].atomicityGroup: the requests of a batch here are reads, each',
    ],
    [{ method: 'PATCH' }, 405, 'MethodNotAllowed', 'requests[3].method is "PATCH"; a batch here takes GET only.'],
    [{ method: 1 }, 400, 'BadRequest', 'requests[3].method is no text; write "GET".'],
    [{ method: undefined }, 400, 'BadRequest', 'requests[3].method is no text; write "GET".'],
    [
      { url: ['machines'] },
      400,
      'BadRequest',
      'requests[3].url is no text; write an address such as "machines?$top=10".',
    ],
    [{ headers: 'prefer: wait=5' }, 400, 'BadRequest', 'requests[3].headers is no object; write {"prefer":"wait=20"}.'],
    [
      { headers: { prefer: 5 } },
      400,
      'BadRequest',
      'requests[3].headers.prefer is no text; write the value in quotes.',
    ],
    [
      { headers: { accept: 'a\nb' } },
      400,
      'BadRequest',
      'requests[3].headers.accept holds a character that no header may hold.',
    ],
    [
      { headers: { accept: '✓' } },
      400,
      'BadRequest',
      'requests[3].headers.accept holds a character that no header may hold.',
    ],
  ])('%j is refused alone, with %i', (members, status, code, message) => {
    const refused = read(members);
    expect(refused).toMatchObject({ kind: 'refused', problem: { status, code } });
    expect(refused.kind === 'refused' && refused.problem.message.startsWith(message)).toBe(true);
  });
});
