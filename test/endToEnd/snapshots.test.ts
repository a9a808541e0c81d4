import { QueueClient } from '@azure/storage-queue';
import { bodyOf, errorOf, type Gateway, startGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';

interface Run {
  readonly id: string;
  readonly startedAt: string;
  readonly state: string;
  readonly source: string;
  readonly sourceChanged: boolean;
  readonly progress: unknown;
  readonly counts: Readonly<Record<'received' | 'stored' | 'machines' | 'missed' | 'requireAttention', number>> & {
    readonly changes: Readonly<Record<string, number>>;
    readonly attention: Readonly<Record<string, number>>;
  };
  readonly cost: { readonly calls: number; readonly messages: number };
}

interface Machine {
  readonly id: string;
  readonly propertiesRequireAttention: readonly string[];
}

let gateway: Gateway;
let first: Run;
let second: Run;

const bodyAt = async <T>(path: string, host = 0): Promise<T & { readonly '@odata.count'?: number }> => {
  const response = await gateway.get(path, {}, host);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text);
};

const runs = async (): Promise<readonly Run[]> => (await bodyAt<{ value: Run[] }>('/gateway/snapshots')).value;

/** Fires the timer of some hosts in one moment, and waits for a run to come to its end. */
const snapshot = async (...hosts: readonly number[]): Promise<Run> => {
  const before = await runs();
  await Promise.all(hosts.map((host) => gateway.fire('snapshotSecurityStates', host)));
  return until('a run to be over', async () => {
    const [newest] = await runs();
    return newest !== undefined && newest.id !== before[0]?.id && newest.progress === null && newest;
  });
};

const changesPath = () => `/gateway/snapshots/${second.id}/changes`;

beforeAll(async () => {
  // Slow enough that whoever comes second finds the first at it.
  gateway = await startGateway({ hosts: 2, limits: '1000/60', simulator: { machines: 300, latencyMs: 400 } });
  await Promise.all([0, 1].map((host) => gateway.get('/gateway/snapshots', {}, host)));
});
afterAll(() => gateway.stop());

describe('snapshots, before there is one', () => {
  it('are an empty list, and no latest', async () => {
    expect(await runs()).toEqual([]);
    const response = await gateway.get('/gateway/snapshots/latest');
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatchObject({ code: 'ResourceNotFound', message: 'No snapshot was taken yet' });
  });
});

describe('a first snapshot', () => {
  it('is one run, though the timers of two hosts came at once', async () => {
    first = await snapshot(0, 1);
    expect(await runs()).toEqual([first]);
    const { received, stored, machines } = first.counts;
    expect(first).toMatchObject({ state: 'complete', source: 'preview', cost: { messages: 0 } });
    expect([received, machines]).toEqual([stored, stored]);
    expect(stored).toBeGreaterThan(200);
  });

  it('holds what Defender says of each machine', async () => {
    const { value } = await bodyAt<{ value: Machine[] }>('/gateway/snapshots/latest/machines');
    const live = await gateway.get('/testwdatppreview/machinesecuritystates');
    expect(live.headers.get('x-gateway-source')).toBe('preview');
    const kept = new Map(value.map((machine) => [machine.id, machine]));
    expect(value).toHaveLength(first.counts.stored);
    for (const state of (await bodyOf(live)).value) expect(kept.get(String(state.id))).toMatchObject(state);
  });
});

