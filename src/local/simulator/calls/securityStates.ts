import { type Answer, found, refusal } from '../answer.ts';
import type { Call } from '../call.ts';
import { collectionText } from '../rowText.ts';

/**
 * GET /testwdatppreview/machinesecuritystates (Get Machines security states collection API): pages by an opaque
 * `$skiptoken`; `@odata.count` is the whole.
 */
export const securityStates = ({ fleet, query, base, paging }: Call): Answer => {
  const token = query.find(({ name }) => name === '$skiptoken')?.value;
  const from = token === undefined ? 0 : offsetOf(token);
  if (from === undefined) return refusal(400, 'BadRequest', 'The $skiptoken is not valid');
  const all = fleet.securityStates();
  const next = from + paging.securityStates;
  const more = next < all.length;
  return found(
    collectionText({
      context: `${base}/$metadata#MachineSecurityStates`,
      count: all.length,
      rows: all.slice(from, next).map((row) => JSON.stringify(row)),
      nextLink: more ? `${base}/machinesecuritystates?$skiptoken=${tokenOf(next)}` : undefined,
    }),
  );
};

const tokenOf = (offset: number): string => Buffer.from(`states:${offset}`).toString('base64url');

const offsetOf = (token: string): number | undefined => {
  const [, offset] = /^states:(\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  return offset === undefined ? undefined : Number(offset);
};
