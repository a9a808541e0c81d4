/** The fleet's memory: two looks at it, and what can be asked of them. */
import { systemClock } from '../../../clock.ts';
import { type Observation, observation } from '../observation.ts';
import type { Scene } from '../scene.ts';
import {
  changesOf,
  eventOf,
  fleetChangesOf,
  runsOf,
  type SnapshotChange,
  type SnapshotRun,
  statesOf,
  versionsOf,
} from '../snapshotBody.ts';
import type { Stage } from '../stage.ts';

const timer = 'snapshotSecurityStates';
const queue = 'security-state-changes';
/** Seconds that a run of this fleet takes at the most, waiting for its quota. */
const patienceSeconds = 40;

/** What happens to the fleet between the two; the seed chooses sensors of both kinds. */
const lively = { machines: 24, added: 2, removed: 1, seed: 2 };

export const snapshots: Scene = {
  title: 'Two snapshots of the fleet, and what changed between',
  async play(stage) {
    const first = await runNow(stage);
    const moved = fleetChangesOf(await stage.simulator('fleet/changes', lively));
    const second = await runNow(stage);
    const { body } = await stage.ask(`/gateway/snapshots/${second.id}/changes?since=${first.id}`);
    const changes = changesOf(body);
    const one = changes.find(({ change }) => change === 'newlyRequiresAttention');
    return [
      complete(first),
      foundAll(second, moved),
      told(first, second, changes),
      await csv(stage, first, second, changes),
      ...(one ? [await history(stage, second, one), await asOf(stage, first, one)] : []),
      await queued(stage, second, changes),
    ];
  },
};

/** Fires the timer, and waits until the run that it begins is over. */
const runNow = async ({ ask, fire }: Stage): Promise<SnapshotRun> => {
  const newest = async () => runsOf((await ask('/gateway/snapshots?$top=1')).body)[0];
  const before = await newest();
  await fire(timer);
  const end = systemClock.monotonic() + patienceSeconds * 1000;
  while (systemClock.monotonic() < end) {
    const run = await newest();
    if (run && run.id !== before?.id && run.progress === null) return run;
    await systemClock.sleep(100);
  }
  throw new Error(`no run was over after ${patienceSeconds} s`);
};

const complete = ({ id, state, source, counts, cost }: SnapshotRun): Observation => {
  const { received, duplicates, stored, requireAttention } = counts;
  const saw = `run ${id}: ${state}, ${stored} machines from ${source}, ${requireAttention} require attention; ${cost.calls} calls to Defender, ${cost.tableTransactions} transactions`;
  return observation(`the timer ${timer}`, saw, {
    'a complete run': state === 'complete',
    'all that was received is stored': stored > 0 && received - duplicates === stored,
  });
};

const foundAll = (
  { id, state, counts: { changes, stored } }: SnapshotRun,
  { changed, added, removed }: ReturnType<typeof fleetChangesOf>,
): Observation => {
  const { appeared = 0, newlyRequiresAttention = 0, resolved = 0 } = changes;
  const saw = `run ${id}: ${state}, ${stored} machines; ${newlyRequiresAttention} newly require attention, ${resolved} recovered, ${appeared} appeared`;
  return observation(
    `${changed} sensors fail or recover, ${added} machines come, ${removed} goes; the timer again`,
    saw,
    {
      'a complete run': state === 'complete',
      'each sensor': newlyRequiresAttention + resolved === changed && newlyRequiresAttention > 0 && resolved > 0,
      'each machine that came': appeared === added,
    },
  );
};

const told = (first: SnapshotRun, second: SnapshotRun, changes: readonly SnapshotChange[]): Observation => {
  const counted = Object.values(second.counts.changes).reduce((sum, count) => sum + count, 0);
  const kinds = [...new Set(changes.map(({ change }) => change))].join(', ');
  return observation(
    `GET /gateway/snapshots/${second.id}/changes?since=${first.id}`,
    `${changes.length} machines: ${kinds}`,
    { 'as many as the run counted': changes.length === counted && counted > 0 },
  );
};

const csv = async (
  stage: Stage,
  first: SnapshotRun,
  second: SnapshotRun,
  changes: readonly SnapshotChange[],
): Promise<Observation> => {
  const [header = '', ...rows] = await stage.csv(`/gateway/snapshots/${second.id}/changes?since=${first.id}`);
  return observation('the same with Accept: text/csv', `${rows.length} rows under ${header.slice(0, 46)}…`, {
    'a header': header.startsWith('id,change,'),
    'a row for each change':
      rows.length === changes.length && rows.every((row, at) => row.startsWith(changes[at]?.id ?? '?')),
  });
};

const history = async ({ ask }: Stage, second: SnapshotRun, one: SnapshotChange): Promise<Observation> => {
  const target = `/gateway/machines/${one.id}/states`;
  const [now, before] = versionsOf((await ask(target)).body);
  const wasAttention = before?.state?.propertiesRequireAttention ?? [];
  const saw = `since ${now?.from} ${attention(now?.state?.propertiesRequireAttention)}; before ${attention(wasAttention)}`;
  return observation(`GET ${target.replace(one.id, `${one.id.slice(0, 8)}…`)}`, saw, {
    'its new state since the second run': now?.from === second.startedAt,
    'the one before': before !== undefined && same(wasAttention, one.before?.propertiesRequireAttention),
  });
};

const asOf = async ({ ask }: Stage, first: SnapshotRun, one: SnapshotChange): Promise<Observation> => {
  const target = `/gateway/snapshots/latest/machines?asOf=${first.startedAt}&$top=10000`;
  const machines = statesOf((await ask(target)).body);
  const then = machines.find(({ id }) => id === one.id);
  const saw = `${machines.length} machines; ${one.id.slice(0, 8)}… required ${attention(then?.propertiesRequireAttention)}`;
  return observation(`GET ${target}`, saw, {
    'all machines of the first run': machines.length === first.counts.machines,
    'the machine as it was': same(then?.propertiesRequireAttention, one.before?.propertiesRequireAttention),
  });
};

const queued = async (
  stage: Stage,
  { id, cost }: SnapshotRun,
  changes: readonly SnapshotChange[],
): Promise<Observation> => {
  const events = (await stage.messages(queue)).map(eventOf);
  const kinds = [...new Set(events.map(({ type }) => type))].join(', ');
  const wanted = changes.filter(isTold).map((change) => change.id);
  return observation(`the messages in the queue ${queue}`, `${events.length}: ${kinds}`, {
    'as many as the run sent': events.length === cost.messages,
    'one for each machine that requires attention now or recovered': same(
      events.map(({ subject }) => subject).sort(),
      wanted.sort(),
    ),
    'ids that name the run': events.every((event) => event.id.startsWith(id)),
  });
};

/** A machine that came and requires nothing is no news for a playbook. */
const isTold = ({ change, after }: SnapshotChange): boolean =>
  change === 'newlyRequiresAttention' ||
  change === 'resolved' ||
  (change === 'appeared' && (after?.propertiesRequireAttention.length ?? 0) > 0);

const attention = (properties: readonly string[] = []): string =>
  properties.length === 0 ? 'nothing' : properties.join(', ');

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a !== undefined && JSON.stringify(a) === JSON.stringify(b);
