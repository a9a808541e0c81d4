import { type PathValue, segment } from '../pathValue.ts';

/**
 * The name that Defender knows a user by: `user1` of `user1`, `user1@contoso.com` or `CONTOSO\user1`.
 * Source: "Get user-related machines API" (the id is not the full UPN, only the user name).
 */
export const userName: PathValue = (written) => {
  const withoutDomain = written.slice(written.lastIndexOf('\\') + 1);
  const at = withoutDomain.lastIndexOf('@');
  if (withoutDomain === '' && written !== '') {
    return {
      kind: 'wrong',
      code: 'InvalidInput',
      message: `${JSON.stringify(written)} can't be a user name: it is empty behind the domain`,
    };
  }
  return segment('a user name', at > 0 ? withoutDomain.slice(0, at) : withoutDomain);
};
