/** Somebody else wrote first: what was to be written is based on what no longer stands there. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
