/**
 * Messages that the platform gave up, because they were taken too often: mostly for instances that died with them. Their operations go on, until
 * it has happened so often that it must be the operation itself; then it has failed.
 */
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import type { Queue } from '../../storage/queue.ts';
import { told } from '../../toldFault.ts';
import { type RunMessage, readRunMessage, sendRun } from '../messages.ts';
import type { OperationStore } from '../operationStore.ts';
import type { End } from '../running/ending.ts';
import { notAnswered } from '../running/failure.ts';

export interface Strays {
  /** @param text as it stands in the queue `operations-to-run-poison` @throws where storage does not take it */
  goOn(text: string): Promise<void>;
}

export interface StraysOptions {
  readonly store: Pick<OperationStore, 'read' | 'save'>;
  /** `operations-to-run`. */
  readonly queue: Queue;
  readonly end: End;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** Each is five deaths or faults. */
const mostStrays = 3;
const againAfterSeconds = 10;

export const createStrays = ({ store, queue, end, clock, log }: StraysOptions): Strays => ({
  async goOn(text) {
    const message = readOrLog(text, log);
    const found = message && (await store.read(message.id));
    if (found?.value.state !== 'waiting' || (message?.ticket ?? 0) < found.value.ticket) return;
    const { value, version } = found;
    const strays = value.strays + 1;
    if (strays >= mostStrays) {
      log.error('An operation failed, because its message was given up too often', { id: value.id });
      return end(value.id, 'failed', notAnswered(value, `its message was given up ${strays} times; the log says why`));
    }
    const next = { ...value, strays, ticket: value.ticket + 1, due: clock.wall() };
    await sendRun(queue, next, againAfterSeconds);
    await store.save(next, version).catch((fault: unknown) => {
      if (!(fault instanceof Overtaken)) throw fault;
    });
  },
});

const readOrLog = (text: string, log: Log): RunMessage | undefined => {
  try {
    return readRunMessage(JSON.parse(text));
  } catch (fault) {
    log.error('A message that was given up names no operation', { text: text.slice(0, 200), fault: told(fault) });
    return undefined;
  }
};
