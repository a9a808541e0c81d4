import { type CallerIdentity, roles } from '../../src/callers/identity.ts';

/** A caller with a key: it may do all that keys are for. */
export const withKey: CallerIdentity = {
  id: 'key-0a1b2c3d4e5f',
  owner: 'key-0a1b2c3d4e5f',
  roles: new Set(roles),
};
