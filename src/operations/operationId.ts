/** Ids of operations: 128 random bits in 32 hexadecimal digits, for whoever guesses one could only ever learn that it is there. */

export const newOperationId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const isOperationId = (text: string): boolean => /^[0-9a-f]{32}$/.test(text);
