import { systemClock } from '../../clock.ts';

/**
 * Waits until something answers at an address, with whatever status.
 *
 * @throws Error after `milliseconds`, naming the part and what happened last
 */
export const untilAnswers = async (part: string, url: string, milliseconds = 10_000): Promise<void> => {
  const end = systemClock.monotonic() + milliseconds;
  for (;;) {
    const fault = await faultOf(url);
    if (fault === undefined) return;
    if (systemClock.monotonic() > end) throw new Error(`${part} does not answer at ${url}: ${fault}`);
    await systemClock.sleep(25);
  }
};

const faultOf = async (url: string): Promise<string | undefined> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return undefined;
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
};
