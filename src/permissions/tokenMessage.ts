/** What a token's age means for whoever has just granted a role, in a sentence. */
import type { HeldToken, Newer } from './heldToken.ts';
import { minuteOf, type TokenClaims } from './tokenClaims.ts';

export const tokenMessage = (held: HeldToken): string => {
  if (held.kind === 'none') return `The managed identity gave no token: ${held.reason}`;
  const { claims, newer } = held;
  if (!claims) return "The token can't be read: it is no JSON web token.";
  switch (newer.kind) {
    case 'notAsked':
      return `${lifeOf(claims)} It has the roles that are needed.`;
    case 'noMore':
      return `${lifeOf(claims)} The platform has none with more roles. ${showsBy(claims)}`;
    case 'notToBeHad':
      return `${lifeOf(claims)} Whether the platform has one with more roles can't be told: ${newer.reason}. ${showsBy(claims)}`;
    case 'taken':
      return granted(newer);
  }
};

/** When a role that was granted meanwhile is in a token. */
export const showsBy = ({ issuedAt, expiresAt }: TokenClaims): string => {
  const end = expiresAt === undefined ? 'with the next token' : `at ${minuteOf(expiresAt)} at the latest`;
  const since = issuedAt === undefined ? 'lately' : `after ${minuteOf(issuedAt)}, when this token was made`;
  return `If a role was granted ${since}, it shows ${end}: the platform keeps tokens until they end.`;
};

const granted = ({ gained, before }: Newer & { readonly kind: 'taken' }): string => {
  const made = before.issuedAt === undefined ? '' : ` of ${minuteOf(before.issuedAt)}`;
  const end = before.expiresAt === undefined ? 'when theirs end' : `at ${minuteOf(before.expiresAt)} at the latest`;
  return `${gained.join(', ')} was granted, but the token${made} that was in use is older. This process uses the newer one from now on; others do ${end}, or at once when the app is restarted.`;
};

const lifeOf = ({ issuedAt, expiresAt }: TokenClaims): string => {
  const made = issuedAt === undefined ? 'The token' : `The token was made ${minuteOf(issuedAt)} and`;
  return expiresAt === undefined ? `${made} does not say when it ends.` : `${made} ends ${minuteOf(expiresAt)}.`;
};
