/**
 * Looking at alerts: how one stands and what came of it, which wait, which failed. Who waits for the end of one looks again and again, for whatever
 * ends it does so in another process.
 */
import type { Clock } from '../../clock.ts';
import { alertKeyOf } from '../alertId.ts';
import type { AlertStore } from '../alertStore.ts';
import { type AlertRecord, isFinal } from '../record.ts';
import { type AlertView, instant, viewOf } from './alertView.ts';

export interface Looking {
  /** @param id in either spelling, in any case of letters @returns undefined where there is no such alert */
  look(id: string): Promise<Looked | undefined>;
  /**
   * The same as soon as its state is final, else as it stands when the time is over; one that is not known is not waited for.
   *
   * @param waitMs milliseconds; 0 is `look`
   */
  untilFinal(id: string, waitMs: number): Promise<Looked | undefined>;
  /**
   * Those that wait, the next to be tried first; or those that failed, what ended first before others.
   *
   * @param top at most so many
   * @param after behind this place of the same list: `next` of the page before
   */
  list(state: ListedState, top: number, after?: string): Promise<ListedPage>;
}

export interface ListedPage {
  readonly alerts: readonly ListedAlert[];
  /** Where the next page begins; undefined where there is none. */
  readonly next?: string | undefined;
}

export interface Looked {
  readonly view: AlertView;
  /**
   * The event, whole, as it was made: JSON. While the alert waits to be made anew it is the one before, told by its `sequence`: who was sent a
   * claim finds it all the same.
   */
  readonly result?: string | undefined;
}

export const listedStates = ['waiting', 'failed'] as const;
export type ListedState = (typeof listedStates)[number];

export type ListedAlert = Pick<AlertView, 'alertId' | 'nextTry'> & { readonly state: ListedState };

/** Between two looks: soon at first, as most alerts take less than a second, then ever less often. */
const firstPauseMs = 200;
const mostPauseMs = 2000;
const growth = 1.5;

export const createLooking = ({ store, clock }: { readonly store: AlertStore; readonly clock: Clock }): Looking => {
  const untilFinal: Looking['untilFinal'] = async (id, waitMs) => {
    const record = await finalRecord(store, clock, alertKeyOf(id), waitMs);
    return record && whole(store, record);
  };
  return {
    look: (id) => untilFinal(id, 0),
    untilFinal,
    async list(state, top, after) {
      const open = await store.list(state, { top: top + 1, after });
      const alerts = open.slice(0, top).map(({ alertId, due }) => ({
        alertId,
        state,
        nextTry: state === 'waiting' ? instant(due) : undefined,
      }));
      return open.length <= top ? { alerts } : { alerts, next: open[top - 1]?.place };
    },
  };
};

const finalRecord = async (
  store: Pick<AlertStore, 'read'>,
  clock: Clock,
  key: string,
  waitMs: number,
): Promise<AlertRecord | undefined> => {
  const until = clock.monotonic() + waitMs;
  for (let pause = firstPauseMs; ; pause = Math.min(mostPauseMs, pause * growth)) {
    const found = await store.read(key);
    const left = until - clock.monotonic();
    if (!found || isFinal(found.value) || left <= 0) return found?.value;
    await clock.sleep(Math.min(pause, left));
  }
};

const whole = async (store: AlertStore, record: AlertRecord): Promise<Looked> => {
  const { key, sequence } = record;
  const lastResult = isFinal(record) ? sequence : sequence - 1;
  if (lastResult < 1) return { view: viewOf(record, []) };
  const [deliveries, result] = await Promise.all([store.deliveriesOf(key), store.result(key, lastResult)]);
  return { view: viewOf(record, deliveries), result };
};
