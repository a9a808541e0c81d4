/** Looking at an operation: whoever runs it does so in another process, so who waits for its end looks again and again. */
import type { Clock } from '../clock.ts';
import type { Bodies } from '../storage/bodies.ts';
import { bytesOf } from './keptBody.ts';
import { type EndedOperation, hasEnded, type Operation } from './operation.ts';
import type { OperationStore } from './operationStore.ts';
import { nextLookSeconds } from './times.ts';

/** @typeParam Refusal what who asks says of an operation that it may not have */
export type Looked<Refusal = never> =
  | { readonly kind: 'waiting'; readonly operation: Operation; readonly retryAfterSeconds: number }
  | { readonly kind: 'ended'; readonly operation: EndedOperation; readonly body: Uint8Array }
  | { readonly kind: 'tooLong'; readonly bytes: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ReadingAnswer<Refusal> {
  /** A longer body is not read. */
  readonly mostBytes?: number;
  /** Why who asks may not have it, if so: then nothing of its answer is read. */
  readonly refusalOf?: (operation: Operation) => Refusal | undefined;
}

export interface Looking {
  /**
   * @param owner who asks: others' operations are not there
   * @param waitMs answered when it has ended, or after so many milliseconds; 0 is at once
   * @returns undefined where there is none, it is another's, or its answer has expired
   */
  look<Refusal = never>(
    id: string,
    owner: string,
    waitMs: number,
    reading?: ReadingAnswer<Refusal>,
  ): Promise<Looked<Refusal> | undefined>;
  /** Milliseconds for which an answer is kept. */
  readonly retentionMs: number;
}

export interface LookingOptions {
  readonly store: Pick<OperationStore, 'read'>;
  readonly bodies: Pick<Bodies, 'get'>;
  readonly retentionMs: number;
  readonly clock: Clock;
}

/** Between two looks: soon at first, then ever less often. */
const firstPauseMs = 200;
const mostPauseMs = 2000;
const growth = 1.5;

export const createLooking = ({ store, bodies, retentionMs, clock }: LookingOptions): Looking => {
  const read = async (id: string, owner: string): Promise<Operation | undefined> => {
    const operation = (await store.read(id))?.value;
    if (operation?.caller.owner !== owner) return undefined;
    return hasEnded(operation) && operation.expiresAt <= clock.wall() ? undefined : operation;
  };
  const untilEnded = async (id: string, owner: string, waitMs: number): Promise<Operation | undefined> => {
    const until = clock.monotonic() + waitMs;
    for (let pause = firstPauseMs; ; pause = Math.min(mostPauseMs, pause * growth)) {
      const operation = await read(id, owner);
      const left = until - clock.monotonic();
      if (operation?.state !== 'waiting' || left <= 0) return operation;
      await clock.sleep(Math.min(pause, left));
    }
  };
  return {
    retentionMs,
    async look(id, owner, waitMs, { mostBytes = Number.POSITIVE_INFINITY, refusalOf = () => undefined } = {}) {
      const operation = await untilEnded(id, owner, waitMs);
      if (!operation) return undefined;
      const refusal = refusalOf(operation);
      if (refusal !== undefined) return { kind: 'refused', refusal };
      if (!hasEnded(operation)) {
        return { kind: 'waiting', operation, retryAfterSeconds: nextLookSeconds(operation, clock.wall()) };
      }
      const { bytes = 0 } = operation.answer.body;
      if (bytes > mostBytes) return { kind: 'tooLong', bytes };
      const body = await bytesOf(bodies, operation.answer.body);
      return body && { kind: 'ended', operation, body };
    },
  };
};
