/**
 * What is overdue has lost its message, or its message waits behind many others: then one more would only make the queue longer. So long as a
 * queue is long, the sweep is slower to believe that a message is lost.
 *
 * @param usualMs how long something must be overdue where the queue is short
 * @param messages in the queue, those under work and those for later among them
 */
export const patience = (usualMs: number, messages: number): number =>
  messages > manyMessages ? usualMs * slower : usualMs;

/** Some seconds' work. */
const manyMessages = 200;
const slower = 4;
