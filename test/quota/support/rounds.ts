/** Processes that play rounds on a ledger in memory. */
import type { Ledger } from '../../../src/quota/ledger.ts';
import { memoryLedger } from '../../../src/quota/memoryLedger.ts';
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { createRounds, type Wanted } from '../../../src/quota/round.ts';
import { createServerClock } from '../../../src/quota/serverClock.ts';
import { createStore } from '../../../src/quota/store.ts';
import { fakeClock } from '../../support/fakeClock.ts';
import { recordedLog } from '../../support/recordedLog.ts';
import { settingsFor } from './ledgerRows.ts';

export const setUp = () => {
  const clock = fakeClock();
  const kept = memoryLedger(clock);
  let processes = 0;

  /** One process's rounds. `play` asks for as many calls as can wait so long; they are sent and not given back. */
  const process = (limits = '20/6', wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) => {
    const which = ++processes;
    const owner = `p${which}`;
    const log = recordedLog();
    const time = createServerClock(clock);
    const store = createStore(wrap(kept), clock, time);
    const rounds = createRounds({ store, clock, log, time, random: () => which / 10, quota: settingsFor(limits) });
    let nextNumber = 1;
    const play = (count: number, waitMs = 0, by: PriorityClass = 'interactive', more: Partial<Wanted> = {}) => {
      const wants = Array.from({ length: count }, () => ({ by, deadline: clock.monotonic() + waitMs + 10 }));
      const wanted: Wanted = { owner, nextNumber, released: [], feedback: [], wants, ...more };
      nextNumber += count;
      return rounds.play(wanted);
    };
    return { rounds, play, log, counts: store.transactions, owner };
  };
  const outcomes = async (played: ReturnType<ReturnType<typeof process>['play']>) => {
    const result = await played;
    return result.kind === 'done' ? result.outcomes.map(({ kind }) => kind) : result.kind;
  };
  return { clock, kept, process, outcomes };
};
