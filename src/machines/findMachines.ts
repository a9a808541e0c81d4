/** The finder on the machines: what it asks is kept and merged like any question. */
import type { Answered } from '../defender/answer.ts';
import { callNamed } from '../defender/calls.ts';
import { type Question, readQuestion } from '../defender/question.ts';
import { isEntity } from '../odata/evaluation/value.ts';
import type { Finder, Found, Machine } from './finder.ts';
import { hostNameLookup } from './lookup.ts';
import type { Machines } from './machines.ts';
import { hostNameQuestion } from './mergedQuestion.ts';
import type { Told } from './told.ts';

export const createFinder = (machines: Pick<Machines, 'ask'>): Finder => ({
  async byHostName({ label }, wish) {
    const lookup = hostNameLookup(label);
    return foundIn(await machines.ask(hostNameQuestion(lookup), wish, lookup));
  },
  async by(property, value, wish) {
    const filter = `${property} eq '${value.replaceAll("'", "''")}'`;
    return foundIn(await machines.ask(questionOf('listMachines', { query: [['$filter', filter]] }), wish));
  },
  async ofAlert(alertId, wish) {
    return foundIn(await machines.ask(questionOf('alertMachine', { pathValue: alertId, query: [] }), wish));
  },
});

/** @throws where the value can't stand in a question; whoever asks has checked it */
const questionOf = (name: string, asked: Parameters<typeof readQuestion>[1]): Question => {
  const read = readQuestion(callNamed(name), asked);
  if (read.kind === 'wrong') throw new Error(read.message);
  return read.question;
};

const foundIn = ({ answer, source }: Told): Found => {
  if (answer.kind === 'answered' && answer.status === 404) return { kind: 'machines', machines: [], source };
  const machines = answer.kind === 'answered' && answer.status === 200 ? machinesIn(answer) : undefined;
  if (machines) return { kind: 'machines', machines, source };
  if (answer.kind !== 'answered' || answer.status !== 200) return { kind: 'failed', answer, source };
  return { kind: 'failed', answer: { kind: 'unreachable', reason: "Defender's answer can't be read" }, source };
};

/** The rows of a list, or the one machine; undefined where it is neither. */
const machinesIn = ({ body }: Answered): readonly Machine[] | undefined => {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(body));
    const rows: unknown = isEntity(read) && 'value' in read ? read.value : [withoutContext(read)];
    return Array.isArray(rows) && rows.every(isMachine) ? rows : undefined;
  } catch {
    return undefined;
  }
};

/** An entity alone says of itself what a list says of all. */
const withoutContext = (entity: unknown): unknown =>
  isEntity(entity) ? Object.fromEntries(Object.entries(entity).filter(([name]) => name !== '@odata.context')) : entity;

const isMachine = (row: unknown): row is Machine => isEntity(row) && typeof row.id === 'string';
