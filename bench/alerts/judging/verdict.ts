/** Whether the promise was kept: what was taken has ended once, with the right machine, and was delivered. Pure. */
import type { PlannedAlert } from '../making/plannedAlert.ts';
import type { SeenEvent } from '../results/seenEvents.ts';
import type { Look } from './looks.ts';

export interface Evidence {
  readonly alerts: readonly PlannedAlert[];
  /** Places of those that the gateway took. */
  readonly taken: ReadonlySet<number>;
  /** By place. */
  readonly looks: readonly (Look | undefined)[];
  readonly eventsOf: (alert: PlannedAlert) => readonly SeenEvent[];
}

export interface Verdict {
  /** In exactly one final state, told by exactly one event, and with nothing left to deliver. */
  readonly final: number;
  /** Taken, but never ended, or never told of. */
  readonly lost: number;
  /** Never taken: nobody promised anything. */
  readonly untaken: number;
  /** In another state than it has to be, or with another machine. Nothing that goes wrong here is reason enough to fail: no question is refused. */
  readonly wrong: number;
  readonly states: Readonly<Record<string, number>>;
  /** What is not as it has to be, in words: the first few. */
  readonly faults: readonly string[];
}

const mostFaults = 20;

export const judge = ({ alerts, taken, looks, eventsOf }: Evidence): Verdict => {
  const states: Record<string, number> = {};
  const counts = { final: 0, lost: 0, untaken: 0, wrong: 0 };
  const faults: string[] = [];
  alerts.forEach((alert, place) => {
    const look = looks[place];
    const events = eventsOf(alert);
    const state = look?.state ?? 'unknown';
    states[state] = (states[state] ?? 0) + 1;
    const why = taken.has(place) ? lossOf(look, events) : undefined;
    if (!taken.has(place)) counts.untaken += 1;
    if (why !== undefined) counts.lost += 1;
    const unlike = why === undefined && look ? differenceOf(alert, look, events) : undefined;
    if (unlike !== undefined) counts.wrong += 1;
    if (isFinal(look) && events.length === 1 && look?.undelivered === 0) counts.final += 1;
    const words = why ?? unlike ?? severalOf(events) ?? undeliveredOf(look);
    if (words !== undefined && faults.length < mostFaults) faults.push(`${alert.id}: ${words}`);
  });
  return { ...counts, states, faults };
};

const finalStates = ['enriched', 'noMachine', 'notDefender', 'failed'];

const isFinal = (look: Look | undefined): boolean => look !== undefined && finalStates.includes(look.state);

const lossOf = (look: Look | undefined, events: readonly SeenEvent[]): string | undefined => {
  if (!look) return 'it was taken, and is not known';
  if (!isFinal(look)) return `it is ${look.state} still${look.waitsFor ? ` (${look.waitsFor})` : ''}`;
  return events.length === 0 ? `it is ${look.state}, and nobody was told` : undefined;
};

const differenceOf = (
  { expected }: PlannedAlert,
  { state, machineIds, eventId }: Look,
  events: readonly SeenEvent[],
): string | undefined => {
  const wanted = expected.machineId === undefined ? [] : [expected.machineId];
  if (state !== expected.state) return `it is ${state}, and has to be ${expected.state}`;
  if (!isSame(machineIds, wanted)) return `its machine is ${machineIds}, and has to be ${wanted}`;
  const event = events.find(({ id }) => id === eventId);
  if (!event) return `its result is ${eventId}, and what was told is ${events.map(({ id }) => id)}`;
  if (event.state !== state) return `it is ${state}, and was told to be ${event.state}`;
  return event.isClaim || isSame(event.machineIds, wanted)
    ? undefined
    : `its machine is ${wanted}, and was told to be ${event.machineIds}`;
};

const severalOf = (events: readonly SeenEvent[]): string | undefined =>
  events.length > 1 ? `it ended ${events.length} times: ${events.map(({ id, state }) => `${id} ${state}`)}` : undefined;

const undeliveredOf = (look: Look | undefined): string | undefined =>
  look && look.undelivered > 0
    ? `it is ${look.state}, and ${look.undelivered} of its results wait to be delivered`
    : undefined;

const isSame = (some: readonly string[], others: readonly string[]): boolean => some.join() === others.join();
