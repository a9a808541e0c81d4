/** Reads a body whole, and no more than `mostBytes` of it. @throws BodyTooLarge, or what the connection throws */
export const readBody = async (response: Response, mostBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > mostBytes) {
      throw new BodyTooLarge(`the answer is larger than ${mostBytes} bytes; ask for fewer rows with $top`);
    }
    chunks.push(chunk);
  }
  return joined(chunks, length);
};

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** Whether this can be an answer of the API, by its type and its first and last characters: it is not parsed. */
export const looksLikeJson = (contentType: string | null, body: Uint8Array): boolean => {
  if (!contentType?.toLowerCase().includes('json')) return false;
  const ends = new TextDecoder().decode(body.subarray(0, 64)).trimStart().at(0) ?? '';
  const last = new TextDecoder().decode(body.subarray(-64)).trimEnd().at(-1) ?? '';
  return ['{}', '[]'].includes(ends + last);
};

const joined = (chunks: readonly Uint8Array[], length: number): Uint8Array => {
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
};
