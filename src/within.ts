import type { Clock } from './clock.ts';

/** What `asked` gives, or the fault `late` makes where it takes longer: an answer that never comes must stop nobody for good. */
export const within = async <T>(
  clock: Pick<Clock, 'sleep'>,
  milliseconds: number,
  asked: Promise<T>,
  late: () => Error,
): Promise<T> => {
  const over = new AbortController();
  const tooLate = clock.sleep(milliseconds, over.signal).then(() => {
    if (!over.signal.aborted) throw late();
    return asked;
  });
  try {
    return await Promise.race([asked, tooLate]);
  } finally {
    over.abort('answered');
  }
};
