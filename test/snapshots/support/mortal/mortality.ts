/** Counts what is written, and ends the process at the write it was told. */
import type { TableClient } from '@azure/data-tables';
import type { Queue } from '../../../../src/storage/queue.ts';
import type { Death } from './messages.ts';

export interface Mortality {
  /** How much was written so far. */
  writes(): number;
  /** Of every transaction that a client makes; reads count for nothing. */
  ofTable(client: () => Promise<TableClient>): () => Promise<TableClient>;
  ofQueue(queue: Queue): Queue;
}

export const createMortality = (death: Death | undefined): Mortality => {
  let writes = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  const counted = async <T>(write: () => Promise<T>): Promise<T> => {
    writes += 1;
    const isLast = writes === death?.write;
    if (isLast && death.when === 'before') die();
    const answer = await write();
    if (isLast) die();
    return answer;
  };
  return {
    writes: () => writes,
    ofTable(open) {
      let opened: Promise<TableClient> | undefined;
      return () => {
        opened ??= open().then((client) => {
          client.pipeline.addPolicy({
            name: 'mortality',
            sendRequest: (request, next) => (request.method === 'GET' ? next(request) : counted(() => next(request))),
          });
          return client;
        });
        return opened;
      };
    },
    ofQueue: (queue) => ({ send: (text) => counted(() => queue.send(text)) }),
  };
};
