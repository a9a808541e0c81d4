/** All instances, each started again a moment after it ended: as many run as the platform would have. */
import type { Clock } from '../../../src/clock.ts';
import type { HostEvent } from '../../../src/local/host/hostEvent.ts';
import type { HostKeys } from '../../../src/local/host/keys/hostKeys.ts';
import { type Instance, type InstanceOptions, startInstance } from './instance.ts';
import type { Placement } from './placements.ts';

export interface Instances {
  /** Resolves when each has answered once. @throws where one ends before that, with its last words */
  readonly ready: Promise<HostKeys>;
  /** Where an instance of a placement answers, another each time it is asked. */
  urlOf(placement: string): string | undefined;
  /** Those that run now and answer. */
  running(): readonly Instance[];
  /** How often one was started. */
  readonly starts: number;
  stop(): Promise<void>;
}

export interface InstancesOptions extends Omit<InstanceOptions, 'functions' | 'tell'> {
  readonly placements: readonly Placement[];
  readonly tell: (placement: string, event: HostEvent) => void;
  readonly clock: Clock;
  /** 0 to 1; spreads the pauses before a start. */
  readonly random: () => number;
}

const mostPauseMs = 2_000;

interface Seat {
  readonly placement: string;
  readonly functions: readonly string[];
  instance: Instance;
}

export const startInstances = ({ placements, tell, clock, random, ...options }: InstancesOptions): Instances => {
  const stopping = new AbortController();
  let starts = 0;
  let turn = 0;
  const start = ({ placement, functions }: Pick<Seat, 'placement' | 'functions'>): Instance => {
    starts += 1;
    return startInstance({ ...options, functions, tell: (event) => tell(placement, event) });
  };
  const seats = placements.flatMap(({ name: placement, functions, instances }) =>
    Array.from({ length: instances }, (): Seat => {
      const place = { placement, functions };
      return { ...place, instance: start(place) };
    }),
  );
  const firsts = seats.map(({ placement, instance }) => firstAnswer(placement, instance));
  const keep = async (seat: Seat): Promise<void> => {
    for (;;) {
      await seat.instance.ended;
      await clock.sleep(random() * mostPauseMs, stopping.signal);
      if (stopping.signal.aborted) return;
      seat.instance = start(seat);
    }
  };
  const kept = Promise.all(seats.map(keep));
  const answering = (placement: string) =>
    seats.flatMap((seat) => (seat.placement === placement ? (seat.instance.url() ?? []) : []));
  return {
    ready: Promise.all(firsts).then(([keys]) => keys as HostKeys),
    urlOf(placement) {
      const urls = answering(placement);
      turn += 1;
      return urls[turn % urls.length];
    },
    running: () => seats.flatMap(({ instance }) => (instance.url() === undefined ? [] : [instance])),
    get starts() {
      return starts;
    },
    async stop() {
      stopping.abort();
      for (const { instance } of seats) instance.kill('host');
      await kept;
    },
  };
};

const firstAnswer = (placement: string, { keys, ended }: Instance): Promise<HostKeys> =>
  Promise.race([
    keys,
    ended.then((how) => Promise.reject(new Error(`an instance of ${placement} did not start: it ${how}`))),
  ]);
