/** How callers are named where spend, caps and device groups name them. Callers that share a key are one caller. */
import { hash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';

/** Whether this is how a caller is named here. */
export const isCallerId = (text: string): boolean =>
  text === 'anonymous' || keyForm.test(text) || isApplicationId(text);

/** An application's id in small letters, as the claims `appid` and `azp` have it. */
export const isApplicationId = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

/** The host takes a key from the header first, then from the query ("Work with access keys in Azure Functions"). */
export const keyIdOf = ({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): string | undefined => {
  const key = headers.get('x-functions-key') || query.get('code');
  return key ? `key-${hash('sha256', key, 'hex').slice(0, 12)}` : undefined;
};

const keyForm = /^key-[0-9a-f]{12}$/;
