/** Those who call through one process: some come one by one, some wait always. */
import { type Clock, systemClock } from '../../../src/clock.ts';
import type { Sent } from '../../../src/quota/gate.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { scale } from '../torture/timetable.ts';
import type { Door } from './door.ts';

export interface Callers {
  /** One that gives up when its time is over. */
  call(priority: PriorityClass): Promise<void>;
  /** Background that calls again as soon as it was served. */
  saturate(callers: number): void;
  /** Nobody calls any more. */
  leave(): void;
  /** How often a caller was not served in its time, by `class: why`. */
  readonly unserved: Readonly<Record<string, number>>;
}

/** Makes one call; `waitMs` is how long its caller has waited. */
export type Send = (priority: PriorityClass, waitMs: number) => Promise<Sent<undefined>>;

/** In life 110 s, 200 s and ten minutes. */
const patienceMs = { interactive: 110_000 / scale, enrichment: 200_000 / scale, background: 600_000 / scale };

type Outcome =
  | { readonly kind: 'served' }
  | { readonly kind: 'refused' | 'closed'; readonly retryAfterSeconds: number };

export const createCallers = (door: Door, send: Send, clock: Clock = systemClock): Callers => {
  const unserved: Record<string, number> = {};
  const left = new AbortController();

  /** One try: whoever is answered 429 counts as refused. */
  const attempt = async (priority: PriorityClass, since: number, deadline: number): Promise<Outcome> => {
    let retryAfterSeconds: number | undefined;
    const passage = await door.pass({ waitMs: deadline - clock.monotonic(), priority }, async () => {
      const sent = await send(priority, clock.monotonic() - since);
      retryAfterSeconds = sent.throttled?.retryAfterSeconds;
      return sent;
    });
    if (passage.kind !== 'sent') return { kind: passage.kind, retryAfterSeconds: passage.retryAfterSeconds };
    return retryAfterSeconds === undefined ? { kind: 'served' } : { kind: 'refused', retryAfterSeconds };
  };

  /** Comes back after a 429, and after a refusal by the gate too, as long as its time is not over. */
  const serve = async (priority: PriorityClass): Promise<Outcome> => {
    const since = clock.monotonic();
    const deadline = since + patienceMs[priority];
    for (;;) {
      const outcome = await attempt(priority, since, deadline);
      if (left.signal.aborted || outcome.kind === 'served') return outcome;
      if (clock.monotonic() + outcome.retryAfterSeconds * 1000 > deadline) {
        const why = `${priority}: ${outcome.kind}`;
        unserved[why] = (unserved[why] ?? 0) + 1;
        return outcome;
      }
      await clock.sleep(outcome.retryAfterSeconds * 1000, left.signal);
    }
  };

  const always = async () => {
    while (!left.signal.aborted) {
      const outcome = await serve('background');
      if (outcome.kind !== 'served') await clock.sleep(outcome.retryAfterSeconds * 1000, left.signal);
    }
  };

  return {
    async call(priority) {
      await serve(priority);
    },
    saturate(callers) {
      for (let i = 0; i < callers; i++) void always();
    },
    leave: () => left.abort(),
    unserved,
  };
};
