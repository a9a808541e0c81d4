import type { Progress } from '../../../src/local/snapshot/progress.ts';
import { createProgressBar } from '../../../src/local/snapshot/progressBar.ts';
import { plain } from '../../../src/local/stack/command/paint.ts';
import { fakeClock } from '../../support/fakeClock.ts';

const merging: Progress = { doing: 'merging', share: 0.5, counted: '32 of 64 buckets', remark: undefined };

const barOn = (terminal: { readonly isTTY?: boolean; readonly columns?: number }) => {
  const clock = fakeClock();
  const written: string[] = [];
  const bar = createProgressBar({ ...terminal, write: (text) => written.push(text) }, plain, clock);
  return { bar, clock, written };
};

describe('a progress bar on a terminal', () => {
  const clear = '\r\u001b[2K';

  it('draws each step over the one before', () => {
    const { bar, written } = barOn({ isTTY: true, columns: 100 });
    bar.show(merging);
    bar.show({ ...merging, share: 1, counted: '64 of 64 buckets' });
    expect(written).toEqual([
      `${clear}merging    [████████████············]  50% 32 of 64 buckets`,
      `${clear}merging    [████████████████████████] 100% 64 of 64 buckets`,
    ]);
  });

  it('draws nothing while nothing is new', () => {
    const { bar, written } = barOn({ isTTY: true, columns: 0 });
    bar.show(merging);
    bar.show({ ...merging });
    expect(written).toEqual([`${clear}merging    [████████████············]  50% 32 of 64 buckets`]);
  });

  it('has no share of what nobody knows the length of', () => {
    const { bar, written } = barOn({ isTTY: true, columns: 100 });
    bar.show({ doing: 'collecting', share: undefined, counted: 'machines 1 page', remark: 'the quota is spent' });
    expect(written.join('')).toBe(
      `${clear}collecting [························]      machines 1 page; the quota is spent`,
    );
  });

  it('stays on one line, however narrow', () => {
    for (const columns of [60, 48, 20]) {
      const { bar, written } = barOn({ isTTY: true, columns });
      bar.show({ ...merging, remark: 'something that takes many words to say' });
      expect(written.join('').slice(clear.length).length).toBeLessThan(Math.max(columns, 43));
    }
  });

  it('leaves an empty line when it ends, and nothing where nothing was drawn', () => {
    const { bar, written } = barOn({ isTTY: true });
    bar.end();
    expect(written).toEqual([]);
    bar.show(merging);
    bar.end();
    bar.end();
    expect(written.slice(1)).toEqual([clear]);
  });
});

describe('progress where there is no terminal', () => {
  it('is a plain line for each phase, and one every five seconds between', async () => {
    const { bar, clock, written } = barOn({});
    bar.show(merging);
    bar.show({ ...merging, share: 0.6 });
    await clock.advance(5_000);
    bar.show({ ...merging, share: 0.7 });
    bar.show({ ...merging, doing: 'telling', share: 0 });
    bar.end();
    expect(written).toEqual([
      'merging 50%: 32 of 64 buckets\n',
      'merging 70%: 32 of 64 buckets\n',
      'telling 0%: 32 of 64 buckets\n',
    ]);
  });

  it('says at once what the run waits for or doubts', () => {
    const { bar, written } = barOn({});
    bar.show(merging);
    bar.show({ ...merging, remark: 'the quota is spent' });
    expect(written[1]).toBe('merging 50%: 32 of 64 buckets; the quota is spent\n');
  });
});
