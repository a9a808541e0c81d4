/** Why a question about snapshots is not answered: what is wrong, and what can be asked instead. */
export interface Refusal {
  readonly kind: 'refused';
  /** 404: there is no such thing. 409: not yet. 410: no longer. */
  readonly status: 400 | 404 | 409 | 410;
  /** One of Defender's codes where one fits ("Common REST API error codes"). */
  readonly code: string;
  readonly message: string;
}

const codes = { 400: 'InvalidInput', 404: 'ResourceNotFound', 409: 'Conflict', 410: 'Gone' } as const;

export const refused = (status: Refusal['status'], message: string): Refusal => ({
  kind: 'refused',
  status,
  code: codes[status],
  message,
});

/** In quotes, and not too long. */
export const shown = (text: string): string => `'${text.length > 60 ? `${text.slice(0, 57)}...` : text}'`;

/** A position that this service did not write; whoever passes positions on as they are never meets it. */
export const lostPlace = (): Refusal =>
  refused(400, "$skiptoken: it leads nowhere. Follow '@odata.nextLink' as it is, or begin again without it");
