import type { GatewayFault } from '../gateway/askGateway.ts';

/** Codes of Node.js and of its `fetch` where there was no connection that a request could go by. */
const unconnected: readonly unknown[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** Whether what was asked for can't have been done: it went nowhere, or there were too many. Of all other faults nobody knows. */
export const isUntaken = ({ status, cause }: GatewayFault): boolean => {
  if (status !== undefined) return status === 429;
  const { code } = Object(Object(cause).cause);
  return unconnected.includes(code);
};
