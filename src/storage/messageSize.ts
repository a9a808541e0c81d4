/** In bytes of UTF-8: a queue's message is 64 KiB at most ("Queue Storage scale targets"), of which base64 leaves three quarters. */
export const mostMessageBytes = 48 * 1024;

const encoder = new TextEncoder();

/** Bytes in UTF-8. */
export const sizeOf = (text: string): number => encoder.encode(text).length;

/** @throws RangeError when no queue would take the text */
export const checkSize = (text: string): void => {
  const size = sizeOf(text);
  if (size > mostMessageBytes) {
    throw new RangeError(`a message of ${size} bytes: a queue takes ${mostMessageBytes} at most, send it in parts`);
  }
};
