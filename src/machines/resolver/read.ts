/** A value that a caller wrote, read; or what is wrong with it, to be put behind its name. */
export type Read<T> = { readonly kind: 'value'; readonly value: T } | WrongValue;

export interface WrongValue {
  readonly kind: 'wrong';
  /** One of Defender's codes ("Common REST API error codes"). */
  readonly code: string;
  readonly message: string;
}

export const wrong = (message: string, code = 'InvalidInput'): WrongValue => ({ kind: 'wrong', code, message });
