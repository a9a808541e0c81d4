/** Notes each entity group transaction that the Azure client of this process has written; those of a partition in their order. */
import { TableClient } from '@azure/data-tables';
import type { Transaction } from './messages.ts';

export interface Writes {
  /** Those since it was last asked. */
  taken(): readonly Transaction[];
}

export const recordWrites = (): Writes => {
  const { submitTransaction } = TableClient.prototype;
  let noted: Transaction[] = [];
  TableClient.prototype.submitTransaction = async function (...asked) {
    const [actions] = asked;
    const written = await submitTransaction.apply(this, asked);
    const partition = actions[0]?.[1].partitionKey ?? '';
    noted.push({ table: this.tableName, partition, entities: actions.length });
    return written;
  };
  return {
    taken() {
      const all = noted;
      noted = [];
      return all;
    },
  };
};
