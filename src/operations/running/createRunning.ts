/**
 * What is done for an operation that is due. Whatever can't be answered now is put back with the time it can: a new message first, then the
 * record, so that one that waits has a message at any moment. Messages may come twice, late and at once: the first to write has done it.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Bodies } from '../../storage/bodies.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import { type RunMessage, sendRun } from '../messages.ts';
import type { Operation } from '../operation.ts';
import type { OperationStore, VersionedOperation } from '../operationStore.ts';
import { createEnding } from './ending.ts';
import { answerToPoller, notAnswered } from './failure.ts';
import { afterFault, judge, type Later } from './judge.ts';
import type { AskOperation } from './reply.ts';

export interface Running {
  /** @throws where storage takes nothing at all: then the message is to come again */
  run(message: RunMessage): Promise<void>;
}

export interface RunningOptions {
  readonly store: OperationStore;
  readonly bodies: Bodies;
  /** `operations-to-run`. */
  readonly queue: Queue;
  readonly ask: AskOperation;
  /** Milliseconds for which an answer is kept. */
  readonly retentionMs: number;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** Seconds that a try waits for its turn and for Defender: what takes longer is put back, and keeps no other from its turn. */
const usualWait = 60;
/** After Defender did not answer in time. */
const longWait = 200;

export const createRunning = (options: RunningOptions): Running => {
  const { store, queue, ask, clock, log, random } = options;
  const end = createEnding(options);
  const moment = () => ({ now: clock.wall(), random: random() });

  const putBack = async ({ value, version }: VersionedOperation, sent: number, later: Later): Promise<void> => {
    const ticket = Math.max(sent, value.ticket) + 1;
    await sendRun(queue, { id: value.id, ticket }, Math.max(0, (later.at - clock.wall()) / 1000));
    const tries = value.tries + (later.isInVain ? 1 : 0);
    const faults = (value.faults ?? 0) + (later.isFault ? 1 : 0);
    const next: Operation = { ...value, ticket, tries, faults, due: later.at, refusedWith: later.refusedWith };
    // Once the message is sent, it comes again, and finds what stands there: another message would be one too many.
    await store.save(next, version).catch((fault: unknown) => {
      if (!(fault instanceof Overtaken))
        log.warn('An operation that was put back was not written', fieldsOf(value, fault));
    });
  };

  const tryOnce = async (found: VersionedOperation, sent: number): Promise<void> => {
    const { value } = found;
    const tried = await ask(value, value.refusedWith === 504 ? longWait : usualWait);
    const judged = judge(value, tried, moment());
    if (judged.kind === 'later') return putBack(found, sent, judged);
    if (tried.kind === 'busy')
      return end(value.id, 'failed', notAnswered(value, 'too many pages were asked for at once'));
    return end(value.id, 'done', answerToPoller(value, tried.reply));
  };

  /** Nothing was answered, or the answer could not be kept. */
  const faulted = async ({ id, ticket }: RunMessage, fault: unknown): Promise<void> => {
    const found = await store.read(id);
    if (found?.value.state !== 'waiting') return;
    log.warn('An operation met a fault', fieldsOf(found.value, fault));
    const judged = afterFault(found.value, moment());
    if (judged.kind === 'later') return putBack(found, ticket, judged);
    return end(id, 'failed', notAnswered(found.value, 'the gateway met a fault'));
  };

  return {
    async run(message) {
      const found = await store.read(message.id);
      if (found?.value.state !== 'waiting' || message.ticket < found.value.ticket) return;
      await tryOnce(found, message.ticket).catch((fault: unknown) => faulted(message, fault));
    },
  };
};

const fieldsOf = ({ id, request }: Operation, fault: unknown) => ({
  id,
  function: request.functionName,
  fault: told(fault),
});
