/** What may go wrong between the gateway and the table service, request by request. */
import { RestError, type TableClient } from '@azure/data-tables';
import { type Clock, systemClock } from '../../../../src/clock.ts';

type Pipeline = TableClient['pipeline'];
type Policy = Parameters<Pipeline['addPolicy']>[0];
type Response = ReturnType<Policy['sendRequest']>;

/** What becomes of a request. */
export type Fate = (send: () => Response) => Response;

export const passes: Fate = (send) => send();

/** It never arrives. */
export const isReset: Fate = async () => {
  throw new RestError('read ECONNRESET', { code: 'ECONNRESET' });
};

export const isTurnedAway: Fate = async () => {
  throw new RestError('The server is busy', { statusCode: 503 });
};

/** It is done, and nobody hears of it. */
export const isLost: Fate = async (send) => {
  await send();
  throw new RestError('socket hang up', { code: 'ECONNRESET' });
};

export interface Wire {
  readonly table: () => Promise<TableClient>;
  /** What becomes of the next requests; those after them pass. */
  next(...fates: readonly Fate[]): void;
}

export const wire = (connect: () => Promise<TableClient>): Wire => {
  const fates: Fate[] = [];
  let client: Promise<TableClient> | undefined;
  const connected = async () => {
    const made = await connect();
    const sendRequest: Policy['sendRequest'] = (request, next) => (fates.shift() ?? passes)(() => next(request));
    made.pipeline.addPolicy({ name: 'fates', sendRequest });
    return made;
  };
  return {
    table() {
      client ??= connected();
      return client;
    },
    next: (...more) => {
      fates.push(...more);
    },
  };
};

/** Nobody waits. */
export const hasty: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) =>
    milliseconds > 10_000 ? systemClock.sleep(milliseconds, signal) : Promise.resolve(),
};
