import type { PriorityClass } from '../quota/priorityClass.ts';
import type { Call } from './call.ts';
import type { Defender } from './client.ts';

/** The same Defender, with each call that is sent told to whoever keeps the account. */
export const accounted = (
  defender: Defender,
  onSent: (call: Call, priority: PriorityClass) => void,
): Pick<Defender, 'ask'> => ({
  ask: (call, question, options) =>
    defender.ask(call, question, {
      ...options,
      onSent() {
        options.onSent?.();
        onSent(call, options.priority);
      },
    }),
});
