/** Who may call an address, and what Azure is told of it. */
import { type CallerIdentity, type Role, roles } from './identity.ts';

/**
 * Anybody; whoever has a key of the function, whatever other callers have to show; or whoever has one of these roles: in a token, or, where
 * callers are known by keys, any key of the function.
 */
export type Access = 'open' | 'key' | readonly [Role, ...Role[]];

/** How callers are known: by Entra's tokens, or by the function's keys. */
export type CallerAuth = 'entra' | 'key';

/** Whoever has a role at all. */
export const anyRole: Access = roles;

/** The host asks for a key, or for nothing where the token is checked here. */
export const authLevelOf = (access: Access, callerAuth: CallerAuth): 'anonymous' | 'function' => {
  if (access === 'open') return 'anonymous';
  return access === 'key' || callerAuth === 'key' ? 'function' : 'anonymous';
};

export const mayCall = (access: Access, { roles: given }: Pick<CallerIdentity, 'roles'>): boolean =>
  typeof access === 'string' || access.some((role) => given.has(role));
