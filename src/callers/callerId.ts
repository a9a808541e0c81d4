/** How callers are named where spend, caps and device groups name them. Callers that share a key are one caller. */
import { hash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';

/** Whether this is how a caller is named here. */
export const isCallerId = (text: string): boolean =>
  text === 'anonymous' || keyForm.test(text) || isApplicationId(text);

/** An application's id in small letters, as the claims `appid` and `azp` have it. */
export const isApplicationId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/**
 * The key that the host has checked: the header's, else that of the query, whose name it reads in any case of letters ("Work with access keys in
 * Azure Functions"). Of several it takes the first, and nobody behind it can tell which that was: so several are none.
 */
export const keyIdOf = ({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): string | undefined => {
  const header = headers.get('x-functions-key');
  const sent = header === null ? [...query].filter(([name]) => name.toLowerCase() === 'code') : [['', header]];
  const [[, key] = []] = sent;
  if (!key || sent.length > 1 || key.includes(',')) return undefined;
  return `key-${hash('sha256', key, 'hex').slice(0, 12)}`;
};

const keyForm = /^key-[0-9a-f]{12}$/;
