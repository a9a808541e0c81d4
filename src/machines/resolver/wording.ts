/** How records and instants are spoken of, in sentences for people. */
import { ticksPerDay } from '../../odata/instant.ts';
import type { MachineRecord } from './record.ts';

/** Name and id; both can be asked for. */
export const called = ({ name, machine }: MachineRecord): string =>
  name === undefined ? `${machine.id} (without a name)` : `${machine.computerDnsName} (${machine.id})`;

/** Seconds are enough for people. */
export const lastSeenText = ({ lastSeen, machine }: MachineRecord): string =>
  lastSeen === undefined ? 'at a time that is not known' : String(machine.lastSeen).replace(/\.\d+/, '');

/** `3.2 days`. */
export const daysText = (ticks: bigint): string => `${Number((ticks * 10n) / ticksPerDay) / 10} days`;

/** `a, b and c`; past five, how many more. */
export const listText = (items: readonly string[]): string => {
  const shown = items.length > 5 ? [...items.slice(0, 4), `${items.length - 4} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
};
