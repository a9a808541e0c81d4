/** Tells whoever listens at the queue `security-state-changes` of machines that newly require attention, or recovered. */
import type { Change } from '../change.ts';
import type { Run } from '../run.ts';

export interface Teller {
  /**
   * Sends what is to be told of these changes; at least once, with the same event ids each time.
   *
   * @param run with its counts: of many changes, many travel in a message
   * @returns how many messages were sent
   */
  tell(run: Run, changes: readonly Change[]): Promise<number>;
}
