/**
 * Alerts, what they came as, what came of them, and what is still to be delivered. The port: `tableAlertStore` in Table storage with bodies in
 * blobs, `memoryAlertStore` for tests. Each write is whole or not at all: a record never ends without its result and its deliveries.
 */
import type { Delivery, DeliveryId } from './delivery.ts';
import type { AlertRecord, AlertState } from './record.ts';

export interface AlertStore {
  /**
   * Records alerts that are new.
   *
   * @param alerts of different keys
   * @returns for each in turn, whether it was recorded now, or there was one with this key before, which stays as it is
   */
  create(alerts: readonly NewAlert[]): Promise<readonly ('created' | 'known')[]>;
  read(key: string): Promise<Versioned<AlertRecord> | undefined>;
  /**
   * @param version as it was read or written last
   * @param ending what comes with a state that is final
   * @returns the new version
   * @throws Overtaken when somebody else wrote it meanwhile, or it is gone
   */
  save(record: AlertRecord, version: string, ending?: Ending): Promise<string>;
  /** What it came as: JSON. @throws where it is gone */
  original(key: string): Promise<string>;
  /** A result: JSON, as it was saved; undefined where there is none, or it is not kept any more. */
  result(key: string, sequence: number): Promise<string | undefined>;
  /**
   * Alerts in a state: of `waiting` the oldest `due` first, of `failed` what ended first. Both are found without looking at all others.
   *
   * @param dueBefore only those with a lower `due`
   * @param after only those that stand behind this place of the same list
   */
  list(state: Extract<AlertState, 'waiting' | 'failed'>, options: AlertListOptions): Promise<readonly OpenAlert[]>;

  delivery(id: DeliveryId): Promise<Versioned<Delivery> | undefined>;
  /** @throws Overtaken as `save` does */
  saveDelivery(delivery: Delivery, version: string): Promise<string>;
  /** It was delivered. Nothing happens where it is gone. */
  removeDelivery(id: DeliveryId): Promise<void>;
  /** All that is still to be delivered of an alert, or was given up. */
  deliveriesOf(key: string): Promise<readonly Delivery[]>;
  /**
   * Deliveries that are not given up, the oldest `due` first. Where there are more than `top`, it is any of them.
   *
   * @param dueBefore only those with a lower `due`
   */
  deliveries(options: ListOptions): Promise<readonly Delivery[]>;

  /** A small fact of its own. */
  note(name: string): Promise<string | undefined>;
  keepNote(name: string, text: string): Promise<void>;

  /**
   * Removes alerts that ended before an instant, with all that is kept of them; some thousand of them at a time.
   *
   * @param part which part of them to look at: 0 to `parts - 1`
   * @param before milliseconds since 1970
   * @returns how many
   */
  prune(part: number, before: number): Promise<number>;
  readonly parts: number;
}

export interface NewAlert {
  /** Waiting. */
  readonly record: AlertRecord;
  /** JSON, of any size. */
  readonly original: string;
}

export interface Ending {
  /** JSON, of any size. */
  readonly result: string;
  readonly deliveries: readonly Delivery[];
}

export interface ListOptions {
  /** Milliseconds since 1970. */
  readonly dueBefore?: number | undefined;
  /** At most so many. */
  readonly top: number;
}

export interface AlertListOptions extends ListOptions {
  /** `OpenAlert.place` of the last one that was listed, wherever that one is meanwhile. */
  readonly after?: string | undefined;
}

export interface OpenAlert {
  /** Where it stands in its list: a text of the store's own. */
  readonly place: string;
  readonly key: string;
  readonly alertId: string;
  readonly ticket: number;
  readonly due: number;
}

export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}
