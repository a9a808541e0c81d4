/** The secret that links to next pages are signed with: one for all processes, for as long as the storage is. */
export interface PageKey {
  /** At least 32 bytes. Rejects where it can't be had; asking again may help. */
  get(): Promise<Uint8Array>;
}
