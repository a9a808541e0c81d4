/** The secrets that a webhook is signed with, as they are set. */

/** The key itself. */
export type WebhookSecret = Uint8Array<ArrayBuffer>;

/** Bytes of a secret ("Standard Webhooks", Signature scheme: 192 to 512 bits). */
const leastBytes = 24;
const mostBytes = 64;

/**
 * `whsec_` and base64, several separated by spaces: all of them sign, so that receivers may change from one to the next.
 *
 * @throws Error that says what is wrong with which, and how to make one, and shows nothing of it
 */
export const readWebhookSecrets = (text: string): readonly WebhookSecret[] => {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw new Error(`holds no secret: ${howTo}`);
  return words.map((word, at) => {
    const fault = faultOf(word);
    if (fault) throw new Error(`secret ${at + 1} of ${words.length} ${fault}: ${howTo}`);
    return bytesOf(word);
  });
};

const prefix = 'whsec_';
const howTo = `write ${prefix} and the base64 of ${leastBytes} to ${mostBytes} random bytes, such as the output of: echo "${prefix}$(openssl rand -base64 32)"`;

const faultOf = (word: string): string | undefined => {
  if (!word.startsWith(prefix)) return `does not begin with ${prefix}`;
  if (!/^(?:[a-z\d+/]{4})*(?:[a-z\d+/]{2}==|[a-z\d+/]{3}=)?$/i.test(word.slice(prefix.length))) {
    return `is not base64 behind ${prefix}`;
  }
  const { length } = bytesOf(word);
  return length < leastBytes || length > mostBytes ? `has ${length} bytes` : undefined;
};

const bytesOf = (word: string): WebhookSecret =>
  Uint8Array.from(atob(word.slice(prefix.length)), (character) => character.charCodeAt(0));
