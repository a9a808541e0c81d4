import type { QueueReader } from '../../storage/queueReader.ts';

const mostTaken = 32;
const mostRounds = 20;
const hiddenSeconds = 60;

/** Takes out messages that the host gave up, where the rows that they were about are found without them. @returns how many */
export const emptied = async (poison: QueueReader): Promise<number> => {
  let count = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const messages = await poison.take(mostTaken, hiddenSeconds);
    if (messages.length === 0) break;
    await Promise.all(messages.map(({ remove }) => remove()));
    count += messages.length;
  }
  return count;
};
