import { createSources, type SourcesOptions } from '../../../src/snapshots/sources/sources.ts';
import { memoryRunIndex } from '../../../src/snapshots/store/memoryRunIndex.ts';
import { defenderOn, quotasOn } from '../../support/defender.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { json, type Scripted, scriptedFetch } from '../../support/scriptedFetch.ts';
import { scriptedLists } from './support/scriptedLists.ts';

const day = 24 * 3600 * 1000;

/** Two processes that share what they know. */
const setUp = (setting: SourcesOptions['setting']) => {
  const clock = fakeClock();
  const notes = memoryRunIndex();
  const { defender } = scriptedLists(() => ({ kind: 'late', reason: 'never asked' }));
  const create = () => createSources({ defender, notes, setting, staleDays: 7, clock });
  return { clock, notes, one: create(), other: create() };
};

describe('the source that is asked', () => {
  it('is the preview, until it is not served; then what is composed, for a day, in every process', async () => {
    const { clock, one, other } = setUp('auto');
    expect((await one.choose()).name).toBe('preview');
    expect((await one.instead(404))?.name).toBe('composed');
    expect((await one.choose()).name).toBe('composed');
    expect((await other.choose()).name).toBe('composed');
    clock.freeze(day - 1);
    expect((await other.choose()).name).toBe('composed');
    clock.freeze(1);
    expect((await other.choose()).name).toBe('preview');
  });

  it('is noted with the instant until which it holds, and the status that was the reason', async () => {
    const { clock, notes, one } = setUp('auto');
    await one.instead(403);
    expect(await notes.note('source')).toEqual({ until: new Date(clock.wall() + day).toISOString(), status: 403 });
  });

  it.each([['preview'], ['composed']] as const)('is always %s where the setting says so', async (setting) => {
    const { notes, one } = setUp(setting);
    await notes.keepNote('source', { until: '2999-01-01T00:00:00Z', status: 404 });
    expect((await one.choose()).name).toBe(setting);
    expect(await one.instead(404)).toBeUndefined();
  });

  it.each([['soon'], ['2999-01-01T00:00:00Z'], [7]])(
    'is the preview where the note says %j, which nobody can have meant',
    async (until) => {
      const { notes, one } = setUp('auto');
      await notes.keepNote('source', { until });
      expect((await one.choose()).name).toBe('preview');
    },
  );

  it('can be had by its name', () => {
    const { one } = setUp('preview');
    expect(one.named('composed').lists).toEqual(['machines', 'antivirus']);
    expect(one.named('preview').lists).toEqual(['states']);
  });
});

describe('a page by way of the client', () => {
  const pageOf = async (list: 'machines' | 'antivirus', ...script: readonly Scripted[]) => {
    const clock = fakeClock();
    const wire = scriptedFetch(...script);
    const quotas = quotasOn(clock);
    const defender = defenderOn(clock, wire.fetch, { quotas });
    const sources = createSources({
      defender,
      notes: memoryRunIndex(),
      setting: 'composed',
      pageSize: 500,
      staleDays: 7,
      clock,
    });
    let sent = 0;
    const asking = sources
      .named('composed')
      .page(list, undefined, { waitMs: 60_000, buckets: 4, onSent: () => sent++ });
    await clock.advance(50_000);
    return { answer: await asking, sent, wire, quotas: quotas.all().map(({ name }) => name) };
  };

  it('asks Defender for so many rows, and counts each call that is sent', async () => {
    const { answer, sent, wire, quotas } = await pageOf(
      'machines',
      json({ error: {} }, 503),
      json({ value: [{ id: 'A' }] }),
    );
    expect(answer).toMatchObject({ kind: 'page', received: 1, rows: ['', '', 'a\t\t\t1', ''] });
    expect(wire.calls.map(({ url }) => url)).toEqual(Array(2).fill('https://defender.example/api/machines?$top=500'));
    expect(sent).toBe(2);
    expect(quotas).toEqual(['listMachines']);
  });

  it('spends a quota of its own on antivirus', async () => {
    const { wire, quotas } = await pageOf('antivirus', json({ value: [] }));
    expect(wire.calls[0]?.url).toBe('https://defender.example/api/deviceavinfo?$top=500');
    expect(quotas).toEqual(['deviceAntivirus']);
  });

  it('says what Defender said of its quota', async () => {
    const message = 'API calls quota exceeded! You can send requests again in 480 seconds.';
    const { answer } = await pageOf('machines', json({ error: { code: '429', message } }, 429));
    expect(answer).toEqual({ kind: 'wait', seconds: 480, reason: `Defender refused the call: ${message} Wait 480 s.` });
  });
});
