import { type PriorityClass, priorityClasses } from '../../../src/quota/priorityClass.ts';

/** Who makes a call. It goes with the call, so that a process that is killed afterwards takes no figure with it. */
export interface Caller {
  /** Place of the process. */
  readonly place: number;
  readonly priority: PriorityClass;
  /** How long the caller waited until the call was made. */
  readonly waitMs: number;
}

export const callPath = ({ place, priority, waitMs }: Caller): string =>
  `/call?place=${place}&priority=${priority}&wait=${waitMs.toFixed(2)}`;

/** The inverse of {@link callPath}. @throws Error where it is no such path */
export const callerOf = (path: string): Caller => {
  const { searchParams } = new URL(path, 'http://upstream');
  const priority = priorityClasses.find((name) => name === searchParams.get('priority'));
  if (priority === undefined) throw new Error(`${path} names no class`);
  return { place: Number(searchParams.get('place')), priority, waitMs: Number(searchParams.get('wait')) };
};

/** Answered at once, and counts for nothing: to open connections. */
export const warmPath = '/warm';
