/** What `/gateway/quota` says, made to be read by people: seconds beside instants, and a sentence first. */
import { type Forecast, forecastOf } from '../quota/forecast.ts';
import type { Version } from '../quota/ledger.ts';
import type { LedgerRow } from '../quota/ledgerRow.ts';
import type { PriorityClass } from '../quota/priorityClass.ts';
import { type HourOfQuota, hourOf } from '../quota/spend.ts';
import { type Closed, type LimitStanding, type Standing, standingOf } from '../quota/standing.ts';
import type { LastHour } from '../quota/traffic.ts';

/** What was found of one quota's ledger. Unused: no process has used the quota yet. */
export type ReadLedger =
  | { readonly kind: 'used'; readonly name: string; readonly version: Version }
  | { readonly kind: 'unused'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly name: string; readonly reason: string };

export interface QuotaPage {
  readonly observedAt: string;
  readonly quotas: readonly (QuotaOnPage | UnreadableOnPage)[];
  /** Names of quotas that nobody has used yet. */
  readonly unused: readonly string[];
  /** Processes that spent something in the last hour, as they wrote it; what the others spent of late may be a minute or two behind. */
  readonly spendIsOf: { readonly processes: number; readonly unreadable: number };
}

interface QuotaOnPage {
  readonly name: string;
  readonly summary: string;
  readonly limits: readonly LimitStanding[];
  readonly nextFree: Readonly<Record<PriorityClass, Moment>>;
  /** Until calls go freely again, and why not now. */
  readonly blocked: (Moment & { readonly because: Closed['because']; readonly reason: string }) | null;
  readonly booked: number;
  readonly processesWaitingForTheirTurn: number;
  /** Of the last hour. */
  readonly spend: Pick<HourOfQuota, 'calls' | 'byClass' | 'byCaller'>;
  readonly forecast: Forecast;
  readonly ledgerTransactionsPerCall: number | null;
  readonly ledger: { readonly seq: number; readonly writtenAt: string; readonly ageSeconds: number };
}

interface UnreadableOnPage {
  readonly name: string;
  readonly summary: string;
}

interface Moment {
  readonly at: string;
  readonly inSeconds: number;
}

/** @param now milliseconds of the store's clock */
export const quotaPage = (ledgers: readonly ReadLedger[], hour: LastHour, now: number): QuotaPage => ({
  observedAt: new Date(now).toISOString(),
  quotas: ledgers.flatMap((ledger) => {
    if (ledger.kind === 'unused') return [];
    if (ledger.kind === 'unreadable') return [{ name: ledger.name, summary: `closed: ${ledger.reason}` }];
    return [onPage(ledger.name, ledger.version, hour, now)];
  }),
  unused: ledgers.filter(({ kind }) => kind === 'unused').map(({ name }) => name),
  spendIsOf: { processes: hour.rows.filter(({ spent }) => spent.length > 0).length, unreadable: hour.unreadable },
});

const onPage = (name: string, version: Version, { rows }: LastHour, now: number): QuotaOnPage => {
  const { row, stampedAt } = version;
  const standing = standingOf(version, now);
  const spent = rows.flatMap((each) => each.spent);
  const { calls, byClass, byCaller, ledgerTransactions } = hourOf(spent, name, now);
  const blocked = blockedOf(standing, row, now);
  return {
    name,
    summary: blocked ? blockedSummary(blocked, standing, now) : summaryOf(standing, now),
    limits: standing.limits,
    nextFree: {
      interactive: momentOf(standing.nextFree.interactive, now),
      enrichment: momentOf(standing.nextFree.enrichment, now),
      background: momentOf(standing.nextFree.background, now),
    },
    blocked,
    booked: standing.booked,
    processesWaitingForTheirTurn: standing.turns,
    spend: { calls, byClass, byCaller },
    forecast: forecastOf(version, now),
    ledgerTransactionsPerCall: calls === 0 ? null : Math.round((100 * ledgerTransactions) / calls) / 100,
    ledger: { seq: row.seq, writtenAt: new Date(stampedAt).toISOString(), ageSeconds: secondsFrom(stampedAt, now) },
  };
};

const summaryOf = ({ limits, nextFree }: Standing, now: number): string => {
  const left = limits.map(({ name, calls, left }) => `${left} of ${calls} left (${name})`).join(', ');
  const { inSeconds } = momentOf(nextFree.interactive, now);
  return inSeconds === 0 ? `open: ${left}` : `spent: the next call can go in ${inSeconds} s; ${left}`;
};

const blockedSummary = (blocked: NonNullable<QuotaOnPage['blocked']>, { nextFree }: Standing, now: number): string =>
  `${blocked.because} for ${blocked.inSeconds} s: ${blocked.reason}. The next call can go in ${momentOf(nextFree.interactive, now).inSeconds} s`;

const blockedOf = ({ closed }: Standing, { block }: LedgerRow, now: number): QuotaOnPage['blocked'] => {
  if (!closed) return null;
  const reasons = {
    blocked: `Defender answered 429: a pause of ${block?.seconds} s, twice as long each time that the first call after it is refused, too`,
    probing: 'After a 429 of Defender’s one call is under way, to see whether it answers again',
    learning: 'The ledger is new or was lost. What was called before nobody knows, so calls go slowly until then',
  };
  return { because: closed.because, ...momentOf(closed.until, now), reason: reasons[closed.because] };
};

const momentOf = (instant: number, now: number): Moment => ({
  at: new Date(instant).toISOString(),
  inSeconds: Math.max(0, Math.ceil((instant - now) / 1000)),
});

const secondsFrom = (instant: number, now: number): number => Math.max(0, Math.floor((now - instant) / 1000));
