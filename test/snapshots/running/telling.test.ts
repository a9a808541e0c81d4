import { nextRun } from '../support/finished.ts';
import { machine, running } from '../support/running.ts';

const attention = 'AntivirusNotReporting';

describe('what a run tells', () => {
  it('is what changed since the run before it, not what that one told already', async () => {
    const stage = running();
    const snapshots = stage.process();
    const toldOf = async (...fleet: ReturnType<typeof machine>[]) => {
      const before = stage.queue.texts.length;
      stage.sources.fleet = fleet;
      await nextRun(stage.clock, snapshots);
      return stage.queue.texts.slice(before).map((text) => JSON.parse(text).subject.slice(0, 2));
    };
    expect(await toldOf(machine('03'), machine('04'))).toEqual([]);
    expect(await toldOf(machine('03', attention), machine('04'))).toEqual(['03']);
    expect(await toldOf(machine('03', attention), machine('04', attention))).toEqual(['04']);
  });
});
