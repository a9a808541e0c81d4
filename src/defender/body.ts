/** Whether this can be an answer of the API, by its type and its first and last characters: it is not parsed. */
export const looksLikeJson = (contentType: string | null, body: Uint8Array): boolean => {
  if (!contentType?.toLowerCase().includes('json')) return false;
  const ends = new TextDecoder().decode(body.subarray(0, 64)).trimStart().at(0) ?? '';
  const last = new TextDecoder().decode(body.subarray(-64)).trimEnd().at(-1) ?? '';
  return ['{}', '[]'].includes(ends + last);
};
