/** What stood in a queue, as bytes: as it is, or what its base64 says. Event Grid and Functions write base64, playbooks write either. */

/** @param message as the trigger gives it: a value where the text is JSON @param stored the text itself, where the platform tells it */
export const bytesOfMessage = (message: unknown, stored: unknown): Uint8Array => {
  const text = typeof stored === 'string' ? stored : typeof message === 'string' ? message : JSON.stringify(message);
  return decoded(text) ?? new TextEncoder().encode(text);
};

const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** JSON of an alert is no base64: it begins with a bracket. */
const decoded = (text: string): Uint8Array | undefined => (base64.test(text) ? Buffer.from(text, 'base64') : undefined);
