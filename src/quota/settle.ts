/**
 * What a version of the ledger still says at the time of its writing: what is old goes, what can no longer be given back is
 * a call that was made.
 *
 * A call leaves the log only when it is older than the longest widened window before the *store's* time of the version it is
 * read from, so no process's clock can erase history.
 */
import { rememberedBurst } from './burst.ts';
import { guarded } from './guard.ts';
import type { Version } from './ledger.ts';
import type { Entry, HeldSlot, LedgerRow } from './ledgerRow.ts';
import { longestOf } from './policy.ts';

/** How long an instant told to a refused caller is kept free for it, once it has come. */
export const toldForMs = 2000;

/** @param released numbers of the owner's slots that were not sent and never will be */
export const settle = ({ row, stampedAt }: Version, owner: string, released: readonly number[]): LedgerRow => {
  const longest = guarded(row.limits, row.timing).at(-1)?.milliseconds ?? 0;
  const held: HeldSlot[] = [];
  const log: Entry[] = row.log.filter(({ at }) => at >= stampedAt - longest);
  const gone = row.log.length - log.length;
  for (const slot of row.held) {
    if (slot.owner === owner && released.includes(slot.number)) continue;
    if (slot.at < stampedAt - row.timing.sendSlackMs) log.push({ at: slot.at, by: slot.by });
    else held.push(slot);
  }
  const foreign = repeated(row, gone, stampedAt);
  log.push(...foreign.again);
  return {
    ...row,
    log: log.sort((a, b) => a.at - b.at),
    held,
    told: row.told.filter(({ at }) => at + toldForMs >= stampedAt),
    block: row.block && stampedAt < row.block.until + forgottenAfterMs(row) ? row.block : undefined,
    learningSince: isLearnt(row, stampedAt, longest) ? undefined : row.learningSince,
    foreignGone: foreign.gone,
    burst: rememberedBurst(row, stampedAt),
    notBefore: Math.max(row.notBefore, stampedAt),
  };
};

const repeatedPart = 3 / 4;

/**
 * Others who draw on the quota have not stopped because an hour is over: of their calls that leave the log, three in four are taken to
 * be made again, so that what was learnt from a 429 fades by a quarter each longest window.
 */
const repeated = ({ log, foreignGone }: LedgerRow, gone: number, stampedAt: number) => {
  const left = log.slice(0, gone).filter(({ by }) => by === 'foreign').length;
  const repeats = (gone: number) => Math.floor(gone * repeatedPart);
  const count = repeats(foreignGone + left) - repeats(foreignGone);
  const again = Array.from({ length: count }, (): Entry => ({ at: stampedAt, by: 'foreign' }));
  return { gone: foreignGone + left, again };
};

/** A block that nobody probes for so long has nobody to mind it. */
const forgottenAfterMs = ({ limits }: LedgerRow): number => longestOf(limits).seconds * 1000;

const isLearnt = ({ learningSince }: LedgerRow, stampedAt: number, longest: number): boolean =>
  learningSince !== undefined && stampedAt > learningSince + longest;
