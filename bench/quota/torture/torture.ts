/** One contender in the storm: its processes, the calls that come, the kills and freezes, and what was seen. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Clock, systemClock } from '../../../src/clock.ts';
import { type Limit, printLimits } from '../../../src/quota/limits.ts';
import type { Contender } from '../contenders.ts';
import { type Crew, startCrew } from './crew.ts';
import type { Report } from './messages.ts';
import { type Happening, type Rhythm, timetable } from './timetable.ts';
import { type Arrival, startUpstream, type Upstream } from './upstream.ts';

export interface Conditions {
  readonly limits: readonly Limit[];
  readonly processes: number;
  /** Of these, how many have background calls waiting always. */
  readonly saturated: number;
  readonly rhythm: Rhythm;
  readonly lostPerMille: number;
  readonly seed: number;
}

/** What there is for all contenders. */
export interface Stage {
  readonly connectionString: string;
  /** The built gateProcess.ts. */
  readonly workerPath: string;
  /** Breaks a run off. */
  readonly signal: AbortSignal;
  /** Called every few seconds. */
  readonly onProgress: (seen: Seen) => void;
}

/** What was seen of one run, or of the part of it that is over. Instants are milliseconds from its start. */
export interface Seen {
  readonly contender: Contender;
  readonly milliseconds: number;
  readonly arrivals: readonly Arrival[];
  readonly happened: readonly Happening[];
  readonly report: Report;
  readonly unsettledWhenKilled: number;
  /** The most by which the upstream noted an arrival late, because this process was busy. */
  readonly latestNoteMs: number;
}

const saturatingCallers = 8;
const progressEveryMs = 5000;

/** @throws Error when a process ends that nobody killed, or the run is broken off. Nothing is left behind */
export const torture = async (
  contender: Contender,
  milliseconds: number,
  conditions: Conditions,
  stage: Stage,
  clock: Clock = systemClock,
): Promise<Seen> => {
  const upstream = await startUpstream(conditions.limits);
  const crew = startCrew(stage.workerPath, conditions.processes, (place, turn) => ({
    contender: contender.name,
    place,
    connectionString: stage.connectionString,
    upstream: upstream.url,
    limits: printLimits(conditions.limits),
    saturating: place < conditions.saturated ? saturatingCallers : 0,
    lostPerMille: conditions.lostPerMille,
    seed: conditions.seed * 1_000_000 + turn * 1000 + place,
  }));
  try {
    await orBroken(crew.ready, crew, stage.signal);
    const run = beginRun(contender, upstream, crew, clock);
    const happenings = timetable(conditions.seed, milliseconds, conditions.rhythm);
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, stage.signal]);
    const playing = Promise.all([play(happenings, run, crew, clock, signal), tell(run, stage, clock, signal)]);
    await orBroken(clock.sleep(milliseconds, signal), crew, stage.signal).finally(() => over.abort());
    await playing;
    const played = run.elapsed();
    await crew.end();
    return { ...run.seen(), milliseconds: played };
  } finally {
    await crew.end();
    await upstream.stop();
  }
};

interface Run {
  readonly happened: Happening[];
  elapsed(): number;
  seen(): Seen;
}

const beginRun = (contender: Contender, upstream: Upstream, crew: Crew, clock: Clock): Run => {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = clock.monotonic();
  const happened: Happening[] = [];
  crew.go();
  return {
    happened,
    elapsed: () => clock.monotonic() - start,
    seen: () => ({
      contender,
      milliseconds: clock.monotonic() - start,
      arrivals: upstream.arrivals.map((arrival) => ({ ...arrival, at: arrival.at - start })),
      happened: [...happened],
      report: crew.report(),
      unsettledWhenKilled: crew.unsettledWhenKilled,
      latestNoteMs: delay.max / 1e6,
    }),
  };
};

const play = async (all: readonly Happening[], run: Run, crew: Crew, clock: Clock, signal: AbortSignal) => {
  for (const happening of all) {
    await clock.sleep(happening.at - run.elapsed(), signal);
    if (signal.aborted) return;
    const { who } = happening;
    if (happening.kind === 'call') crew.call(who, happening.priority);
    else if (happening.kind === 'kill') crew.kill(who);
    else crew.freeze(who, happening.forMs);
    run.happened.push({ ...happening, at: run.elapsed() });
  }
};

const tell = async (run: Run, { onProgress }: Stage, clock: Clock, signal: AbortSignal) => {
  for (;;) {
    await clock.sleep(progressEveryMs, signal);
    if (signal.aborted) return;
    onProgress(run.seen());
  }
};

const orBroken = async (what: Promise<void>, crew: Crew, signal: AbortSignal): Promise<void> => {
  const broken = new Promise<never>((_, reject) => {
    const breakOff = () => reject(new Error('broken off'));
    if (signal.aborted) breakOff();
    signal.addEventListener('abort', breakOff, { once: true });
  });
  await Promise.race([what, crew.failed, broken]);
};
