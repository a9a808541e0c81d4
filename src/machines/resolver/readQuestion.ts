/** What a caller asks the resolver: one machine, by exactly one of five things. */
import { alertId } from '../../defender/pathValues/alertId.ts';
import { nearest } from '../../odata/nearest.ts';
import { readHostName } from './hostName.ts';
import { readAadDeviceId, readMachineId } from './ids.ts';
import { readIpAddress } from './ipAddress.ts';
import type { ResolveQuestion } from './question.ts';
import { type Read, type WrongValue, wrong } from './read.ts';

type Kind = ResolveQuestion['kind'];

/**
 * @param members names, in any case of letters, and values; whatever is not the resolver's to judge is left out
 * @param where in front of each name in messages: `requests[3].`
 */
export const readResolveQuestion = (
  members: Iterable<readonly [name: string, value: unknown]>,
  where = '',
): { readonly kind: 'question'; readonly question: ResolveQuestion } | WrongValue => {
  const asked: [Kind, unknown][] = [];
  for (const [written, value] of members) {
    const kind = kinds.find((each) => each.toLowerCase() === written.toLowerCase());
    if (kind === undefined) return unknownName(written, where);
    asked.push([kind, value]);
  }
  const [first, ...others] = asked;
  if (first === undefined) return wrong(nothingAsked(where), 'MissingRequiredParameter');
  if (others.length > 0) return wrong(tooMuch(asked.map(([kind]) => where + kind)));
  const [kind, value] = first;
  const read = typeof value === 'string' ? readers[kind](value) : wrong(`write it as a text, in quotes`);
  return read.kind === 'value' ? { kind: 'question', question: read.value } : named(read, where + kind);
};

const readers: Readonly<Record<Kind, (written: string) => Read<ResolveQuestion>>> = {
  hostName: (written) => mapped(readHostName(written), (name) => ({ kind: 'hostName', name })),
  ipAddress: (written) => mapped(readIpAddress(written), (value) => ({ kind: 'ipAddress', value })),
  aadDeviceId: (written) => mapped(readAadDeviceId(written), (value) => ({ kind: 'aadDeviceId', value })),
  machineId: (written) => mapped(readMachineId(written), (value) => ({ kind: 'machineId', value })),
  alertId: (written) => mapped(alertId(written.trim()), (value) => ({ kind: 'alertId', value })),
};
const kinds = Object.keys(readers) as readonly Kind[];

const mapped = <T>(read: Read<T>, question: (value: T) => ResolveQuestion): Read<ResolveQuestion> =>
  read.kind === 'value' ? { kind: 'value', value: question(read.value) } : read;

const named = ({ code, message }: WrongValue, name: string): WrongValue => wrong(`${name}: ${message}`, code);

const nothingAsked = (where: string): string =>
  `${where === '' ? 'The query' : where.replace(/\.$/, '')} does not say which machine is meant. Name it by one of ${kinds.join(', ')}, such as hostName`;

const tooMuch = (names: readonly string[]): string =>
  new Set(names).size < names.length
    ? `${names[0]} is given more than once; a machine is asked for by one thing`
    : `${names.join(' and ')} are given; a machine is asked for by one of them`;

const unknownName = (written: string, where: string): WrongValue => {
  const near = nearest(written, kinds);
  const said = written.length > 60 ? `${written.slice(0, 57)}...` : written;
  const right = near === undefined ? `. What it takes: ${kinds.join(', ')}` : `. Did you mean: ${near}`;
  return wrong(`${where}${said}: the resolver takes nothing of that name${right}`);
};
