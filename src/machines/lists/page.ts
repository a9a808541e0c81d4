import type { Answered } from '../../defender/answer.ts';
import { type Sliced, sliceRows } from '../../odata/collection.ts';
import type { Told } from '../told.ts';

/** Rows that Defender answered with, where they stand. */
export interface Page {
  readonly told: Told;
  readonly answered: Answered;
  readonly sliced: Sliced;
  /** That Defender gave, the caller's to see or not. */
  readonly rows: number;
  /** Defender says that there are more, with a link that is not to be followed: its second one has lost the query (microsoft-365-docs issue 8316). */
  readonly hasLink: boolean;
}

export type ReadPage =
  | { readonly kind: 'page'; readonly page: Page }
  /** 404: there are no machines. */
  | { readonly kind: 'none'; readonly answered: Answered }
  /** 200, but no list. */
  | { readonly kind: 'unreadable' }
  /** Any other answer, or none. */
  | { readonly kind: 'other' };

export const nextLink = '@odata.nextLink';

export const readPage = (told: Told): ReadPage => {
  const { answer } = told;
  if (answer.kind !== 'answered') return { kind: 'other' };
  if (answer.status === 404) return { kind: 'none', answered: answer };
  if (answer.status !== 200) return { kind: 'other' };
  const sliced = sliceRows(answer.body);
  if (sliced === undefined) return { kind: 'unreadable' };
  const hasLink = sliced.members.some(({ name }) => name === nextLink);
  const before = told.before ?? { rows: sliced.starts.length, hasLink };
  return { kind: 'page', page: { told, answered: answer, sliced, ...before } };
};

/** The same answer with another body. */
export const withBody = (told: Told, answered: Answered, body: Uint8Array, warning?: string): Told => {
  const { etag: _, ...headers } = answered.headers;
  const warnings = [answered.warning, warning].filter((each) => each !== undefined);
  const said = warnings.length > 0 ? { warning: warnings.join(' ') } : {};
  if (body === answered.body) return { ...told, answer: { ...answered, ...said } };
  return { ...told, answer: { ...answered, headers, body, ...said } };
};

/** What is told where a list was needed, and what came is none. */
export const unreadable = (told: Told, fault?: unknown): Told => ({
  ...told,
  answer: {
    kind: 'unreachable',
    reason: `Defender answered 200 with a body that is no list of machines${fault === undefined ? '' : `: ${fault}`}`,
  },
});

/** A page without rows, where Defender said 404. Its context is relative, as OData's JSON format allows: Defender's own is not known here. */
export const emptyPage = (told: Told, answered: Answered, warning?: string): Told => {
  const body = new TextEncoder().encode('{"@odata.context":"$metadata#Machines","value":[]}');
  return withBody(told, { ...answered, status: 200 }, body, warning);
};
