/** The figures that are wanted of the two usual runs, and whether they were met. A smaller run has to keep them all the more. */
import type { BenchArguments } from '../arguments.ts';
import type { Verdict } from './verdict.ts';

export interface Measured {
  readonly verdict: Pick<Verdict, 'lost' | 'final' | 'states'>;
  readonly calls: { readonly calls: number };
  readonly seconds: number;
}

export interface Wanted {
  readonly what: string;
  readonly isMet: boolean;
}

type Run = Pick<BenchArguments, 'alerts' | 'named' | 'chaos'>;

const storm = { alerts: 1_000, calls: 30, seconds: 60 };
const chaos = { alerts: 10_000, seconds: 15 * 60 };

/** What is wanted of no run as big as this is left out. */
export const wantedOf = (run: Run, { verdict, calls, seconds }: Measured): readonly Wanted[] => {
  const { lost, final, states } = verdict;
  const none = { what: 'none lost', isMet: lost === 0 };
  if (run.chaos) {
    if (run.alerts > chaos.alerts) return [none];
    const isMet = final === run.alerts && seconds < chaos.seconds;
    return [none, { what: `each in one final state in less than ${chaos.seconds} s`, isMet }];
  }
  if (run.alerts > storm.alerts || run.named < 1) return [none];
  const isEnriched = states.enriched === run.alerts && seconds <= storm.seconds;
  return [
    none,
    { what: `at most ${storm.calls} calls`, isMet: calls.calls <= storm.calls },
    { what: `all enriched in at most ${storm.seconds} s`, isMet: isEnriched },
  ];
};
