/** Texts of any size under a name. The port: `blobBodies` in Blob storage, `memoryBodies` for tests. */
export interface Bodies {
  /** What stands there is replaced. */
  put(name: string, text: string): Promise<void>;
  get(name: string): Promise<string | undefined>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}
