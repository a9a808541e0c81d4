/** What the permission doctor tells (`src/permissions/report.ts`). */
import * as z from 'zod';
import type { PermissionsReport } from '../../permissions/report.ts';
import { shown } from './shown.ts';

const instant = z.iso.datetime();
const service = z.enum(['defender', 'securityStates']);
const roles = z.array(z.string());

const verdict = z.enum([
  'ok',
  'roleMissing',
  'wrongAudience',
  'notLicensed',
  'unreachable',
  'quotaSpent',
  'quotaUnavailable',
  'identityUnavailable',
  'notServed',
  'refused',
  'notUsed',
]);

const said = z.object({
  status: shown(z.int(), 'Status', 'Of the answer.'),
  code: shown(z.string().optional(), 'Code', 'Of the error.'),
  message: shown(z.string().optional(), 'Message', 'Of the error.'),
});

// biome-ignore format: it is a table
const token = z.object({
  service: shown(service, 'Service', 'defender, or securityStates for the preview.'),
  host: shown(z.string(), 'Host', 'That it is sent to.'),
  scope: shown(z.string(), 'Scope', 'What the identity is asked for.'),
  audience: shown(z.string().optional(), 'Audience', 'What the token is for.'),
  roles: shown(roles.optional(), 'Roles', 'That the token has.'),
  issuedAt: shown(instant.optional(), 'Issued At', 'When the token was made.'),
  expiresAt: shown(instant.optional(), 'Expires At', 'When it ends.'),
  message: shown(z.string(), 'Message', 'What its age means for a role that was just granted.'),
});

// biome-ignore format: it is a table
const call = z.object({
  call: shown(z.string(), 'Call', 'Its name.'),
  request: shown(z.string(), 'Request', 'What was asked.'),
  service: shown(service, 'Service', 'defender, or securityStates for the preview.'),
  verdict: shown(verdict, 'Verdict', 'What is found, in a word.', 'important'),
  rolesThatDo: shown(roles, 'Roles That Do', 'Any one will do, least privilege first.'),
  rolesFrom: shown(z.string(), 'Roles From', 'Who says so.'),
  rolesInToken: shown(roles.optional(), 'Roles in Token', 'That the token has.'),
  scope: shown(z.string(), 'Scope', 'What the identity was asked for.'),
  audience: shown(z.string().optional(), 'Audience', 'What the token is for.'),
  said: shown(said.optional(), 'Said', 'What was answered.'),
  message: shown(z.string(), 'Message', 'What is found, in a sentence.'),
  fix: shown(z.string().optional(), 'Fix', 'What to do.', 'important'),
});

const identity = z.object({
  clientId: shown(z.string().optional(), 'Client Id', 'Of the identity, in Entra.'),
  objectId: shown(z.string().optional(), 'Object Id', 'Of the identity, in Entra.'),
  tenantId: shown(z.string().optional(), 'Tenant Id', 'That it belongs to.'),
});

const securityStates = z.object({
  source: shown(z.enum(['preview', 'composed', 'none']), 'Source', 'Where security states come from.'),
  message: shown(z.string(), 'Message', 'What that means.'),
});

// biome-ignore format: it is a table
export const permissions = z.object({
  status: shown(z.enum(['ok', 'degraded', 'failed']), 'Status', "failed: no call of Defender's works.", 'important'),
  message: shown(z.string(), 'Message', 'In a sentence.'),
  checkedAt: shown(instant, 'Checked At', 'When the calls were made.'),
  identity: shown(identity, 'Identity', 'Of the gateway, as tokens name it.'),
  securityStates: shown(securityStates, 'Security States', 'Which calls they need.'),
  tokens: shown(z.array(token), 'Tokens', 'One for each service.'),
  calls: shown(z.array(call), 'Calls', 'That the gateway makes.'),
}) satisfies z.ZodType<PermissionsReport>;
