/** Counts what storage charges for: requests to the Table service. A page of a query is one, and so is a transaction of a hundred entities. */
export interface Tally {
  /** Of the index of runs, notes, leases and states; attempts that failed, too. */
  readonly tables: number;
  readonly staging: number;
  count(kind: 'tables' | 'staging'): void;
}

export const createTally = (): Tally => {
  const counted = { tables: 0, staging: 0 };
  return {
    get tables() {
      return counted.tables;
    },
    get staging() {
      return counted.staging;
    },
    count(kind) {
      counted[kind] += 1;
    },
  };
};
