/** The states composed from the list of machines and that of their antivirus reports. Both need `Machine.Read.All` and nothing else. */
import { callNamed } from '../../defender/calls.ts';
import type { Source } from '../source.ts';
import { readAntivirusRow } from './composing/antivirusRow.ts';
import { readMachineRow } from './composing/machineRow.ts';
import { type Compose, composing, join } from './join.ts';
import { refusedBy } from './paging/listPlan.ts';
import { createPager, type PagerContext } from './paging/pager.ts';
import { writeAntivirus } from './staged/antivirusLine.ts';
import { writeMachine } from './staged/machineLine.ts';

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
  const { staleDays } = options;
  let compose: { readonly asOf: number; readonly one: Compose } | undefined;
  const pagers = { machines: machinesPager(options), antivirus: antivirusPager(options) };
  return {
    name: 'composed',
    lists: ['machines', 'antivirus'],
    page: (list, cursor, asked) => (list === 'machines' ? pagers.machines : pagers.antivirus)(cursor, asked),
    compose(staged, { asOf, slipped }) {
      if (compose?.asOf !== asOf) compose = { asOf, one: composing({ asOf, staleDays }) };
      return join(staged, { slipped }, compose.one);
    },
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
