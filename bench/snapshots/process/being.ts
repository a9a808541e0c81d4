/** One process of the bench, from within: it hears its parent, tells it what failed, and ends with it. */
import type { Failed } from './messages.ts';

/** @param hear what a message comes to; it is told to the parent @param end what has to be ended before the process is */
export const being = <To extends { readonly kind: string }, From extends { readonly kind: string }>(
  hear: (message: Exclude<To, { kind: 'end' }>) => Promise<From>,
  end: () => Promise<void>,
): { tell(message: From | Failed): void } => {
  const tell = (message: From | Failed) => {
    if (process.connected) process.send?.(message, () => undefined);
  };
  const over = async () => {
    await end().catch(() => undefined);
    process.exit();
  };
  process.on('message', (message: To) => {
    if (message.kind === 'end') return void over();
    hear(message as Exclude<To, { kind: 'end' }>).then(tell, (error: Error) =>
      tell({ kind: 'failed', message: error.stack ?? error.message }),
    );
  });
  process.on('disconnect', () => void over());
  // A Ctrl-C in the terminal is for the parent, which ends this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  return { tell };
};
