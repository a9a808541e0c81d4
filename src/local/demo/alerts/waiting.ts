import { systemClock } from '../../../clock.ts';
import type { Stage } from '../stage.ts';
import { resultOf, type ShownAlert, shownOf } from './alertBody.ts';

/** Seconds until an alert that went through a queue is known, and until its result is in one. */
const patienceSeconds = 30;
const pauseMs = 250;

/** An alert when it has ended, as a playbook waits for it. @throws Error when it did not come in */
export const ended = ({ ask }: Pick<Stage, 'ask'>, id: string): Promise<ShownAlert> =>
  sooner(`the alert ${id}`, async () => {
    const { body } = await ask(`/gateway/alerts/${encodeURIComponent(id)}`, { prefer: `wait=${patienceSeconds}` });
    return shownOf(body);
  });

/** The results in the queue, when there are so many. @throws Error when there never are */
export const results = ({ messages }: Pick<Stage, 'messages'>, count: number): Promise<readonly Result[]> =>
  sooner(`${count} results in the queue`, async () => {
    const found = (await messages('enriched-alerts')).map(resultOf);
    return found.length >= count ? found : undefined;
  });

export type Result = ReturnType<typeof resultOf>;

const sooner = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  const end = systemClock.monotonic() + patienceSeconds * 1000;
  while (systemClock.monotonic() < end) {
    const found = await look();
    if (found !== undefined) return found;
    await systemClock.sleep(pauseMs);
  }
  throw new Error(`${what} did not come within ${patienceSeconds} s`);
};
