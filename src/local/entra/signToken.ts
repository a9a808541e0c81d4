import { createHmac, type KeyObject, sign } from 'node:crypto';

/** What signs a token: a private RSA key (RS256), a shared secret (HS256), or nothing (`none`). */
export type Signer =
  | { readonly kind: 'rsa'; readonly key: KeyObject }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'nothing' };

/** A JSON web token in its compact form (RFC 7515), with whatever header: the stand-in makes wrong ones too. */
export const signToken = (header: object, claims: object, signer: Signer): string => {
  const signed = `${encoded(header)}.${encoded(claims)}`;
  return `${signed}.${signature(signed, signer)}`;
};

const signature = (text: string, signer: Signer): string => {
  switch (signer.kind) {
    case 'rsa':
      return sign('sha256', Buffer.from(text), signer.key).toString('base64url');
    case 'secret':
      return createHmac('sha256', signer.secret).update(text).digest('base64url');
    case 'nothing':
      return '';
  }
};

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
