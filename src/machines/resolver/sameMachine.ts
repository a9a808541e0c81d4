/**
 * Records that are of one machine, as far as a row can say: of one whole name, of one Entra device id; and, where an address was
 * asked for, those that had it in one network. Only among these does it mean something that one was seen earlier.
 */
import { nameText } from './hostName.ts';
import type { ResolveQuestion } from './question.ts';
import type { MachineRecord } from './record.ts';

export interface Group {
  /** In the order that they were given. */
  readonly records: readonly MachineRecord[];
  /** A name without a domain may be many machines' (`localhost`); a full name, an id and an address are one's at a time. */
  readonly isNameUnique: boolean;
}

/** All groups of two and more. A record may be in several. */
export const groupsOf = (records: readonly MachineRecord[], question: ResolveQuestion): readonly Group[] => {
  const groups = new Map<string, MachineRecord[]>();
  for (const record of records) {
    for (const mark of marksOf(record, question)) {
      const group = groups.get(mark);
      if (group) group.push(record);
      else groups.set(mark, [record]);
    }
  }
  return [...groups]
    .filter(([, { length }]) => length > 1)
    .map(([mark, members]) => ({ records: members, isNameUnique: isUnique(mark) }));
};

/** A name without a domain does not make them one. */
export const areOneMachine = (a: MachineRecord, b: MachineRecord, question: ResolveQuestion): boolean => {
  const marks = marksOf(a, question).filter(isUnique);
  return marksOf(b, question).some((mark) => marks.includes(mark));
};

const isUnique = (mark: string): boolean => !mark.startsWith('label ');

/** What one machine's records have in common. */
const marksOf = (
  { name, aadDeviceId, externalAddress }: MachineRecord,
  question: ResolveQuestion,
): readonly string[] => [
  ...(name ? [`${name.domain === undefined ? 'label' : 'name'} ${nameText(name)}`] : []),
  ...(aadDeviceId === undefined ? [] : [`device ${aadDeviceId}`]),
  ...(question.kind === 'ipAddress' && externalAddress !== undefined ? [`network ${externalAddress}`] : []),
];
