import type { Operation } from '../operation.ts';

/** What a question was answered with. */
export interface OperationReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** `busy`: this process has enough to do with others; it is to be tried a little later. */
export type Tried = { readonly kind: 'answered'; readonly reply: OperationReply } | { readonly kind: 'busy' };

/** Asks the function of an operation, in the name of its caller. @param waitSeconds that it may wait @throws whatever the gateway can't foresee */
export type AskOperation = (operation: Operation, waitSeconds: number) => Promise<Tried>;