describe('a second snapshot', () => {
  it('finds what changed since the first', async () => {
    await gateway.control('POST', 'fleet/changes', { machines: 12, added: 2, removed: 1, seed: 2 });
    second = await snapshot(1);
    const { appeared = 0, newlyRequiresAttention = 0, resolved = 0, vanished } = second.counts.changes;
    expect(second).toMatchObject({ state: 'complete', sourceChanged: false });
    expect([appeared, newlyRequiresAttention + resolved, vanished, second.counts.missed]).toEqual([2, 12, 0, 1]);
  });

  it('tells the changes, all or of one kind', async () => {
    type Changes = { readonly value: readonly { id: string; change: string }[] };
    const all = await bodyAt<Changes>(changesPath());
    expect([all.value.length, all['@odata.count']]).toEqual([14, 14]);
    expect(await bodyAt<Changes>(`/gateway/snapshots/latest/changes?since=${first.id}`)).toEqual(all);
    const some = await bodyAt<Changes>(`${changesPath()}?change=appeared`);
    expect(some.value).toEqual(all.value.filter(({ change }) => change === 'appeared'));
    expect(some.value).toHaveLength(2);
  });

  it('is gone through page by page, and comes to the whole', async () => {
    const pages: Machine[] = [];
    let link: string | undefined = '/gateway/snapshots/latest/machines?$top=100';
    while (link !== undefined) {
      const page: { value: Machine[]; '@odata.nextLink'?: string } = await bodyAt(link);
      pages.push(...page.value);
      link = page['@odata.nextLink']?.replace(gateway.urls[0] ?? '', '');
    }
    expect(new Set(pages.map(({ id }) => id)).size).toBe(second.counts.machines);
    expect(pages).toHaveLength(second.counts.machines);
  });

  it('tells which machines require attention, and since when', async () => {
    type Requiring = { readonly value: readonly (Machine & { attentionSince: Record<string, string> })[] };
    const { value } = await bodyAt<Requiring>(
      '/gateway/snapshots/latest/machines?requires=EdrImpairedCommunications',
      1,
    );
    expect(value).toHaveLength(second.counts.attention.EdrImpairedCommunications ?? -1);
    const since = new Set(value.map(({ attentionSince }) => attentionSince.EdrImpairedCommunications));
    expect(since).toEqual(new Set([first.startedAt, second.startedAt]));
  });

  it('leaves the fleet as of the first to be asked for', async () => {
    const path = `/gateway/snapshots/latest/machines?requires=EdrImpairedCommunications&asOf=${first.startedAt}`;
    const response = await gateway.get(path);
    expect(response.headers.get('x-gateway-snapshot')).toBe(first.id);
    expect((await bodyOf(response)).value).toHaveLength(first.counts.attention.EdrImpairedCommunications ?? -1);
  });

  it('knows the history of a machine', async () => {
    const { value: changes } = await bodyAt<{ value: { id: string }[] }>(`${changesPath()}?change=resolved`);
    const { value } = await bodyAt<{ value: Record<string, unknown>[] }>(`/gateway/machines/${changes[0]?.id}/states`);
    expect(value).toMatchObject([
      { from: second.startedAt, until: null, change: 'resolved' },
      { from: first.startedAt, until: second.startedAt },
    ]);
  });

  it('is the second point of the trend of a property', async () => {
    const { value } = await bodyAt<{ value: object[] }>('/gateway/snapshots/trend?property=EdrImpairedCommunications');
    const pointOf = ({ id: run, counts }: Run) => ({ run, count: counts.attention.EdrImpairedCommunications });
    expect(value).toMatchObject([pointOf(first), pointOf(second)]);
  });

  it('goes into a spreadsheet', async () => {
    const response = await gateway.get(changesPath(), { accept: 'text/csv' });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    const [header, ...rows] = (await response.text()).trimEnd().split('\r\n');
    expect(header).toMatch(/^id,change,/);
    expect(rows).toHaveLength(14);
  });

  it('is told in the queue, a message for each machine', async () => {
    const queue = new QueueClient(gateway.storage.connectionString, 'security-state-changes');
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
    const events = receivedMessageItems.map(({ messageText }) =>
      JSON.parse(Buffer.from(messageText, 'base64').toString()),
    );
    const { newlyRequiresAttention, resolved } = second.counts.changes;
    const ofType = (type: string) => events.filter((event) => event.type === `defender.gateway.machine.${type}.v1`);
    expect(ofType('recovered')).toHaveLength(resolved ?? -1);
    expect(ofType('requiresAttention').length).toBeGreaterThanOrEqual(newlyRequiresAttention ?? -1);
    expect([events.length, second.cost.messages]).toEqual([second.cost.messages, events.length]);
  });

  it('is read without a call to Defender', async () => {
    await gateway.forgetArrivals();
    for (const path of [changesPath(), '/gateway/snapshots/latest/machines', '/gateway/snapshots/trend']) {
      expect((await gateway.get(path)).status).toBe(200);
    }
    expect(await gateway.arrivals()).toEqual([]);
  });

  it.each([
    ['/gateway/snapshots/20200101T000000Z', 404, 'there is no run 20200101T000000Z. The newest is'],
    ['/gateway/snapshots/yesterday', 400, "'yesterday' is no run"],
    ['/gateway/snapshots/latest/machines?asOf=2020-01-01', 404, 'asOf: 2020-01-01T00:00:00Z is before the first run'],
    ['/gateway/snapshots/latest/machines?asOf=soon', 400, "asOf: 'soon' is no instant"],
    ['/gateway/snapshots/latest/machines?requires=Antivirus', 400, "requires: 'Antivirus' is no property"],
    ['/gateway/snapshots/latest/changes?change=better', 400, "change: 'better' is no kind of change"],
  ])('says what is wrong with a question: %s', async (path, status, message) => {
    const response = await gateway.get(path);
    expect(response.status).toBe(status);
    expect((await errorOf(response)).message).toContain(message);
  });
});

describe('security states, once Defender serves the preview no more', () => {
  beforeAll(() => gateway.faults([{ match: { route: 'machineSecurityStates' }, do: { status: 404 } }]));

  it('are composed, in the same shape, and say so', async () => {
    const response = await gateway.get('/testwdatppreview/machinesecuritystates', { 'cache-control': 'no-cache' });
    expect([response.status, response.headers.get('x-gateway-source')]).toEqual([200, 'composed']);
    const { value } = await bodyOf(response);
    expect(Object.keys(value[0] ?? {}).sort()).toEqual(
      ['architecture', 'build', 'id', 'osVersion', 'propertiesRequireAttention', 'revision'].sort(),
    );
  });

  it('are composed in the next snapshot, which says that its source is another', async () => {
    const third = await snapshot(0);
    expect(third).toMatchObject({ state: 'complete', source: 'composed', sourceChanged: true, cost: { messages: 0 } });
  });
});
