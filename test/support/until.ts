/**
 * Waits for a condition of something that runs beside the test, such as another process.
 *
 * @param what       ends the sentence "waited 10000 ms for …" of the failure
 * @param condition  asked again and again; what it throws fails the test
 * @returns what the condition gave, once that is neither `undefined` nor `false`
 */
export const until = async <T>(
  what: string,
  condition: () => T | Promise<T>,
  milliseconds = 10_000,
): Promise<Exclude<T, undefined | false>> => {
  const end = performance.now() + milliseconds;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (performance.now() >= end) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
