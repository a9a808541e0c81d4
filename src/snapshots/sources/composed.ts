/** The states composed from the list of machines and that of their antivirus reports. Both need `Machine.Read.All` and nothing else. */
import { callNamed } from '../../defender/calls.ts';
import type { Composed, ComposeOptions, Source, StagedLists } from '../source.ts';
import { type AntivirusRow, newestAntivirus, readAntivirusRow } from './composing/antivirusRow.ts';
import { composeState } from './composing/composeState.ts';
import { type MachineRow, readMachineRow } from './composing/machineRow.ts';
import { refusedBy } from './paging/listPlan.ts';
import { createPager, type PagerContext } from './paging/pager.ts';
import { readAntivirus, writeAntivirus } from './staged/antivirusLine.ts';
import { linesOf } from './staged/line.ts';
import { readMachine, writeMachine } from './staged/machineLine.ts';

export interface ComposedOptions extends PagerContext {
  /** Rows that are asked for at a time; Defender gives 10,000 at most ("List machines API"). */
  readonly pageSize: number;
  /** Rows of the last page that are asked for again, to see what came and went meanwhile. */
  readonly overlap: number;
  /** Days after which a report of antivirus counts no more. */
  readonly staleDays: number;
}

/**
 * Machines are read first: a machine that comes meanwhile then has a report without a machine, which is nobody's; the other way round it would
 * be a machine without a report.
 */
export const composedSource = (options: ComposedOptions): Source => {
  const pagers = { machines: machinesPager(options), antivirus: antivirusPager(options) };
  return {
    name: 'composed',
    lists: ['machines', 'antivirus'],
    page: (list, cursor, asked) => (list === 'machines' ? pagers.machines : pagers.antivirus)(cursor, asked),
    compose: (staged, { asOf, slipped }) => join(staged, { asOf, slipped, staleDays: options.staleDays }),
  };
};

/** By offsets: with `$top` it has no link, and without an endless one (microsoft-365-docs issues 8316 and 8489). */
const machinesPager = ({ pageSize: size, overlap, ...context }: ComposedOptions) =>
  createPager(context, {
    call: callNamed('listMachines'),
    staged: {
      idName: 'id',
      line: (json) => {
        const machine = readMachineRow(json);
        return machine && { id: machine.id, text: writeMachine(machine) };
      },
    },
    size,
    overlap,
    followsLinks: false,
    notServed: (answer) => (answer.status === 404 ? 'empty' : refusedBy(answer)),
  });

/** By links where they have a token: they were missing in 2022 (microsoft-365-docs issue 9713), and were there later (issue 10072). */
const antivirusPager = ({ pageSize: size, overlap, ...context }: ComposedOptions) =>
  createPager(context, {
    call: callNamed('deviceAntivirus'),
    staged: {
      idName: 'machineId',
      line: (json) => {
        const row = readAntivirusRow(json);
        return row && { id: row.id, text: writeAntivirus(row) };
      },
    },
    size,
    overlap,
    followsLinks: true,
    notServed: (answer, isFirst) => (answer.status === 404 && !isFirst ? 'empty' : refusedBy(answer)),
  });

const join = (staged: StagedLists, options: ComposeOptions & { readonly staleDays: number }): Composed => {
  const machines = new Map<string, MachineRow>();
  const rows = (staged.machines ?? []).flatMap(linesOf).map(readMachine);
  for (const row of rows) machines.set(row.id, row);
  const reports = reportsOf(staged.antivirus ?? []);
  const isWhole = !options.slipped.includes('antivirus');
  const sorted = [...machines.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  const known = isWhole ? sorted : sorted.filter(({ id, isMobile }) => isMobile || reports.has(id));
  return {
    states: known.map((machine) => composeState(machine, reports.get(machine.id), options)),
    duplicates: rows.length - machines.size,
    leftOut: sorted.length - known.length,
  };
};

const reportsOf = (pages: readonly string[]): ReadonlyMap<string, AntivirusRow> => {
  const reports = new Map<string, AntivirusRow>();
  for (const line of pages.flatMap(linesOf)) {
    const row = readAntivirus(line);
    const other = reports.get(row.id);
    reports.set(row.id, (other && newestAntivirus([other, row])) ?? row);
  }
  return reports;
};
