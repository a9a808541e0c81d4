import type { ListName } from '../../../src/snapshots/run.ts';
import type { Source, Sources } from '../../../src/snapshots/source.ts';
import type { Staging } from '../../../src/snapshots/staging.ts';
import { nextRun } from '../support/finished.ts';
import type { FleetSources } from '../support/fleetSource.ts';
import { machine, running } from '../support/running.ts';

const ten = ['03', '1a', '2f', '40', '55', '7e', '80', '9c', 'b1', 'ff'].map((id) => machine(id));

/** With a list of antivirus that has nothing, and what is told of each bucket: which lists slipped. */
const withAntivirus = (fleet: FleetSources, hasSlipped: boolean) => {
  const told: (readonly ListName[])[] = [];
  const named: Sources['named'] = (name): Source => {
    const source = fleet.named(name);
    return {
      name,
      lists: ['machines', 'antivirus'],
      async page(list, cursor, options) {
        if (list === 'machines') return source.page(list, cursor, options);
        const rows = Array<string>(options.buckets).fill('');
        return { kind: 'page', rows, received: 0, hasSlipped, next: undefined };
      },
      compose(staged, options) {
        told.push(options.slipped);
        return source.compose(staged, options);
      },
    };
  };
  return { told, sources: { ...fleet, named } };
};

describe('whoever composes the states', () => {
  it('is told that no list slipped, where none did', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const { told, sources } = withAntivirus(stage.sources, false);
    await nextRun(stage.clock, stage.process({ sources }));
    expect(told).toEqual([[], [], [], []]);
  });

  it('is told of each bucket which list slipped', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const { told, sources } = withAntivirus(stage.sources, true);
    await nextRun(stage.clock, stage.process({ sources }));
    expect(told).toEqual([['antivirus'], ['antivirus'], ['antivirus'], ['antivirus']]);
  });

  it('is told of a bucket of which staged rows were lost that any list may lack some', async () => {
    const stage = running();
    stage.sources.fleet = ten;
    const { told, sources } = withAntivirus(stage.sources, false);
    const read: Staging['read'] = async (...asked) =>
      (await stage.staging.read(...asked)).filter(({ bucket }) => bucket !== 2);
    await nextRun(stage.clock, stage.process({ sources, staging: { ...stage.staging, read } }));
    expect(told).toEqual([[], [], ['machines', 'antivirus'], []]);
  });
});
