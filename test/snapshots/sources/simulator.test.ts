import type { Defender } from '../../../src/defender/client.ts';
import { createSources } from '../../../src/snapshots/sources/sources.ts';
import { memoryRunIndex } from '../../../src/snapshots/store/memoryRunIndex.ts';
import { type Asking, asking, asOf, graphToken, token } from '../../local/simulator/support/asking.ts';
import { bucketIn, walk } from './support/walk.ts';

/** The wire without quota and retries. */
const defenderAt = ({ url }: Asking): Pick<Defender, 'ask'> => ({
  async ask({ service }, question) {
    const { path, query } = question();
    const bearer = service === 'defender' ? token() : graphToken();
    const answer = await fetch(url + path + query, { headers: { authorization: `Bearer ${bearer}` } });
    return { kind: 'answered', status: answer.status, headers: {}, body: new Uint8Array(await answer.arrayBuffer()) };
  },
});

const sourcesAt = (simulator: Asking) =>
  createSources({
    defender: defenderAt(simulator),
    notes: memoryRunIndex(),
    setting: 'auto',
    pageSize: 100,
    staleDays: 7,
    clock: { wall: () => 0, monotonic: () => 0 },
  });

describe('the sources, asking the simulator', () => {
  let simulator: Asking;
  beforeAll(async () => {
    simulator = await asking({ machines: 700 });
  });
  afterAll(() => simulator.stop());

  it('compose a state for each machine, in all buckets together', async () => {
    const source = sourcesAt(simulator).named('composed');
    const [machines, antivirus] = [await walk(source, 'machines'), await walk(source, 'antivirus')];
    const composed = Array.from({ length: 64 }, (_, bucket) =>
      source.compose(
        { machines: bucketIn(machines, bucket), antivirus: bucketIn(antivirus, bucket) },
        { asOf: Date.parse(asOf), slipped: [] },
      ),
    );
    const states = composed.flatMap(({ states }) => states);
    const rows = (await simulator.get('/api/machines')).body.value;
    const reports = new Set((await simulator.get('/api/deviceavinfo')).body.value.map(({ machineId }) => machineId));

    expect(states.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
    expect(composed.every(({ duplicates, leftOut }) => duplicates + leftOut === 0)).toBe(true);
    const silent = rows.filter(
      ({ id, onboardingStatus, mergedIntoMachineId, osPlatform }) =>
        !reports.has(id) && onboardingStatus === 'Onboarded' && mergedIntoMachineId === null && osPlatform !== 'iOS',
    );
    expect(silent.length).toBeGreaterThan(0);
    const notReporting = states.filter(({ propertiesRequireAttention: names }) =>
      names.includes('AntivirusNotReporting'),
    );
    expect(notReporting.map(({ id }) => id)).toEqual(expect.arrayContaining(silent.map(({ id }) => id)));
    expect(states.some(({ architecture, revision }) => architecture === 'Amd64' && revision !== null)).toBe(true);
  });

  it('give the states of the preview, as many as it says there are', async () => {
    const source = await sourcesAt(simulator).choose();
    const walked = await walk(source, 'states');
    const states = Array.from({ length: 64 }, (_, bucket) =>
      source.compose({ states: bucketIn(walked, bucket) }, { asOf: 0, slipped: [] }),
    ).flatMap((composed) => composed.states);
    expect(walked.pages.length).toBeGreaterThan(1);
    expect(walked.pages[0]?.announced).toBe(states.length);
    expect(states[0]).toMatchObject({ architecture: 'Amd64', osVersion: expect.stringContaining('.amd64fre.') });
  });

  it('go over to what is composed where the preview is gone', async () => {
    const without = await asking({ machines: 10, preview: 'gone' });
    try {
      const sources = sourcesAt(without);
      const { end } = await walk(await sources.choose(), 'states');
      expect(end).toMatchObject({ kind: 'notServed', status: 404 });
      const source = await sources.instead(404);
      expect((await sources.choose()).name).toBe('composed');
      expect(source && (await walk(source, 'machines')).pages[0]?.received).toBe(10);
    } finally {
      await without.stop();
    }
  });
});
