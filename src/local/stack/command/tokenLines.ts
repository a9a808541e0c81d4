/** How to get tokens of a stack's issuer, as lines for a shell: `$T` is a playbook's from then on, `$A` an administrator's. */
import type { RunningIssuer } from '../../entra/issuer.ts';
import { admin, playbook } from '../exampleCallers.ts';

/** What shows who calls, as curl takes it. */
export const tokenCredential = (variable: 'T' | 'A'): string => `-H "authorization: Bearer $${variable}"`;

export const tokenLines = (issuer: RunningIssuer): readonly string[] => [
  tokenLine('T', playbook, issuer),
  tokenLine('A', admin, issuer),
];

const tokenLine = (
  variable: 'T' | 'A',
  { id, secret, roles }: { readonly id: string; readonly secret: string; readonly roles: readonly string[] },
  { tokenUrl, audience }: RunningIssuer,
): string => {
  const fields = ['grant_type=client_credentials', `client_id=${id}`, `client_secret=${secret}`];
  const form = [...fields, `scope=${audience.uri}/.default`].map((field) => `-d ${field}`).join(' ');
  return `${variable}=$(curl -s ${form} ${tokenUrl} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')  # ${roles.join(', ')}`;
};
