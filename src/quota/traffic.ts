/**
 * What goes through this process's quotas, noted off the callers' way. Calls are counted as they are sent; once a minute, while there is
 * something new, each quota gets a line in the log, and the row of this process's spend is written for everybody to read.
 *
 * It costs one transaction a minute at most. What could not be written is kept, and written the next time.
 */
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { PriorityClass } from './priorityClass.ts';
import type { Quota } from './quotas.ts';
import { hourOf, type SpendRow, type SpendStore } from './spend.ts';
import { createSpendTally } from './spendTally.ts';
import { trafficLine } from './trafficLine.ts';

export interface Traffic {
  /** A call went to Defender. */
  sent(call: SentCall): void;
  /** A caller of this quota was told to come back. */
  refused(quota: string): void;
  /** What all processes spent in the last hour. @throws what the store throws */
  lastHour(): Promise<LastHour>;
  /** Writes what is not written yet, and nothing more after it. */
  close(): Promise<void>;
}

export interface SentCall {
  readonly quota: string;
  readonly caller: string;
  readonly priority: PriorityClass;
}

export interface LastHour {
  /** One of each process, this one's as it now is. */
  readonly rows: readonly SpendRow[];
  /** How many more there are that can't be read. */
  readonly unreadable: number;
}

export interface TrafficOptions {
  readonly store: SpendStore;
  readonly quotas: () => readonly Quota[];
  /** This process; unique. */
  readonly owner: string;
  readonly clock: Clock;
  readonly log: Log;
}

const minuteMs = 60_000;
/** A row that was not written for so long tells nothing of the last hour, even if clocks are some minutes apart. */
const deadAfterMs = 65 * minuteMs;
/** After a quiet time, calls that come together are written together. */
const gatherMs = 1000;
/** One turn in so many looks for rows of dead processes, the second one first; the write after it removes them. */
const tidyEvery = 60;

export const createTraffic = ({ store, quotas, owner, clock, log }: TrafficOptions): Traffic => {
  const tally = createSpendTally();
  const operations = new Map<string, number>();
  const refusals = new Map<string, number>();
  const over = new AbortController();
  let minute = createSpendTally();
  let isUnsaved = false;
  let dead: readonly string[] = [];
  let turns = 0;
  let isRunning = false;
  let nextTurnAt = Number.NEGATIVE_INFINITY;

  const add = (quota: string, caller: string, kind: PriorityClass | 'ledger', count: number) => {
    const now = clock.wall();
    for (const each of [tally, minute]) each.add({ quota, caller, kind, count }, now);
    isUnsaved ||= count > 0;
  };

  const noteOperations = () => {
    for (const { name, gate } of quotas()) {
      const { reads, writes, stamps } = gate.transactions;
      const total = reads + writes + stamps;
      add(name, '', 'ledger', total - (operations.get(name) ?? 0));
      operations.set(name, total);
    }
  };

  const report = () => {
    const now = clock.wall();
    const passed = minute.hour(now);
    for (const { name, gate } of quotas()) {
      const spent = hourOf(passed, name, now);
      const refused = refusals.get(name) ?? 0;
      if (spent.calls + refused > 0) log.info('Quota', { quota: name, ...trafficLine(gate, spent, refused) });
    }
    minute = createSpendTally();
    refusals.clear();
  };

  const save = async () => {
    const spent = tally.hour(clock.wall());
    const removed = dead;
    dead = [];
    isUnsaved = false;
    try {
      await store.save({ owner, spent }, removed);
    } catch (fault) {
      isUnsaved = true;
      throw fault;
    }
  };

  const turn = async () => {
    noteOperations();
    report();
    turns += 1;
    if (turns % tidyEvery === 2) dead = await store.dead(clock.wall() - deadAfterMs);
    else if (isUnsaved) await save();
  };

  const warn = (fault: unknown) =>
    log.warn('What was spent could not be written; it is kept, and written the next time', { fault: String(fault) });

  const run = async () => {
    if (isRunning) return;
    isRunning = true;
    while (isUnsaved || refusals.size > 0) {
      await clock.sleep(Math.max(gatherMs, nextTurnAt - clock.monotonic()), over.signal);
      if (over.signal.aborted) return;
      nextTurnAt = clock.monotonic() + minuteMs;
      await turn().catch(warn);
    }
    isRunning = false;
  };

  return {
    sent({ quota, caller, priority }) {
      add(quota, caller, priority, 1);
      void run();
    },
    refused(quota) {
      refusals.set(quota, 1 + (refusals.get(quota) ?? 0));
      void run();
    },
    async lastHour() {
      const { rows, unreadable } = await store.read(clock.wall() - deadAfterMs);
      noteOperations();
      const own = { owner, spent: tally.hour(clock.wall()) };
      return { rows: [own, ...rows.filter((row) => row.owner !== owner)], unreadable };
    },
    async close() {
      over.abort();
      noteOperations();
      report();
      if (isUnsaved) await save().catch(warn);
    },
  };
};
