/** What to grant where a role is missing, by which command, and when it will show. */
import { type Advice, type App, type Case, claimsOf } from './case.ts';
import type { HeldToken } from './heldToken.ts';
import { rolesNamed, rolesThatDo } from './roles.ts';
import { showsBy } from './tokenMessage.ts';

export const missingRole = ({ call, finding, held, app }: Case): Advice => {
  const wanted = rolesNamed(finding.said?.message) ?? rolesThatDo(call).names;
  const has = claimsOf(held)?.roles ?? [];
  const later = `Tokens are cached. ${showsBy(claimsOf(held) ?? { roles: [] })}`;
  const given = has.length > 0 ? `it has ${has.join(', ')}` : 'it has none at all';
  if (call.service === 'securityStates') return missingPreviewRole(given, wanted, later, commandFor(app, held));
  const [least] = wanted;
  return {
    message: `The token has none of the roles that would do (${wanted.join(', ')}); ${given}.`,
    fix: `Grant the application role ${least} of WindowsDefenderATP to the gateway's identity: ${commandFor(app, held)}${least === 'Machine.Read.All' ? '' : ` --role ${least}`}. ${later}`,
  };
};

const missingPreviewRole = (given: string, wanted: readonly string[], later: string, command: string): Advice => ({
  message: `Graph does not let this application read the preview's security states; of Graph's roles, ${given}. ${wanted.length > 0 ? `It names ${wanted.join(', ')}` : 'Which one it wants is not published'}.`,
  fix: `Where you know the role: ${command} --preview --graph-role ${wanted[0] ?? 'NAME'}. ${later} Or set SECURITY_STATES_SOURCE=composed, which needs no role of Graph's.`,
});

/** The script finds an app by its name, and anything by the identity's object id, which the token tells. */
const commandFor = ({ name, cloud }: App, held: HeldToken): string => {
  const objectId = claimsOf(held)?.objectId;
  const who = name === undefined && objectId !== undefined ? `--principal ${objectId}` : `--app ${name ?? 'NAME'}`;
  return `infra/grant-roles.sh ${who}${cloud === 'public' ? '' : ` --cloud ${cloud}`}`;
};
