import { callPath } from '../torture/callPath.ts';
import type { Send } from './callers.ts';

/** One call to the upstream, and what a 429 says. */
export const sendTo =
  (upstream: string, place: number): Send =>
  async (priority, waitMs) => {
    const response = await fetch(upstream + callPath({ place, priority, waitMs }));
    await response.arrayBuffer();
    if (response.status !== 429) return { value: undefined };
    return { value: undefined, throttled: { retryAfterSeconds: Number(response.headers.get('retry-after')) } };
  };
