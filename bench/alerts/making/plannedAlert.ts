/** The alerts of a run, and what has to come of each: taken from the simulated fleet, with some that it does not know. */
import type { AlertState } from '../../../src/enrichment/record.ts';
import type { Fleet } from '../../../src/local/simulator/fleet/fleet.ts';
import { hour, dotnetTicks as ticksOf } from '../../../src/local/simulator/fleet/instant.ts';

export interface PlannedAlert {
  /** As Defender lists it, or another product's. */
  readonly id: string;
  /** That events name. */
  readonly machineId?: string;
  /** ISO 8601; older than half an hour, so that what Defender does not know is final. */
  readonly raisedAt: string;
  readonly product: 'defender' | 'other';
  readonly expected: Expected;
}

export interface Expected {
  readonly state: Exclude<AlertState, 'waiting' | 'failed'>;
  readonly machineId?: string;
}

export interface AlertsPlan {
  readonly alerts: number;
  /** Share of them that name their machine. */
  readonly named: number;
  /** Whether some are of other products, of devices that Defender does not know, or not known to it themselves. */
  readonly odd: boolean;
}

/** Alerts that a fleet must have, so that enough of them are about machines that it has: all but one in 23. */
export const alertsInFleet = (alerts: number): number => Math.ceil(alerts * 1.05) + 50;

/** One in fifty is about a device that Defender does not know or about none, one in a hundred another product's, one unknown. */
const oddShares = { absent: 0.02, other: 0.01, unknown: 0.01 };

/** @throws Error when the fleet has too few */
export const planAlerts = (fleet: Fleet, { alerts, named, odd }: AlertsPlan): readonly PlannedAlert[] => {
  const count = (share: number) => (odd ? Math.floor(alerts * share) : 0);
  const strange = [
    ...absentIn(fleet).slice(0, count(oddShares.absent)),
    ...others(fleet, count(oddShares.other)),
    ...unknowns(fleet, count(oddShares.unknown)),
  ];
  const usual = enriched(fleet).slice(0, alerts - strange.length);
  if (usual.length + strange.length < alerts)
    throw new Error(`the fleet has ${fleet.alerts().length} alerts, too few for ${alerts} of them`);
  const nameless = strange.filter(({ machineId }) => machineId === undefined).length;
  const toSilence = Math.round(alerts * (1 - named)) - nameless;
  return interleaved(silenced(usual, toSilence), strange);
};

const enriched = (fleet: Fleet): readonly PlannedAlert[] =>
  fleet
    .alerts()
    .flatMap(({ id, machineId, alertCreationTime: raisedAt }) =>
      machineId && fleet.machine(machineId)
        ? [{ id, machineId, raisedAt, product: 'defender', expected: { state: 'enriched', machineId } }]
        : [],
    );

const absentIn = (fleet: Fleet): readonly PlannedAlert[] =>
  fleet.alerts().flatMap(({ id, machineId, alertCreationTime: raisedAt }) => {
    if (machineId && fleet.machine(machineId)) return [];
    const naming = machineId ? { machineId } : {};
    return [{ id, ...naming, raisedAt, product: 'defender', expected: { state: 'noMachine' } }];
  });

/** Of Office 365 and others: every second one names a machine, and has it. */
const others = (fleet: Fleet, count: number): readonly PlannedAlert[] =>
  Array.from({ length: count }, (_, index) => {
    const prefix = ['fa', 'aa', 'ra', 'ca'][index % 4];
    const { at, ticks } = momentOf(fleet, index);
    const own = { id: `${prefix}${ticks}_${index}`, raisedAt: at, product: 'other' } as const;
    const machineId = fleet.machines().at(index % fleet.machines().length)?.id ?? '';
    return index % 2 === 0
      ? { ...own, expected: { state: 'notDefender' } }
      : { ...own, machineId, expected: { state: 'enriched', machineId } };
  });

const unknowns = (fleet: Fleet, count: number): readonly PlannedAlert[] =>
  Array.from({ length: count }, (_, index) => {
    const { at, ticks } = momentOf(fleet, index);
    return { id: `da${ticks}_-${index}`, raisedAt: at, product: 'defender', expected: { state: 'noMachine' } };
  });

const momentOf = ({ plan }: Fleet, index: number) => {
  const at = plan.asOf - 30 * 24 * hour - index * 1_000;
  return { at: new Date(at).toISOString(), ticks: ticksOf(at, 0) };
};

/** Every so manieth leaves its machine out, as many as told. */
const silenced = (alerts: readonly PlannedAlert[], count: number): readonly PlannedAlert[] =>
  alerts.map((alert, index) => {
    const before = Math.floor((index * count) / alerts.length);
    const after = Math.floor(((index + 1) * count) / alerts.length);
    if (count <= 0 || before === after) return alert;
    const { machineId: _, ...rest } = alert;
    return rest;
  });

/** The few spread among the many. */
const interleaved = <T>(many: readonly T[], few: readonly T[]): readonly T[] => {
  const every = Math.floor(many.length / (few.length + 1)) || 1;
  const spread = many.flatMap((one, index) => {
    const strange = (index + 1) % every === 0 ? few[(index + 1) / every - 1] : undefined;
    return strange === undefined ? [one] : [one, strange];
  });
  return [...spread, ...few.slice(Math.floor(many.length / every))];
};
