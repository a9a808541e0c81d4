import { noChanges } from '../../../src/snapshots/run.ts';
import type { Head } from '../../../src/snapshots/stateStore.ts';
import { rowOfChunk, rowOfHead } from '../../../src/snapshots/store/stateRow.ts';
import type { RowsRead, StateRows, StoredRow } from '../../../src/snapshots/store/stateRows.ts';
import { statesInRows } from '../../../src/snapshots/store/statesInRows.ts';
import { machine } from '../support/running.ts';

const head: Head = { run: '20261121T190000Z', upTo: '~', changes: noChanges };
const rowsWith = (version: string, ...ids: string[]): readonly StoredRow[] => [
  { ...rowOfHead(head), version },
  ...ids.map((id) => {
    const state = machine(id);
    const kept = { state, appeared: head.run, since: head.run, attentionSince: [] };
    return { ...rowOfChunk({ fence: state.id, machines: [kept] }), version: '1' };
  }),
];

/** A bucket of which a test says what each reading comes to, and which head stands there afterwards. */
const storeOf = (readings: readonly RowsRead[], headsAfter: readonly string[]) => {
  const left = [...readings];
  const heads = [...headsAfter];
  const no = () => Promise.reject(new Error('is not asked for'));
  const rows: StateRows = {
    range: async () => left.shift() ?? no(),
    first: async () => rowsWith(heads.shift() ?? 'none')[0],
    keys: no,
    commit: no,
    remove: no,
  };
  return statesInRows(rows);
};

const idsOf = async (store: ReturnType<typeof storeOf>) =>
  (await store.read(0, 1)).flatMap(({ chunks }) => chunks.map(({ fence }) => fence.slice(0, 2)));

describe('a bucket that takes several pages to read', () => {
  const torn: RowsRead = { rows: rowsWith('1', 'c0'), isOfOneMoment: false };
  const whole: RowsRead = { rows: rowsWith('2', '40', 'c0'), isOfOneMoment: false };

  it('is read again where somebody wrote to it meanwhile', async () => {
    expect(await idsOf(storeOf([torn, whole], ['2', '2']))).toEqual(['40', 'c0']);
  });

  it('is read once where nobody did', async () => {
    expect(await idsOf(storeOf([whole], ['2']))).toEqual(['40', 'c0']);
  });

  it('is a fault where somebody always does', async () => {
    const always = storeOf(
      Array(20).fill(torn),
      Array.from({ length: 20 }, (_, i) => `${i + 2}`),
    );
    await expect(always.read(0, 1)).rejects.toThrow('Bucket 0 was written to whenever it was read, 10 times');
  });
});

describe('a bucket that is read in one page', () => {
  it('is of one moment: nothing is asked again', async () => {
    expect(await idsOf(storeOf([{ rows: rowsWith('1', 'c0'), isOfOneMoment: true }], []))).toEqual(['c0']);
  });
});
