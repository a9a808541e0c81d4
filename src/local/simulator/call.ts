import type { Answer } from './answer.ts';
import type { Dialect } from './dialect.ts';
import type { Fleet } from './fleet/fleet.ts';

/** One call on its way to its answer: who asked has been checked, and that there is quota for it. */
export interface Call {
  readonly fleet: Fleet;
  readonly paging: Paging;
  readonly dialect: Dialect;
  /** Query options in the order sent, decoded; a name may come twice. */
  readonly query: readonly QueryOption[];
  /** What stood for `{id}` or `{domain}`, decoded; empty on calls without one. */
  readonly value: string;
  /** Where links and contexts point to: `https://api.security.microsoft.com/api`. */
  readonly base: string;
}

export interface QueryOption {
  readonly name: string;
  readonly value: string;
}

/** Rows in one answer. */
export interface Paging {
  /** Most rows of machines, alerts and deviceavinfo; 10,000 ("List machines API"). */
  readonly pageSize: number;
  /** Rows in a page of security states; the documented example pages 444, the size is not published. */
  readonly securityStates: number;
}

/** One of the calls that Defender answers. */
export interface Route {
  readonly name: string;
  /** Of the path as sent; its one group is the value. */
  readonly pattern: RegExp;
  readonly audience: 'defender' | 'graph';
  /** Any one of these will do; none are needed where the list is empty. */
  readonly roles: readonly string[];
  /** Whether its quota is that of deviceavinfo. */
  readonly ownLimits: boolean;
  answer(call: Call): Answer;
}
