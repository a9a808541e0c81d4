/** Notes each entity group transaction that the Azure client of this process writes, as it begins; those that fail are struck out. */
import { TableClient } from '@azure/data-tables';
import type { Transaction } from './messages.ts';

export interface Writes {
  /** Those since it was last asked. */
  taken(): readonly Transaction[];
}

export const recordWrites = (): Writes => {
  const { submitTransaction } = TableClient.prototype;
  let noted = new Set<Transaction>();
  TableClient.prototype.submitTransaction = async function (...asked) {
    const [actions] = asked;
    const partition = actions[0]?.[1].partitionKey ?? '';
    const transaction = { table: this.tableName, partition, entities: actions.length };
    noted.add(transaction);
    try {
      return await submitTransaction.apply(this, asked);
    } catch (fault) {
      noted.delete(transaction);
      throw fault;
    }
  };
  return {
    taken() {
      const all = [...noted];
      noted = new Set();
      return all;
    },
  };
};
