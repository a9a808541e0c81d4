import { stored } from '../../snapshots/reading/support/storedHistory.ts';
import { hourlyRun } from '../../snapshots/support/states.ts';
import { asking, idOf, threeRuns } from './support/asking.ts';

const latest = '/gateway/snapshots/latest/changes';
const short = (value: readonly Readonly<Record<string, unknown>>[]) =>
  value.map(({ id, change }) => `${String(id).slice(0, 1)} ${change}`);

describe('GET /gateway/snapshots/{run}/changes', () => {
  it('tells what is different since the run before, and how it was', async () => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get(latest);
    expect(body).toMatchObject({
      '@odata.count': 2,
      '@gateway.run': '20261101T020000Z',
      '@gateway.since': '20261101T010000Z',
    });
    expect(short(body.value)).toEqual(['1 newlyRequiresAttention', 'c appeared']);
    expect(body.value[0]).toMatchObject({
      id: idOf('1'),
      before: { propertiesRequireAttention: ['AntivirusNotReporting'], since: '2026-11-01T00:00:00Z' },
      after: {
        propertiesRequireAttention: ['AntivirusNotReporting', 'EdrImpairedCommunications'],
        since: '2026-11-01T02:00:00Z',
      },
      newlyRequires: ['EdrImpairedCommunications'],
      noLongerRequires: [],
    });
    expect(body.value[1]).toMatchObject({ before: null, newlyRequires: [] });
  });

  it.each([
    [
      'since=20261101T000000Z',
      ['1 newlyRequiresAttention', '2 newlyRequiresAttention', '8 resolved', 'c appeared'],
      undefined,
    ],
    ['since=20261101T000000Z&change=resolved,appeared', ['8 resolved', 'c appeared'], undefined],
    ['change=Appeared', ['c appeared'], 1],
    ['change=vanished', [], 0],
    ['since=latest', [], 0],
  ])('with %s they are %j', async (query, expected, count) => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get(`${latest}?${query}`);
    expect(short(body.value)).toEqual(expected);
    expect(body['@odata.count']).toBe(count);
  });

  it('names both runs in the link to the next page', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const first = await get(`${latest}?$top=1`);
    const link = String(first.body['@odata.nextLink']);
    expect(link).toContain('/gateway/snapshots/20261101T020000Z/changes?');
    expect(link).toContain('since=20261101T010000Z');
    const second = await get(link);
    expect(short([...first.body.value, ...second.body.value])).toEqual(['1 newlyRequiresAttention', 'c appeared']);
    expect(second.body['@odata.nextLink']).toBeUndefined();
  });

  it('tells of who vanished, in CSV with empty cells behind', async () => {
    const { reading, add } = await stored(threeRuns);
    await add({ run: hourlyRun(3), isComplete: true, seen: threeRuns[2]?.seen ?? [] });
    const { text } = await asking(reading).get(latest, { accept: 'text/csv' });
    const [header = '', ...rows] = text.trimEnd().split('\r\n');
    expect(header.split(',').slice(0, 5)).toEqual([
      'id',
      'change',
      'newlyRequires',
      'noLongerRequires',
      'before.build',
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(new RegExp(`^${idOf('f')},vanished,,,14393,.*,{9}$`));
  });

  it.each([
    [
      `${latest}?since=20261101T000001Z`,
      404,
      'since: there is no run 20261101T000001Z. The newest is 20261101T020000Z',
    ],
    [
      `${latest}?since=yesterday`,
      400,
      "since: 'yesterday' is no run; a run is named by the instant at which it began, such as 20261121T190000Z, and the last one is latest",
    ],
    [
      '/gateway/snapshots/20261101T000000Z/changes?since=20261101T010000Z',
      400,
      'since: 20261101T010000Z is after 20261101T000000Z; ask for /gateway/snapshots/20261101T010000Z/changes?since=20261101T000000Z',
    ],
    [
      '/gateway/snapshots/20261101T000000Z/changes',
      404,
      '20261101T000000Z is the first run; there is none before it that it could be compared with',
    ],
    [
      `${latest}?change=recovered`,
      400,
      "change: 'recovered' is no kind of change. There are: appeared, vanished, newlyRequiresAttention, resolved, changed",
    ],
  ])('%s is %d: %s', async (address, status, message) => {
    const { reading } = await stored(threeRuns);
    const answer = await asking(reading).get(address);
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  });
});
