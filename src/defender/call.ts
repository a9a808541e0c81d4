import type { Limit } from '../quota/limits.ts';
import type { PathValue } from './pathValue.ts';

/** One of Defender's read calls: a line of the table in `calls.ts`. */
export interface Call {
  /** The name of our function, of the quota and in the log. */
  readonly name: string;
  /** Defender's path, and ours; at most one `{name}`. */
  readonly path: string;
  /** The name of the page that documents it. */
  readonly document: string;
  /** Whose host and token: Defender's, or Graph's for the preview call. */
  readonly service: Service;
  /** What may stand in the path, and how Defender wants it. */
  readonly value?: PathValue;
  /** Query options are read and checked as questions on machines; without, they are passed on as they are. */
  readonly machineOptions?: boolean;
  /** Limits of its own, where the document gives others than the five calls have. */
  readonly limits?: readonly Limit[];
  /** Defender cuts the answer at this many rows. */
  readonly cutAt?: number;
  /** The answer's `@odata.nextLink` can be followed, and is made to point to the gateway. */
  readonly pages?: boolean;
  /** An answer larger than this is a fault. */
  readonly mostBytes: number;
}

export type Service = 'defender' | 'securityStates';

/** The path of a call, in its plain or its versioned form; a call without a version has one form only. */
export const pathOf = ({ path }: Call, versioned: boolean): string =>
  versioned ? path.replace(/^\/api\//, '/api/v1.0/') : path;
