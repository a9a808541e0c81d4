import { stored } from '../../snapshots/reading/support/storedHistory.ts';
import { hourlyRun } from '../../snapshots/support/states.ts';
import { asking, idOf, threeRuns } from './support/asking.ts';

const addressOf = (start: string) => `/gateway/machines/${idOf(start)}/states`;

describe('GET /gateway/machines/{id}/states', () => {
  it('tells the state now, and each one before, with what changed', async () => {
    const { reading } = await stored(threeRuns);
    const { status, headers, body } = await asking(reading).get(
      addressOf('8').toUpperCase().replace('/GATEWAY/MACHINES/', '/gateway/machines/').replace('/STATES', '/states'),
    );
    expect(status).toBe(200);
    expect(headers['x-gateway-snapshot']).toBe('20261101T020000Z');
    expect(headers['x-gateway-warning']).toBeUndefined();
    expect(body.value).toEqual([
      {
        from: '2026-11-01T01:00:00Z',
        until: null,
        run: '20261101T010000Z',
        change: 'resolved',
        newlyRequires: [],
        noLongerRequires: ['EdrImpairedCommunications'],
        state: expect.objectContaining({ id: idOf('8'), propertiesRequireAttention: [] }),
      },
      {
        from: '2026-11-01T00:00:00Z',
        until: '2026-11-01T01:00:00Z',
        run: '20261101T000000Z',
        change: 'appeared',
        newlyRequires: [],
        noLongerRequires: [],
        state: expect.objectContaining({
          propertiesRequireAttention: ['EdrImpairedCommunications'],
          attentionSince: { EdrImpairedCommunications: '2026-11-01T00:00:00Z' },
        }),
      },
    ]);
  });

  it('goes page by page', async () => {
    const { reading } = await stored(threeRuns);
    const { get } = asking(reading);
    const first = await get(`${addressOf('1')}?$top=1`);
    const second = await get(String(first.body['@odata.nextLink']));
    expect([...first.body.value, ...second.body.value].map(({ run, until }) => [run, until])).toEqual([
      ['20261101T020000Z', null],
      ['20261101T000000Z', '2026-11-01T02:00:00Z'],
    ]);
    expect(second.body['@odata.nextLink']).toBeUndefined();
  });

  it('says so where older states are no longer kept, in the headers too', async () => {
    const { reading, index, states } = await stored(threeRuns);
    await index.keepNote('floor', { run: hourlyRun(1) });
    for (let bucket = 0; bucket < 4; bucket += 1) await states.forget(bucket, hourlyRun(1));
    const { get } = asking(reading);
    const cut = await get(addressOf('8'));
    expect(cut.body['@gateway.keptSince']).toBe('2026-11-01T01:00:00Z');
    expect(cut.headers['x-gateway-warning']).toBe('What was before 2026-11-01T01:00:00Z is no longer kept.');
    expect(cut.body.value).toEqual([expect.objectContaining({ run: '20261101T010000Z', change: null, until: null })]);
    const whole = await get(addressOf('c'));
    expect(whole.body['@gateway.keptSince']).toBeUndefined();
    expect(whole.body.value).toEqual([expect.objectContaining({ change: 'appeared' })]);
  });

  it('is CSV with the state’s columns', async () => {
    const { reading } = await stored(threeRuns);
    const { text } = await asking(reading).get(`${addressOf('1')}?$format=csv`);
    const [header, ...rows] = text.trimEnd().split('\r\n');
    expect(header).toBe(
      'from,until,run,change,newlyRequires,noLongerRequires,state.build,state.revision,state.architecture,state.osVersion,state.propertiesRequireAttention,state.since,state.attentionSince,state.appeared,state.missedSince',
    );
    expect(rows.map((row) => row.slice(0, 62))).toEqual([
      '2026-11-01T02:00:00Z,,20261101T020000Z,newlyRequiresAttention,',
      '2026-11-01T00:00:00Z,2026-11-01T02:00:00Z,20261101T000000Z,app',
    ]);
  });

  it.each([
    [
      addressOf('e'),
      404,
      `No run has seen a machine ${idOf('e')}. Whose name or address is known, GET /gateway/machines/resolve finds`,
    ],
    [
      '/gateway/machines/srv02.contoso.com/states',
      400,
      "id: 'srv02.contoso.com' is none; a machine id is 40 hexadecimal digits. Which machine a name or an address means is told by GET /gateway/machines/resolve",
    ],
    [
      '/gateway/machines/abc/states',
      400,
      'id: it has 3 digits; a machine id is 40 hexadecimal digits. Which machine a name or an address means is told by GET /gateway/machines/resolve',
    ],
  ])('%s is %d: %s', async (address, status, message) => {
    const { reading } = await stored(threeRuns);
    const answer = await asking(reading).get(address);
    expect([answer.status, answer.body.error.message]).toEqual([status, message]);
  });
});
