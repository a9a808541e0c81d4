import { idIn, rowOf, textIn, truthIn } from './jsonRow.ts';

/** What of a row of `/api/deviceavinfo` a security state is made of. */
export interface AntivirusRow {
  /** The machine's. */
  readonly id: string;
  readonly osVersion: string | null;
  readonly isDisabled: boolean;
  /** What the verdicts on signatures, engine and platform come to: one that is bad is enough, and one that is good, where none is bad. */
  readonly update: 'upToDate' | 'outOfDate' | 'unknown';
  /** Milliseconds since 1970; null where it was never set. */
  readonly refreshedAt: number | null;
}

/** @param json a row, parsed @returns undefined where it does not say whose it is */
export const readAntivirusRow = (json: unknown): AntivirusRow | undefined => {
  const row = rowOf(json);
  const id = idIn(row, 'machineId');
  if (id === null) return undefined;
  const verdicts = verdictNames.map((name) => truthIn(row, name));
  return {
    id,
    osVersion: textIn(row, 'osVersion'),
    isDisabled: row.avMode === disabledMode || textIn(row, 'avMode') === `${disabledMode}`,
    update: verdicts.includes(false) ? 'outOfDate' : verdicts.includes(true) ? 'upToDate' : 'unknown',
    refreshedAt: instantOf(textIn(row, 'dataRefreshTimestamp')),
  };
};

const verdictNames = ['avIsSignatureUpToDate', 'avIsEngineUpToDate', 'avIsPlatformUpToDate'];

/** "Export device antivirus health details API methods and properties", `avMode`. */
const disabledMode = 2;

/** An instant without a zone is one in UTC. The year 1 is how Defender writes that there is none. */
const instantOf = (text: string | null): number | null => {
  if (text === null) return null;
  const [, dayAndTime, zone] = /^([\d-]{10}[T ][\d:.]+)(Z|[+-]\d\d:\d\d)?$/i.exec(text) ?? [];
  const instant = Date.parse(`${dayAndTime?.replace(' ', 'T')}${zone ?? 'Z'}`);
  return instant > 0 ? instant : null;
};

/** Of several rows of one machine, the one that was refreshed last; of those refreshed at the same time the same one, in whatever order they come. */
export const newestAntivirus = (rows: readonly AntivirusRow[]): AntivirusRow | undefined =>
  rows.reduce<AntivirusRow | undefined>(
    (newest, row) => (newest && compareAge(newest, row) >= 0 ? newest : row),
    undefined,
  );

const compareAge = (one: AntivirusRow, other: AntivirusRow): number =>
  (one.refreshedAt ?? 0) - (other.refreshedAt ?? 0) || compareTexts(saidBy(one), saidBy(other));

const saidBy = ({ osVersion, isDisabled, update }: AntivirusRow): string =>
  `${osVersion ?? ''} ${update} ${isDisabled}`;

const compareTexts = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
