import { Overtaken } from '../storage/overtaken.ts';
import type { AlertStore, Versioned } from './alertStore.ts';
import type { AlertRecord } from './record.ts';

/** Rivals for one record are few: the events of one alert that come at the same moment, and whoever enriches it. */
const mostRivals = 20;

/**
 * Changes a record, on whatever stands there.
 *
 * @param change gives the same record where there is nothing to write
 * @returns what stands there now; undefined where there is no such alert
 */
export const rewritten = async (
  store: Pick<AlertStore, 'read' | 'save'>,
  key: string,
  change: (record: AlertRecord) => AlertRecord,
): Promise<Versioned<AlertRecord> | undefined> => {
  for (let tried = 1; ; tried += 1) {
    const found = await store.read(key);
    if (!found) return undefined;
    const value = change(found.value);
    if (value === found.value) return found;
    try {
      return { value, version: await store.save(value, found.version) };
    } catch (fault) {
      if (!(fault instanceof Overtaken) || tried === mostRivals) throw fault;
    }
  }
};
