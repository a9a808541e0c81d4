import { callPath, warmPath } from '../torture/callPath.ts';
import type { Send } from './callers.ts';

/** Connections that are open before the first call, so that none has to wait for one. */
const connections = 8;

/** One call to the upstream, and what a 429 says. */
export const sendTo =
  (upstream: string, place: number): Send =>
  async (priority, waitMs) => {
    const response = await fetch(upstream + callPath({ place, priority, waitMs }));
    await response.arrayBuffer();
    if (response.status !== 429) return { value: undefined };
    return { value: undefined, throttled: { retryAfterSeconds: Number(response.headers.get('retry-after')) } };
  };

export const warmUp = async (upstream: string): Promise<void> => {
  const ask = async () => (await fetch(upstream + warmPath)).arrayBuffer();
  await Promise.all(Array.from({ length: connections }, ask));
};
