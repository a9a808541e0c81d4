/** The processes of one run: as many at any time as at the start, whoever is killed. */
import type { PriorityClass } from '../../../src/quota/priorityClass.ts';
import { type Member, startMember } from './member.ts';
import { type Report, type Role, together } from './messages.ts';
import { startWaker } from './waker.ts';

export interface Crew {
  /** Resolves when all can make calls. */
  readonly ready: Promise<void>;
  /** Rejects when a process ends that nobody killed, with its last words. */
  readonly failed: Promise<never>;
  /** Lets the background begin; in those that come later, too. */
  go(): void;
  /** Has one of those that are ready make a call. @param who in [0, 1) */
  call(who: number, priority: PriorityClass): void;
  /** SIGKILL; another takes its place at once. */
  kill(who: number): void;
  freeze(who: number, milliseconds: number): void;
  /** Of all that there are and were. */
  report(): Report;
  /** Writes whose outcome a process did not know when it was killed. */
  readonly unsettledWhenKilled: number;
  /** Ends all; resolves when they are gone. */
  end(): Promise<void>;
}

/** @param roleOf what the process of a place is to be, for the n-th time */
export const startCrew = (workerPath: string, places: number, roleOf: (place: number, turn: number) => Role): Crew => {
  const members: Member[] = [];
  const all: Member[] = [];
  const killed = new Set<Member>();
  const waker = startWaker();
  let isGoing = false;
  let isEnding = false;
  let fail: (fault: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);

  const start = (place: number, turn: number) => {
    const member = startMember(workerPath, roleOf(place, turn));
    members[place] = member;
    all.push(member);
    void member.ready.then(() => isGoing && member.tell({ kind: 'go' }));
    void member.gone.then((how) => {
      if (isEnding) return;
      if (killed.has(member)) start(place, turn + 1);
      else fail(new Error(`process ${place} ended by itself: ${how}`));
    });
  };
  for (let place = 0; place < places; place++) start(place, 1);
  const killAll = () => {
    for (const member of members) member.kill();
  };
  process.once('exit', killAll);
  const one = (who: number, among: readonly Member[]) => among[Math.floor(who * among.length)];

  return {
    ready: Promise.all(members.map(({ ready }) => ready)).then(() => undefined),
    failed,
    go() {
      isGoing = true;
      for (const member of members) if (member.isReady) member.tell({ kind: 'go' });
    },
    call(who, priority) {
      one(
        who,
        members.filter(({ isReady }) => isReady),
      )?.tell({ kind: 'call', priority });
    },
    kill(who) {
      const victim = one(who, members);
      if (!victim) return;
      killed.add(victim);
      victim.kill();
    },
    freeze(who, milliseconds) {
      const victim = one(who, members);
      if (!victim) return;
      waker.watch(victim.pid);
      victim.freeze(milliseconds);
    },
    report: () => together(all.map(({ report }) => report)),
    get unsettledWhenKilled() {
      const open = [...killed].map(({ report: { transactions } }) => transactions.ambiguous - transactions.settled);
      return open.reduce((a, b) => a + b, 0);
    },
    async end() {
      isEnding = true;
      await Promise.all(members.map((member) => member.end()));
      waker.end();
      process.off('exit', killAll);
    },
  };
};
