/** What stands in the queue `operations-to-run`: which operation is to be looked at. JSON. */
import * as z from 'zod/mini';
import type { Queue } from '../storage/queue.ts';
import { isOperationId } from './operationId.ts';

export interface RunMessage {
  readonly id: string;
  /** One below the record's is an old message. */
  readonly ticket: number;
}

const runMessage = z.object({
  id: z.string().check(z.refine(isOperationId, 'it is no id of an operation')),
  ticket: z.int().check(z.gte(0)),
});

/** @param message as a queue trigger gives it: an object, or a text where it is no JSON @throws Error that says what is wrong */
export const readRunMessage = (message: unknown): RunMessage => runMessage.parse(message);

/** @param seconds not before */
export const sendRun = (queue: Queue, { id, ticket }: RunMessage, seconds = 0): Promise<void> =>
  queue.send(JSON.stringify({ id, ticket } satisfies RunMessage), seconds);
