import { composedSource } from '../../../../src/snapshots/sources/composed.ts';
import { answered, byOffset, machines, refusal, scriptedLists, span } from '../support/scriptedLists.ts';
import { walk } from '../support/walk.ts';

const small = { pageSize: 10, overlap: 3, staleDays: 7, clock: { monotonic: () => 0 } };

describe('an answer that is no page', () => {
  const told = async (answer: Parameters<typeof scriptedLists>[0]) => {
    const lists = scriptedLists(answer);
    return (await walk(composedSource({ ...small, defender: lists.defender }), 'machines')).end;
  };

  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [410, 'refused'],
    [418, 'refused'],
    [500, 'wait'],
    [503, 'wait'],
  ])('of status %i is %s, with what Defender said', async (status, kind) => {
    const end = await told(() => refusal(status, 'because'));
    expect(end).toMatchObject({ kind, reason: `Defender answered ${status} (Said: because).` });
  });

  it('says how long to wait, where that is known', async () => {
    expect(await told(() => refusal(503, 'soon', { 'retry-after': '17' }))).toMatchObject({ seconds: 17 });
    expect(await told(() => refusal(503, 'soon', { 'retry-after': 'soon' }))).toMatchObject({ seconds: 30 });
    expect(await told(() => ({ kind: 'throttled', retryAfterSeconds: 9, message: 'spent' }))).toEqual({
      kind: 'wait',
      seconds: 9,
      reason: 'spent',
    });
    expect(await told(() => ({ kind: 'closed', retryAfterSeconds: 5, reason: 'storage' }))).toEqual({
      kind: 'wait',
      seconds: 5,
      reason: 'storage',
    });
    expect(await told(() => ({ kind: 'unreachable', reason: 'reset' }))).toEqual({
      kind: 'wait',
      seconds: 30,
      reason: 'reset',
    });
    expect(await told(() => ({ kind: 'late', reason: 'time' }))).toEqual({ kind: 'wait', seconds: 30, reason: 'time' });
  });

  it.each([['[]'], ['{}'], ['{"value":{}}'], ['{"value":[{"id":"1"}'], ['{"value":[{"id":no}]}'], ['']])(
    'is %j',
    async (body) => {
      expect(await told(() => answered(200, body))).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('Defender answered 200 with a body'),
      });
    },
  );

  it('shares the time of two looks', async () => {
    let now = 0;
    let rows = machines(...span(1, 24));
    const lists = scriptedLists((_, options) => byOffset(rows, options));
    const clock = { monotonic: () => (now += 10_000) };
    await walk(composedSource({ ...small, clock, defender: lists.defender }), 'machines', (page) => {
      if (page === 1) rows = rows.slice(4);
    });
    expect(lists.asked.slice(1, 3).map(({ waitMs }) => waitMs)).toEqual([50_000, 40_000]);
  });
});
