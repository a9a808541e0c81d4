/** Where a page of a machine's history goes on. */
import { instantOfRun, type RunId } from '../runId.ts';

export interface Place {
  /** The run since which the last version holds that was given. */
  readonly until: RunId | undefined;
  /** Where else to look for the machine: in the changes of this run and earlier ones. */
  readonly upTo: RunId | undefined;
}

export const beginning: Place = { until: undefined, upTo: undefined };

/** @returns undefined where no place was printed like that */
export const readPosition = (text: string): Place | undefined => {
  const [, until = '', upTo = ''] = /^(\w*)\|(\w*)$/.exec(text) ?? [];
  const runs = [until, upTo].filter((run) => run !== '');
  if (runs.length === 0 || runs.some((run) => instantOfRun(run) === undefined)) return undefined;
  return { until: until || undefined, upTo: upTo || undefined };
};

export const printPosition = ({ until = '', upTo = '' }: Place): string => `${until}|${upTo}`;

/** Whether the change that a page was to go on from is gone. */
export const isPruned = ({ until, upTo }: Place, floor: RunId | undefined): boolean =>
  until !== undefined && upTo === undefined && floor !== undefined && until <= floor;
