/**
 * Which machine is meant: one find in the common case, and another where a record was merged into one that the first did not bring.
 * Finds go through the `Finder`, where they are merged with whatever else is looked up at that moment.
 */
import type { Clock } from '../../clock.ts';
import type { Finder, Found, Machine } from '../finder.ts';
import type { Source } from '../told.ts';
import type { Wish } from '../wish.ts';
import { askedText, type ResolveQuestion } from './question.ts';
import { rank } from './rank.ts';
import type { Resolution } from './resolution.ts';
import { createSources, type Sources } from './source.ts';
import { missingTargets, type Rows } from './weigh.ts';

export type Resolve = (question: ResolveQuestion, wish: Wish) => Promise<Resolved>;

export type Resolved =
  | { readonly kind: 'resolved'; readonly resolution: Resolution; readonly source: Source }
  /** Defender could not be asked, or refused: half an answer would be a guess. */
  | Failed;

type Failed = Extract<Found, { kind: 'failed' }>;
type Machines = Extract<Found, { kind: 'machines' }>;

/** A record's merges are followed so many times beyond what was found, of so many records at a time: they fit into one merged call. */
const mostRounds = 3;
const mostTargets = 30;

export const createResolve =
  (finder: Finder, clock: Pick<Clock, 'monotonic'>): Resolve =>
  async (question, wish) => {
    const until = clock.monotonic() + wish.waitMs;
    const left = (): Wish => ({ ...wish, waitMs: Math.max(0, until - clock.monotonic()) });
    const first = await asked(finder, question, wish);
    if (first.kind === 'failed') return first;
    const sources = createSources(clock);
    const rows = await follow(finder, question, first, { wish: left, sources });
    if ('kind' in rows) return rows;
    const source = sources.together();
    return { kind: 'resolved', resolution: { ...rank(question, rows), ...toldOf(question, source) }, source };
  };

const asked = (finder: Finder, question: ResolveQuestion, wish: Wish): Promise<Found> => {
  switch (question.kind) {
    case 'hostName':
      return finder.byHostName(question.name, wish);
    case 'ipAddress':
      return finder.by('lastIpAddress', question.value, wish);
    case 'aadDeviceId':
      return finder.by('aadDeviceId', question.value, wish);
    case 'machineId':
      return finder.by('id', question.value, wish);
    case 'alertId':
      return finder.ofAlert(question.value, wish);
  }
};

interface Following {
  /** With the time that is left. */
  readonly wish: () => Wish;
  /** Of what was found. */
  readonly sources: Sources;
}

const follow = async (
  finder: Finder,
  question: ResolveQuestion,
  first: Machines,
  { wish, sources }: Following,
): Promise<Rows | Failed> => {
  sources.add(first.source);
  const targets: Machine[] = [];
  const looked = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const lost = missingTargets(question, { found: first.machines, targets }).filter((id) => !looked.has(id));
    const missing = lost.slice(0, mostTargets);
    if (missing.length === 0) break;
    for (const id of missing) looked.add(id);
    const found = await Promise.all(missing.map((id) => finder.by('id', id, wish()).then(noted(sources))));
    const failed = found.find((each) => each.kind === 'failed');
    if (failed) return failed;
    targets.push(...found.flatMap((each) => (each.kind === 'machines' ? each.machines : [])));
  }
  return { found: first.machines, targets };
};

/** Each as it comes: others of the same round may take longer. */
const noted =
  (sources: Sources) =>
  (found: Found): Found => {
    sources.add(found.source);
    return found;
  };

const toldOf = (question: ResolveQuestion, source: Source): Pick<Resolution, 'askedFor' | 'source' | 'ageSeconds'> => ({
  askedFor: { [question.kind]: askedText(question) },
  source: source.kind === 'cache' ? 'cache' : 'defender',
  ageSeconds: Math.ceil((source.kind === 'nowhere' ? undefined : source.age) ?? 0),
});
