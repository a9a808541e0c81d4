/**
 * What sets one record behind another, in the order in which it is tried. Each rule needs two facts, one of the record and one of the
 * better one; a property that is missing is no fact. So of the records that stand, at least one is left standing by each rule.
 */
import { ticksPerDay } from '../../odata/instant.ts';
import type { Fit } from './fit.ts';
import type { ResolveQuestion } from './question.ts';
import type { MachineRecord } from './record.ts';
import type { Behind } from './resolution.ts';
import { groupsOf } from './sameMachine.ts';

export interface Rule {
  readonly behind: Exclude<Behind, 'mergedIntoAnother'>;
  /** @param standing the one seen last first. @returns who is set behind, and behind whom */
  readonly set: (standing: readonly MachineRecord[], asked: Asked) => ReadonlyMap<MachineRecord, MachineRecord>;
}

export interface Asked {
  readonly question: ResolveQuestion;
  readonly fits: ReadonlyMap<MachineRecord, Fit>;
}

/**
 * `lastSeen` is of a full report, which comes about daily: of two machines that both live, one may well be a day and some hours
 * behind. More than a day and a half is told from that.
 */
export const reportMargin = (ticksPerDay * 3n) / 2n;

type Test = (record: MachineRecord) => boolean;

const state = (isWorse: Test, isBetter: Test): Rule['set'] => {
  return (standing) => {
    const better = standing.find(isBetter);
    return new Map(better === undefined ? [] : standing.filter(isWorse).map((worse) => [worse, better]));
  };
};

const markedDuplicate: Rule['set'] = (standing, { question }) =>
  new Map(
    groupsOf(standing, question).flatMap(({ records }) => {
      const better = records.find(({ isPotentialDuplicate }) => isPotentialDuplicate === false);
      const worse = records.filter(({ isPotentialDuplicate }) => isPotentialDuplicate === true);
      return better === undefined ? [] : worse.map((each) => [each, better] as const);
    }),
  );

const seenBefore: Rule['set'] = (standing, { question }) =>
  new Map(
    groupsOf(standing, question).flatMap(({ records: [latest, ...others], isNameUnique }) => {
      if (latest === undefined) return [];
      const earlier = others.filter((each) => isSeenBefore(each, latest) && (isNameUnique || isFollowed(each, latest)));
      return earlier.map((each) => [each, latest] as const);
    }),
  );

const isSeenBefore = (a: MachineRecord, b: MachineRecord): boolean =>
  a.lastSeen !== undefined && b.lastSeen !== undefined && a.lastSeen + reportMargin < b.lastSeen;

/** The one began about when the other ended, as when a machine is installed anew; machines that live side by side are two. */
const isFollowed = (a: MachineRecord, b: MachineRecord): boolean =>
  a.lastSeen !== undefined && b.firstSeen !== undefined && a.lastSeen <= b.firstSeen + reportMargin;

/** Not if it was seen since: a machine can lose its domain. */
const withoutDomain: Rule['set'] = (standing, { fits }) => {
  const seen = standing.filter(({ lastSeen }) => lastSeen !== undefined);
  const better = seen.find((record) => fits.get(record) === 'surely');
  const worse = seen.filter((record) => fits.get(record) === 'perhaps');
  return new Map(
    better === undefined ? [] : worse.filter((each) => !isSeenBefore(better, each)).map((each) => [each, better]),
  );
};

export const rules: readonly Rule[] = [
  {
    behind: 'excluded',
    set: state(
      ({ isExcluded }) => isExcluded === true,
      ({ isExcluded }) => isExcluded === false,
    ),
  },
  {
    behind: 'notOnboarded',
    set: state(
      ({ isOnboarded }) => isOnboarded === false,
      ({ isOnboarded }) => isOnboarded === true,
    ),
  },
  {
    behind: 'inactive',
    set: state(
      ({ isInactive }) => isInactive === true,
      ({ isInactive }) => isInactive === false,
    ),
  },
  { behind: 'potentialDuplicate', set: markedDuplicate },
  { behind: 'seenEarlier', set: seenBefore },
  { behind: 'nameWithoutDomain', set: withoutDomain },
];
