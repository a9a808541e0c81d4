/** A page of the machines: their own list does the paging, with its overlap and its signed token (`src/machines/lists`). */
import type { Call } from '../../defender/call.ts';
import { readQuestion, type Wrong } from '../../defender/question.ts';
import { type MachineRow, readMachineRow } from '../sources/composing/machineRow.ts';
import type { Answering, Asking, Unheard } from './asking.ts';
import { readCollection } from './collectionRows.ts';
import { readOnce } from './readOnce.ts';
import { heard, unreadable } from './unheard.ts';

export interface MachinesPage {
  readonly kind: 'machines';
  /** Each machine once. */
  readonly machines: readonly MachineRow[];
  /** The token of the next page; undefined behind the last. */
  readonly next: string | undefined;
  readonly warning: string | undefined;
}

/** @param next the token that the page before gave @returns `wrong` where that can't be read, or no longer */
export const askMachines = async <T extends Answering>(
  call: Call,
  asking: Asking<T>,
  next: string | undefined,
): Promise<MachinesPage | Unheard<T> | Wrong> => {
  const read = readQuestion(call, { query: next === undefined ? [] : [['$skiptoken', next]] });
  const said = read.kind === 'question' ? await asking.ask(read.question, asking.waitMs) : read;
  if (said.kind === 'wrong') return said;
  const { answer } = said.told;
  if (answer.kind === 'answered' && answer.status === 404) return noMachines;
  const list = heard(said.told, call);
  if (list.kind === 'unheard') return list;
  try {
    return { ...readMachines(list.answered.body), warning: list.answered.warning };
  } catch (fault) {
    return unreadable(said.told, call, 200, fault);
  }
};

/** "List machines API": 404 where there are none. */
const noMachines: MachinesPage = { kind: 'machines', machines: [], next: undefined, warning: undefined };

const readMachines = readOnce((body): Omit<MachinesPage, 'warning'> => {
  const { rows, link } = readCollection(body);
  const machines = new Map<string, MachineRow>();
  for (const row of rows) {
    const machine = readMachineRow(row);
    if (machine) machines.set(machine.id, machine);
  }
  const next = link.kind === 'token' ? (new URLSearchParams(link.query).get('$skiptoken') ?? undefined) : undefined;
  return { kind: 'machines', machines: [...machines.values()], next };
});
