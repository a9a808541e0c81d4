const nextLink = '@odata.nextLink';

/**
 * The same answer with its next link on our own address: only the query of Defender's link is taken over, so that neither a
 * caller nor its token is led to another host.
 *
 * @param here where the caller asked, without query: `https://gateway.example/testwdatppreview/machinesecuritystates`
 */
export const withOwnNextLink = (body: Uint8Array, here: string): Uint8Array => {
  const answer: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof answer !== 'object' || answer === null || !(nextLink in answer)) return body;
  const link = answer[nextLink];
  if (typeof link !== 'string') return body;
  const [, query = ''] = /(\?[^#]*)/.exec(link) ?? [];
  return new TextEncoder().encode(JSON.stringify({ ...answer, [nextLink]: here + query }));
};

/** How many rows a collection holds; undefined where the body is none. */
export const rowsOf = (body: Uint8Array): number | undefined => {
  const answer: unknown = JSON.parse(new TextDecoder().decode(body));
  if (typeof answer !== 'object' || answer === null || !('value' in answer)) return undefined;
  return Array.isArray(answer.value) ? answer.value.length : undefined;
};
