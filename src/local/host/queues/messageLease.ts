/**
 * For how long a message is hidden from all others while a host works on it. The host renews it at half of that: only when the host is gone
 * is the message there again, after this time. In Azure nobody can set it.
 */
import { wholeNumber } from '../../command.ts';

/** In Azure: ten minutes ("QueueListener" of the WebJobs SDK). */
export const azureLeaseSeconds = 600;
/** Storage takes whole seconds, and half of it has to pass before the renewal. */
export const leastLeaseSeconds = 2;
/** "Get Messages": a week. */
export const mostLeaseSeconds = 7 * 24 * 3600;

export const messageLeaseOption = 'message-lease';

/** Undefined where it was not given. @throws WrongArguments */
export const messageLeaseOf = (text: string | undefined): number | undefined =>
  wholeNumber(messageLeaseOption, text, leastLeaseSeconds, mostLeaseSeconds);
