/** Who sent it, and that nobody changed it: the signature of "Standard Webhooks" 1.0.0, which libraries for most languages check. */
import type { WebhookSecret } from './webhookSecrets.ts';

export interface SignedContent {
  /** The event's, the same at each attempt. It holds no full stop (`eventIdOf`), for that parts what is signed. */
  readonly id: string;
  /** Of the attempt: whole seconds since 1970. */
  readonly timestamp: number;
  /** To the byte as it is sent. */
  readonly body: Uint8Array;
}

/** The header `webhook-signature`: one signature for each secret, `v1` for HMAC-SHA256. */
export const signatureOf = async (content: SignedContent, secrets: readonly WebhookSecret[]): Promise<string> => {
  const signed = joined(new TextEncoder().encode(`${content.id}.${content.timestamp}.`), content.body);
  const signatures = await Promise.all(secrets.map((secret) => hmac(secret, signed)));
  return signatures.map((signature) => `v1,${signature}`).join(' ');
};

const algorithm = { name: 'HMAC', hash: 'SHA-256' };

const hmac = async (secret: WebhookSecret, signed: Uint8Array<ArrayBuffer>): Promise<string> => {
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  const bytes = new Uint8Array(await crypto.subtle.sign(algorithm, key, signed));
  return btoa(String.fromCharCode(...bytes));
};

const joined = (front: Uint8Array, back: Uint8Array): Uint8Array<ArrayBuffer> => {
  const all = new Uint8Array(front.length + back.length);
  all.set(front);
  all.set(back, front.length);
  return all;
};
