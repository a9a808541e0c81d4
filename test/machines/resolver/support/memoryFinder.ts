/** A Finder over machines in memory, which answers as Defender's filters would: whole values, letters of any case. */
import type { Finder, Found, Machine } from '../../../../src/machines/finder.ts';
import type { Source } from '../../../../src/machines/told.ts';
import type { Wish } from '../../../../src/machines/wish.ts';

export interface MemoryFinder extends Finder {
  /** What was asked, in order: `id 1e5bc…`. */
  readonly asked: readonly string[];
  /** The wishes that came with it. */
  readonly wishes: readonly Wish[];
}

export interface MemoryFleet {
  readonly machines: readonly Machine[];
  /** The id of each alert's machine. */
  readonly alerts?: Readonly<Record<string, string>>;
  /** By what was asked: `id 1e5bc…`; new from Defender where nothing is said. */
  readonly source?: (asked: string) => Source;
  readonly fail?: (asked: string) => Found | undefined;
  /** Runs before each answer. */
  readonly meanwhile?: () => Promise<void>;
}

export const fromDefender: Source = { kind: 'defender', because: 'miss', age: 0.2, freshFor: 60, isShared: false };

export const memoryFinder = ({ machines, alerts = {}, source, fail, meanwhile }: MemoryFleet): MemoryFinder => {
  const asked: string[] = [];
  const wishes: Wish[] = [];
  const find = async (what: string, wish: Wish, meets: (machine: Machine) => boolean): Promise<Found> => {
    asked.push(what);
    wishes.push(wish);
    await meanwhile?.();
    return (
      fail?.(what) ?? { kind: 'machines', machines: machines.filter(meets), source: source?.(what) ?? fromDefender }
    );
  };
  return {
    asked,
    wishes,
    byHostName: ({ label }, wish) =>
      find(`label ${label}`, wish, (machine) => labelOf(machine) === label.toLowerCase()),
    by: (property, value, wish) => find(`${property} ${value}`, wish, (machine) => same(machine[property], value)),
    ofAlert: (alertId, wish) => find(`alert ${alertId}`, wish, ({ id }) => id === alerts[alertId]),
  };
};

const labelOf = ({ computerDnsName }: Machine): string | undefined =>
  typeof computerDnsName === 'string' ? computerDnsName.toLowerCase().split('.')[0] : undefined;

const same = (value: unknown, asked: string): boolean =>
  typeof value === 'string' && value.toLowerCase() === asked.toLowerCase();
