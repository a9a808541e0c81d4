import { stored } from '../../snapshots/reading/support/storedHistory.ts';
import { hourlyRun } from '../../snapshots/support/states.ts';
import { asking, origin, threeRuns } from './support/asking.ts';

const underWay = async () => {
  const history = await stored(threeRuns);
  await history.put({
    id: hourlyRun(3),
    phase: 'collecting',
    previous: hourlyRun(2),
    lists: {
      machines: {
        isDone: false,
        cursor: { skip: 8 },
        pages: [1, 1],
        received: 8,
        staged: [2, 2, 2, 2],
        announced: 12,
        slips: 0,
      },
    },
  });
  return history;
};

describe('GET /gateway/snapshots', () => {
  it('lists the runs, newest first, with what each found; one that is under way, too', async () => {
    const { reading } = await underWay();
    const { status, body } = await asking(reading).get('/gateway/snapshots');
    expect(status).toBe(200);
    expect(body['@odata.context']).toBe(`${origin}/gateway/$metadata#Snapshots`);
    expect(body.value.map(({ id, state, previous }) => [id, state, previous])).toEqual([
      ['20261101T030000Z', 'collecting', '20261101T020000Z'],
      ['20261101T020000Z', 'complete', '20261101T010000Z'],
      ['20261101T010000Z', 'complete', '20261101T000000Z'],
      ['20261101T000000Z', 'complete', null],
    ]);
    expect(body.value[1]).toMatchObject({
      startedAt: '2026-11-01T02:00:00Z',
      counts: {
        machines: 5,
        missed: 1,
        requireAttention: 2,
        attention: { AntivirusNotReporting: 2, EdrImpairedCommunications: 1 },
        changes: { appeared: 1, vanished: 0, newlyRequiresAttention: 1, resolved: 0, changed: 0 },
      },
      progress: null,
    });
  });

  it('goes page by page, and ends where the runs do', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const ids: unknown[] = [];
    let pages = 0;
    for (let link: string | undefined = '/gateway/snapshots?$top=1'; link !== undefined; pages += 1) {
      const { body } = await get(link);
      ids.push(...body.value.map(({ id }) => id));
      link = body['@odata.nextLink'];
    }
    expect(ids).toEqual(['20261101T020000Z', '20261101T010000Z', '20261101T000000Z']);
    expect(pages).toBe(3);
  });

  it('is empty before the first run, and no error', async () => {
    const { reading } = await stored();
    expect((await asking(reading).get('/gateway/snapshots')).body.value).toEqual([]);
  });

  it('is CSV with a column for each number', async () => {
    const { reading } = await stored(threeRuns);
    const { text } = await asking(reading).get('/gateway/snapshots?$format=csv');
    const [header = '', newest = ''] = text.split('\r\n');
    const names = header.split(',');
    expect(names).toContain('counts.changes.appeared');
    expect(newest.split(',')[names.indexOf('counts.machines')]).toBe('5');
    expect(newest).toContain('"AntivirusNotReporting=2;EdrImpairedCommunications=1"');
  });

  it('takes no more than 1,000 at once', async () => {
    const { reading } = await stored();
    const { body } = await asking(reading).get('/gateway/snapshots?$top=1001');
    expect(body.error.message).toBe("$top: '1001' will not do; write a whole number from 1 to 1000");
  });
});

describe('GET /gateway/snapshots/{run}', () => {
  it.each(['latest', 'Latest', '20261101T020000Z', '20261101t020000z'])('gives the run that %s is', async (name) => {
    const { reading } = await underWay();
    const { headers, body } = await asking(reading).get(`/gateway/snapshots/${name}`);
    expect(body).toMatchObject({
      '@odata.context': `${origin}/gateway/$metadata#Snapshots/$entity`,
      id: '20261101T020000Z',
      state: 'complete',
      counts: { machines: 5 },
    });
    expect(headers['x-gateway-snapshot']).toBe('20261101T020000Z');
  });

  it('shows how far a run is that is under way, and nothing of its own affairs', async () => {
    const { reading } = await underWay();
    const { text, body } = await asking(reading).get('/gateway/snapshots/20261101T030000Z');
    expect(body).toMatchObject({
      state: 'collecting',
      progress: {
        lists: { machines: { isDone: false, pages: 2, received: 8, announced: 12, slips: 0 } },
        buckets: 4,
        merged: 0,
        told: 0,
      },
    });
    expect(text).not.toContain('cursor');
  });

  it('tells why it was given up to tell what changed, and null where it was not', async () => {
    const history = await stored(threeRuns);
    const untold = 'the queue did not take what changed: no such account';
    const last = (await history.index.read(hourlyRun(2)))?.value;
    await history.put({ ...last, id: hourlyRun(2), untold });
    const { get } = asking(history.reading);
    expect((await get('/gateway/snapshots/latest')).body).toMatchObject({ state: 'complete', reason: null, untold });
    expect((await get('/gateway/snapshots/20261101T010000Z')).body).toMatchObject({ untold: null });
    const { text } = await get('/gateway/snapshots/latest?$format=csv');
    const [header = '', row = ''] = text.split('\r\n');
    expect(row.split(',')[header.split(',').indexOf('untold')]).toBe(untold);
  });

  it('is 404 for what is no run, or none yet', async () => {
    const unknown = await asking((await stored(threeRuns)).reading).get('/gateway/snapshots/20251101T000000Z');
    expect([unknown.status, unknown.body.error.message]).toEqual([
      404,
      'there is no run 20251101T000000Z. The newest is 20261101T020000Z',
    ]);
    const none = await asking((await stored()).reading).get('/gateway/snapshots/latest');
    expect([none.status, none.body.error.message]).toEqual([404, 'No snapshot was taken yet']);
  });
});
