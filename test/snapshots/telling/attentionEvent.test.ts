import { readFileSync } from 'node:fs';
import type { Change } from '../../../src/snapshots/change.ts';
import { attentionEvents } from '../../../src/snapshots/telling/attentionEvent.ts';
import { kept, runOf } from './changes.ts';

const machine = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const run = '20261121T190000Z';
const eventsOf = (change: Change, more: Parameters<typeof runOf>[1] = {}) =>
  attentionEvents(runOf(run, more), [change], '/defender-machine-gateway');

describe('the events of a run', () => {
  it('are as docs/security-state-events.md shows them', () => {
    const text = readFileSync('docs/security-state-events.md', 'utf8');
    const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
    const impaired = { EdrImpairedCommunications: '20261119T070000Z' };
    const worse = kept(machine, { AntivirusNotReporting: run, ...impaired });
    const later = runOf('20261121T200000Z', { previous: run });
    expect(examples).toEqual([
      ...eventsOf({ before: kept(machine, impaired), after: worse }),
      ...attentionEvents(later, [{ before: worse, after: kept(machine) }], '/defender-machine-gateway'),
    ]);
  });

  it('tell of a machine that appeared requiring attention', () => {
    const [event] = eventsOf({ after: kept(machine, { AntivirusNotReporting: run }) });
    expect(event).toMatchObject({
      type: 'defender.gateway.machine.requiresAttention.v1',
      subject: machine,
      data: { changeKind: 'appeared', newlyRequiresAttention: ['AntivirusNotReporting'], before: null },
    });
  });

  it('tell that a machine requires attention where one property came and another went', () => {
    const [event] = eventsOf({ before: kept(machine, { A: '20261101T000000Z' }), after: kept(machine, { B: run }) });
    expect(event).toMatchObject({
      type: 'defender.gateway.machine.requiresAttention.v1',
      data: { newlyRequiresAttention: ['B'], noLongerRequiresAttention: ['A'] },
    });
  });

  it('tell what still requires attention of a machine that recovered in part, and since when', () => {
    const before = kept(machine, { A: '20261101T000000Z', B: '20261102T000000Z' });
    const [event] = eventsOf({ before, after: kept(machine, { B: '20261102T000000Z' }) });
    expect(event).toMatchObject({
      type: 'defender.gateway.machine.recovered.v1',
      data: {
        noLongerRequiresAttention: ['A'],
        requiresAttention: [{ property: 'B', since: '2026-11-02T00:00:00Z' }],
      },
    });
  });

  const alarm = { before: kept(machine), after: kept(machine, { A: run }) };
  const newBuild = { ...kept(machine), state: { ...kept(machine).state, build: 14394 } };
  it.each<[string, Change, Parameters<typeof runOf>[1]]>([
    ['a machine that appeared and requires no attention', { after: kept(machine) }, {}],
    ['a machine that vanished', { before: kept(machine, { A: run }) }, {}],
    ['a machine of which only the build changed', { before: kept(machine), after: newBuild }, {}],
    ['the first run, which has nothing to compare with', alarm, { previous: undefined }],
    ['a run whose source is another than before', alarm, { sourceChanged: true }],
  ])('do not tell of %s', (_, change, more) => {
    expect(eventsOf(change, more)).toEqual([]);
  });
});
