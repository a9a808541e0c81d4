/** Alerts made to begin anew. */
export interface Replay {
  /**
   * One that has ended begins anew, and has another result; one that waits is tried at once.
   *
   * @returns undefined where the alert is not known
   */
  replay(key: string): Promise<'replayed' | 'hurried' | undefined>;
}
