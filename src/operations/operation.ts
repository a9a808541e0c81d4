/**
 * An operation: a question that its caller does not wait for. The record is the truth, messages only say when to look at it; it ends once, and
 * then stays as it is until it expires. Instants are milliseconds since 1970.
 */
import type { Role } from '../callers/identity.ts';

export interface Operation {
  readonly id: string;
  readonly caller: ParkedCaller;
  readonly request: ParkedRequest;
  /** `done`: `answer` is what the question was answered with. `failed`: it is what the gateway says in place of an answer. */
  readonly state: 'waiting' | 'done' | 'failed';
  /** Of the newest message that was sent for it. */
  readonly ticket: number;
  /** When it is next to be tried. */
  readonly due: number;
  /** Tries in vain; what the quota sent away was none. */
  readonly tries: number;
  /** Those of them that were answered with 500; undefined is none. */
  readonly faults?: number | undefined;
  /** How often the platform gave its message up. */
  readonly strays: number;
  /** Of the last try: the status, and why it was no answer. */
  readonly refusedWith?: number | undefined;
  readonly createdAt: number;
  /** The last instant at which it is begun once more. */
  readonly deadline: number;
  /** Bodies that may have been written for it: each is named here before it is, so that all of them are removed. */
  readonly bodies: readonly string[];
  readonly answer?: KeptAnswer | undefined;
  /** Of one that ended. */
  readonly expiresAt?: number | undefined;
}

export type EndedOperation = Operation & { readonly answer: KeptAnswer; readonly expiresAt: number };

/** What is kept of who asked: it is asked again in this name. */
export interface ParkedCaller {
  readonly id: string;
  /** Who alone may have the answer. */
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly groups?: readonly number[] | undefined;
}

/** What is kept of a request. Nothing secret is in it. */
export interface ParkedRequest {
  /** The function that it is for. */
  readonly functionName: string;
  /** Absolute. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  /** What stands in the path where the function's route has a name. */
  readonly params: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface KeptAnswer {
  readonly status: number;
  /** Names in lower case; those that stay true. */
  readonly headers: Readonly<Record<string, string>>;
  /** When it was given. */
  readonly at: number;
  /** Seconds that it was old by then, where it said so. */
  readonly age?: number | undefined;
  /** Seconds after which it said that asking again is of use. */
  readonly retryAfter?: number | undefined;
  readonly body: KeptBody;
}

/** Bytes as text; what is no UTF-8 is base64. A long one stands under a name among the bodies. */
export interface KeptBody {
  readonly encoding: 'utf8' | 'base64';
  readonly text?: string;
  readonly name?: string;
  /** Of one that stands under a name. */
  readonly bytes?: number;
}

export const hasEnded = (operation: Operation): operation is EndedOperation =>
  operation.state !== 'waiting' && operation.answer !== undefined && operation.expiresAt !== undefined;
