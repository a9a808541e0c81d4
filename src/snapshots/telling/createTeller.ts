import type { Queue } from '../../storage/queue.ts';
import type { RunCounts } from '../run.ts';
import { attentionEvents } from './attentionEvent.ts';
import { messagesOf } from './messages.ts';
import type { Teller } from './teller.ts';

export interface TellerOptions {
  readonly queue: Queue;
  /** The gateway, as a URI reference. */
  readonly source: string;
  /** Of a run with more events than these, several travel in a message. */
  readonly mostSingles?: number;
}

/** Tells one event after the other. @throws what the queue throws; then some may be told */
export const createTeller = ({ queue, source, mostSingles = 100 }: TellerOptions): Teller => ({
  async tell(run, changes) {
    const messages = messagesOf(attentionEvents(run, changes, source), mostEvents(run.counts) > mostSingles);
    for (const message of messages) await queue.send(message);
    return messages.length;
  },
});

/** As many events as the run can have: how many of the machines that appeared require attention is not counted. */
const mostEvents = ({ changes, requireAttention }: RunCounts): number =>
  changes.newlyRequiresAttention + changes.resolved + Math.min(changes.appeared, requireAttention);
