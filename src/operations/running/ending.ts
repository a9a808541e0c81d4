/**
 * The end of an operation: written once, by whoever is first. A long body is named in the record, then written, and only then does the record
 * end: so no body is ever written that no record names, and no record ends without its body.
 */
import type { Clock } from '../../clock.ts';
import type { Bodies } from '../../storage/bodies.ts';
import { Overtaken } from '../../storage/overtaken.ts';
import { isLong, writtenBody } from '../keptBody.ts';
import type { KeptAnswer, KeptBody, Operation } from '../operation.ts';
import type { OperationStore, VersionedOperation } from '../operationStore.ts';
import { keptHeaders } from './keptHeaders.ts';
import type { OperationReply } from './reply.ts';

/** Nothing happens where it has ended already. @throws where storage does not take it */
export type End = (id: string, state: 'done' | 'failed', reply: OperationReply) => Promise<void>;

export interface EndingOptions {
  readonly store: Pick<OperationStore, 'read' | 'save'>;
  readonly bodies: Pick<Bodies, 'put'>;
  /** Milliseconds for which an answer is kept. */
  readonly retentionMs: number;
  readonly clock: Pick<Clock, 'wall'>;
}

/** Rivals for one operation are few: whoever has another of its messages, and the sweep. */
const mostRivals = 10;

export const createEnding =
  ({ store, bodies, retentionMs, clock }: EndingOptions): End =>
  async (id, state, reply) => {
    const at = clock.wall();
    const written = writtenBody(reply.body);
    const name = isLong(written) ? `${id}/${crypto.randomUUID()}` : undefined;
    const { encoding, text } = written;
    const kept: KeptAnswer = keptAnswer(
      reply,
      at,
      name === undefined ? written : { encoding, name, bytes: reply.body.byteLength },
    );
    let isWritten = name === undefined;

    const endOn = async ({ value, version }: VersionedOperation): Promise<void> => {
      const named: Operation = name === undefined ? value : { ...value, bodies: [...new Set([...value.bodies, name])] };
      const current = isWritten ? version : await store.save(named, version);
      if (!isWritten && name !== undefined) await bodies.put(name, text);
      isWritten = true;
      const ended: Operation = { ...named, state, answer: kept, expiresAt: clock.wall() + retentionMs };
      await store.save(ended, current);
    };

    for (let tried = 1; ; tried += 1) {
      const found = await store.read(id);
      if (found?.value.state !== 'waiting') return;
      try {
        return await endOn(found);
      } catch (fault) {
        if (!(fault instanceof Overtaken) || tried === mostRivals) throw fault;
      }
    }
  };

const keptAnswer = ({ status, headers }: OperationReply, at: number, body: KeptBody): KeptAnswer => ({
  status,
  at,
  body,
  ...keptHeaders(headers),
});
