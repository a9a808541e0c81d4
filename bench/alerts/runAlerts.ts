/** Alerts go in, results come out, things go wrong meanwhile; when all is well again, every alert is looked at. */
import { setMaxListeners } from 'node:events';
import { systemClock as clock } from '../../src/clock.ts';
import type { Endings } from '../../src/local/stack/endings.ts';
import { randomOf } from '../quota/random.ts';
import type { BenchArguments } from './arguments.ts';
import { type Gateway, lanes, openGateway } from './hosting/gateway.ts';
import type { Arrived } from './judging/arrivals.ts';
import { chosenPlaces, lookByEvent } from './judging/chosenPlaces.ts';
import { type Look, lookAtAll, waitingIn } from './judging/looks.ts';
import type { PlannedAlert } from './making/plannedAlert.ts';
import { planSendings, type Way } from './making/sending.ts';
import { watchMemory } from './report/memoryOf.ts';
import { createNoted } from './report/noted.ts';
import { progressLine } from './report/progressLine.ts';
import { readResults } from './results/resultReader.ts';
import { createSeenEvents, type SeenEvents } from './results/seenEvents.ts';
import { type SenderTally, startSender } from './sending/sender.ts';
import type { Place, Stage } from './stage.ts';
import type { Chaos } from './trouble/chaos.ts';
import { untilAllIn, type Waiting } from './untilAllIn.ts';

export interface RunOptions {
  readonly place: Place;
  readonly print: (line: string) => void;
  readonly given: BenchArguments;
  readonly stage: Stage;
  /** Undefined: nothing goes wrong. */
  readonly chaos: Chaos | undefined;
  readonly alerts: readonly PlannedAlert[];
  readonly endings: Endings;
  readonly signal: AbortSignal;
}

export interface Ran {
  /** Places in the plan of alerts that the gateway took. */
  readonly taken: ReadonlySet<number>;
  /** By place. */
  readonly looks: readonly (Look | undefined)[];
  readonly events: SeenEvents;
  readonly arrivals: readonly Arrived[];
  /** From the first that was sent to the last alert's first event. */
  readonly seconds: number;
  /** What went wrong beside the alerts, in words. */
  readonly faults: readonly string[];
  /** What functions warned of, in words. */
  readonly warnings: readonly string[];
  readonly more: Readonly<Record<string, unknown>>;
}

/** Shares of the time that there is: for sending, and until nothing goes wrong any more. */
const sendingShare = 0.3;
const chaosShare = 0.7;
/** For what was in the hands of who died last: its message comes again, or it is looked for, and tried as often as need be. */
const healingMs = 180_000;
/** Of the alerts, come by two feeds. */
const twice = 0.1;
const ways: readonly Way[] = ['http', 'http', 'http', 'hook', 'queue', 'base64', 'eventGrid'];
/** For what comes a second time, when all is in. */
const afterMs = 3_000;
/** For results that were told of, but whose delivery was not noted yet. */
const deliveringMs = 20_000;
const mostWarnings = 15;

export const runAlerts = async (options: RunOptions): Promise<Ran> => {
  const { stage } = options;
  const noted = createNoted();
  const gateway = await openGateway({ ...options, tell: noted.note, clock });
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, options.signal]);
  setMaxListeners(0, signal); // one for each that waits
  const events = createSeenEvents();
  const reading = readResults({ queue: stage.queue('enriched-alerts'), events, clock, signal });
  const watching = watchMemory(gateway.instances, clock, signal);
  const { started, tally, troubles } = await sendAll(options, gateway, events, signal);
  const looks = await lookAround(options, gateway, events);
  const arrivals = await stage.arrivals();
  stopping.abort();
  const [memory] = await Promise.all([watching, reading]);
  await gateway.instances.stop();
  gateway.client.close();
  const { taken, bodies, again, refused } = tally;
  return {
    taken,
    looks,
    events,
    arrivals,
    seconds: ((events.lastNewAt() ?? clock.monotonic()) - started) / 1000,
    faults: [...refused, ...events.faults()],
    warnings: noted.warnings(mostWarnings),
    more: {
      ...troubles,
      starts: gateway.instances.starts,
      spoilt: stage.proxy?.spoilt,
      bodies,
      sentAgain: Object.fromEntries(again),
      runs: noted.runs(),
      rssMb: Object.fromEntries(Object.entries(memory).map(([what, bytes]) => [what, bytes / 1e6])),
    },
  };
};

/** Resolves when all is in, or it is given up. */
const sendAll = async (options: RunOptions, { instances, gates }: Gateway, events: SeenEvents, signal: AbortSignal) => {
  const { given, stage, chaos, alerts, print } = options;
  const time = given.minutes * 60_000;
  const sendings = planSendings(alerts, { twice, ways, random: randomOf(given.seed * 16 + 6) });
  const overMs = chaos ? time * sendingShare : 0;
  const started = clock.monotonic();
  chaos?.begin({ instances, trouble: stage.trouble, clock });
  const { tally } = startSender({ sendings, gates, overMs, lanes, clock, signal });
  const waiting = waitingFor(options, tally, events, signal, () =>
    progressLine({ seconds: (clock.monotonic() - started) / 1000, tally, events, alerts, starts: instances.starts }),
  );
  await untilAllIn(waiting, started + time * (chaos ? chaosShare : 1));
  const troubles = await chaos?.end();
  if (troubles) print('from here on all is well');
  await untilAllIn(waiting, Math.max(started + time, clock.monotonic() + (chaos ? healingMs : 0)));
  await clock.sleep(afterMs, signal);
  return { started, tally, troubles };
};

const waitingFor = (
  { alerts, print }: RunOptions,
  tally: SenderTally,
  events: SeenEvents,
  signal: AbortSignal,
  progress: () => string,
): Waiting => ({
  areIn: () => tally.taken.size === alerts.length && events.alerts() >= alerts.length,
  progress,
  print,
  clock,
  signal,
});

const lookAround = async (
  { alerts, print, signal, chaos }: RunOptions,
  { instances, client, key }: Gateway,
  events: SeenEvents,
): Promise<readonly (Look | undefined)[]> => {
  const until = clock.monotonic() + (chaos ? healingMs : deliveringMs);
  const asking = { urlOf: () => instances.urlOf('http'), key, client };
  const eventsOf = ({ id }: { readonly id: string }) => events.ofAlert(id);
  const places = chosenPlaces({ alerts, eventsOf, waiting: await waitingIn(asking) });
  print(`${places.length} of ${alerts.length} alerts are looked at`);
  const looks = await lookAtAll({ ...asking, alerts, places, clock, signal }, until);
  const lookedAt = new Set(places);
  return alerts.map((alert, place) => (lookedAt.has(place) ? looks[place] : eventsOf(alert).map(lookByEvent)[0]));
};
