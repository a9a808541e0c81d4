/** The columns of snapshots as CSV: what is within something has a column of its own, named by the way to it. */
import type { CsvColumn, CsvValue } from '../../http/csv.ts';
import { changeKinds } from '../../snapshots/change.ts';
import type { ChangeRow } from '../../snapshots/reading/changeRow.ts';
import type { HistoryRow } from '../../snapshots/reading/historyRow.ts';
import type { MachineRow } from '../../snapshots/reading/machineRow.ts';
import type { RunRow } from '../../snapshots/reading/runRow.ts';
import type { TrendRow } from '../../snapshots/reading/trend.ts';

type Columns<Row> = readonly CsvColumn<Row>[];

const column = <Row>(name: string, of: (row: Row) => CsvValue): CsvColumn<Row> => ({ name, of });

/** Members of a row that are values by themselves. */
const plain = <Row>(
  ...names: readonly { [K in keyof Row]: Row[K] extends CsvValue ? K & string : never }[keyof Row][]
) => names.map((name) => column<Row>(name, (row) => row[name] as CsvValue));

/** Columns of something within a row that may be missing. */
const within = <Row, Part>(name: string, columns: Columns<Part>, part: (row: Row) => Part | null): Columns<Row> =>
  columns.map((each) =>
    column(`${name}.${each.name}`, (row) => {
      const found = part(row);
      return found === null ? null : each.of(found);
    }),
  );

const pairs = (values: Readonly<Record<string, string | number>>): readonly string[] =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);

const stateColumns: Columns<MachineRow> = [
  ...plain<MachineRow>('build', 'revision', 'architecture', 'osVersion', 'propertiesRequireAttention', 'since'),
  column('attentionSince', ({ attentionSince }) => pairs(attentionSince)),
  ...plain<MachineRow>('appeared', 'missedSince'),
];

export const machineColumns: Columns<MachineRow> = [...plain<MachineRow>('id'), ...stateColumns];

export const changeColumns: Columns<ChangeRow> = [
  ...plain<ChangeRow>('id', 'change', 'newlyRequires', 'noLongerRequires'),
  ...within('before', stateColumns, ({ before }: ChangeRow) => before),
  ...within('after', stateColumns, ({ after }: ChangeRow) => after),
];

export const historyColumns: Columns<HistoryRow> = [
  ...plain<HistoryRow>('from', 'until', 'run', 'change', 'newlyRequires', 'noLongerRequires'),
  ...within('state', stateColumns, ({ state }: HistoryRow) => state),
];

export const trendColumns: Columns<TrendRow> = plain<TrendRow>(
  'at',
  'run',
  'property',
  'count',
  'machines',
  'requireAttention',
);

const countColumns: Columns<RunRow['counts']> = [
  ...plain<RunRow['counts']>('received', 'duplicates', 'stored', 'machines', 'missed', 'requireAttention'),
  column('attention', ({ attention }) => pairs(attention)),
  ...changeKinds.map((kind) => column<RunRow['counts']>(`changes.${kind}`, ({ changes }) => changes[kind])),
];

const costColumns: Columns<RunRow['cost']> = plain<RunRow['cost']>(
  'calls',
  'tableTransactions',
  'stagingTransactions',
  'messages',
  'seconds',
  'slices',
);

export const runColumns: Columns<RunRow> = [
  ...plain<RunRow>('id', 'startedAt', 'finishedAt', 'state', 'reason', 'untold', 'source', 'sourceChanged', 'previous'),
  ...within('counts', countColumns, ({ counts }: RunRow) => counts),
  ...within('cost', costColumns, ({ cost }: RunRow) => cost),
  ...plain<RunRow>('overdue'),
];
