import type { Clock } from '../../../clock.ts';
import type { Invocation, InvocationResult, Invoker } from '../invoker.ts';
import type { RetryPolicy } from './retryPolicy.ts';

/**
 * Runs a function until it succeeds or its retries are used up. With a policy, every run is told which try it is.
 * The count is kept here only: it is lost with the host, as in Azure.
 *
 * @param stopping  when aborted, there is no further try
 * @returns the last outcome
 */
export const invokeWithRetries = async (
  invoker: Invoker,
  invocation: Invocation,
  policy: RetryPolicy | undefined,
  clock: Clock,
  stopping: AbortSignal,
): Promise<InvocationResult> => {
  if (!policy) return invoker.invoke(invocation);
  const { maxRetryCount } = policy;
  const waits = policy.waits();
  for (let retryCount = 0; ; retryCount++) {
    const result = await invoker.invoke({ ...invocation, retryContext: { retryCount, maxRetryCount } });
    if (result.kind === 'succeeded' || retryCount === maxRetryCount) return result;
    await clock.sleep(waits.next(false), stopping);
    if (stopping.aborted) return result;
  }
};
