import { stored } from '../../snapshots/reading/support/storedHistory.ts';
import { hourlyRun } from '../../snapshots/support/states.ts';
import { asking, threeRuns } from './support/asking.ts';

const address = '/gateway/snapshots/trend';
const short = (value: readonly Readonly<Record<string, unknown>>[]) =>
  value.map(({ at, property, count }) => `${String(at).slice(11, 13)} ${String(property).slice(0, 3)} ${count}`);
const av = 'property=AntivirusNotReporting';

describe('GET /gateway/snapshots/trend', () => {
  it('counts machines for a property, the oldest run first', async () => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get(`${address}?${av}`);
    expect(body.value).toEqual([
      {
        at: '2026-11-01T00:00:00Z',
        run: '20261101T000000Z',
        property: 'AntivirusNotReporting',
        count: 1,
        machines: 4,
        requireAttention: 2,
      },
      expect.objectContaining({ at: '2026-11-01T01:00:00Z', count: 2, machines: 4 }),
      expect.objectContaining({ at: '2026-11-01T02:00:00Z', count: 2, machines: 5 }),
    ]);
  });

  it.each([
    [`${av}&from=2026-11-01T01:00:00Z`, ['01 Ant 2', '02 Ant 2']],
    [`${av}&from=2026-11-01T00:00:00.001Z&to=2026-11-01T01:59:59Z`, ['01 Ant 2']],
    [`${av}&to=2026-11-01`, ['00 Ant 1']],
    [`${av}&to=2026-10-31`, []],
    ['property=edrimpairedcommunications,AntivirusNotReporting&from=20261101T020000Z', ['02 Ant 2', '02 Edr 1']],
  ])('with %s gives %j', async (query, expected) => {
    const { reading } = await stored(threeRuns);
    expect(short((await asking(reading).get(`${address}?${query}`)).body.value)).toEqual(expected);
  });

  it('gives all properties where none is named, those that nothing was found of as 0', async () => {
    const { reading } = await stored(threeRuns);
    const { body } = await asking(reading).get(`${address}?from=20261101T020000Z`);
    const counts = Object.fromEntries(body.value.map(({ property, count }) => [property, count]));
    expect(counts).toMatchObject({ AntivirusNotReporting: 2, EdrImpairedCommunications: 1, AntivirusDisabled: 0 });
  });

  it('goes page by page with the same bounds', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const first = await get(`${address}?${av}&to=20261101T010000Z&$top=1`);
    const second = await get(String(first.body['@odata.nextLink']));
    expect(short([...first.body.value, ...second.body.value])).toEqual(['00 Ant 1', '01 Ant 2']);
    expect(second.body['@odata.nextLink']).toBeUndefined();
  });

  it('leaves out runs that failed or are under way', async () => {
    const { reading, put } = await stored(threeRuns);
    await put({ id: hourlyRun(3), phase: 'finished', outcome: 'failed' });
    await put({ id: hourlyRun(4), phase: 'merging' });
    expect((await asking(reading).get(`${address}?${av}`)).body.value).toHaveLength(3);
  });

  it('is CSV, ready for a chart', async () => {
    const { reading } = await stored(threeRuns);
    const { text } = await asking(reading).get(`${address}?${av}&$format=csv&$top=1`);
    expect(text).toBe(
      'at,run,property,count,machines,requireAttention\r\n2026-11-01T00:00:00Z,20261101T000000Z,AntivirusNotReporting,1,4,2\r\n',
    );
  });

  it.each([
    ['from=soon', "from: 'soon' is no instant; write it as 2026-11-01T00:00:00Z or 2026-11-01"],
    ['from=2026-11-02&to=2026-11-01', 'to: it is before from; give the earlier one as from'],
    [
      'property=Antivirus',
      "property: 'Antivirus' is no property that requires attention of a machine. Did you mean: AntivirusDisabled",
    ],
  ])('?%s is refused: %s', async (query, message) => {
    const { reading } = await stored(threeRuns);
    const { status, body } = await asking(reading).get(`${address}?${query}`);
    expect([status, body.error.message]).toEqual([400, message]);
  });
});
