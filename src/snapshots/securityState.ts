/**
 * The security state of a machine, in the shape that is documented for both sources ("Get Machines security states collection API").
 */
export interface SecurityState {
  /** The same as the machine's id; lower case. */
  readonly id: string;
  readonly build: number | null;
  readonly revision: number | null;
  /** As the document has it: `Amd64`, `X86`, `Arm64`. */
  readonly architecture: string | null;
  readonly osVersion: string | null;
  /** Sorted, each once. */
  readonly propertiesRequireAttention: readonly string[];
}

/** The two ways to learn of them. */
export type SourceName = 'preview' | 'composed';
