/** Answers with links to next pages, which are to lead to the gateway. */
import type { HttpRequest } from '@azure/functions';
import { withOwnNextLink } from '../defender/links.ts';
import type { Told } from '../machines/told.ts';

/** The same with the link to the next page on our own address. @param here the caller's address of this call, without query */
export const ledToUs = (told: Told, here: string): Told => {
  const { answer } = told;
  if (answer.kind !== 'answered' || answer.status !== 200) return told;
  try {
    return { ...told, answer: { ...answer, body: withOwnNextLink(answer.body, here) } };
  } catch (fault) {
    const reason = `Defender answered 200 with a body that can't be read: ${fault}`;
    return { ...told, answer: { kind: 'unreachable', reason } };
  }
};

/** Where a request was sent, without query. */
export const addressOf = ({ url }: Pick<HttpRequest, 'url'>): string => url.replace(/[?#].*$/, '');
