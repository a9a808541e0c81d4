/** Who may do what, asked before each function, alone, in a batch or parked: by the caller's roles, and by the device groups it is bound to. */
import { mayCall } from '../callers/access.ts';
import type { CallerIdentity } from '../callers/identity.ts';
import { callerHeaders, readCaller } from '../http/caller.ts';
import { type Problem, problemResponse } from '../http/problem.ts';
import { withHeaders } from '../http/reply.ts';
import type { HttpFunction } from './services.ts';
import type { HttpTrigger } from './triggers.ts';

export const permitted = (asks: HttpFunction): HttpFunction => ({
  ...asks,
  async handler(request, context, identity) {
    const refused = refusalOf(asks, identity);
    if (!refused) return asks.handler(request, context, identity);
    const caller = readCaller(request);
    return withHeaders(problemResponse(refused, caller.requestId), callerHeaders(caller));
  },
});

/** Why a caller may not call, if so. */
export const refusalOf = (trigger: HttpTrigger, identity: CallerIdentity): Problem | undefined => {
  if (!mayCall(trigger.access, identity)) return withoutRole(trigger, identity);
  const { groups, id } = identity;
  if (groups === undefined || trigger.shows === 'noMachine') return undefined;
  if (groups.size === 0)
    return forbidden(`CALLER_DEVICE_GROUPS leaves the caller ${id} no group that both application and person may see.`);
  return trigger.shows === 'everyMachine' ? withoutGroups(identity) : undefined;
};

const withoutRole = ({ access }: HttpTrigger, { id, roles, person }: CallerIdentity): Problem => {
  const wanted = [access].flat().join(' or ');
  const has = roles.size > 0 ? `has ${[...roles].join(', ')}` : 'has none';
  const needs =
    person === undefined
      ? 'Give it the role with infra/allow-caller.sh'
      : `Through an application a person needs the scope ${wanted}, which the application asks for and an administrator consents to, and the role of the same name, with infra/allow-caller.sh, where people need one`;
  return forbidden(
    `This address asks for the role ${wanted}, and the caller ${id} ${has}. ${needs}; a new token has it, and old ones live for up to a day.`,
  );
};

const withoutGroups = ({ id }: CallerIdentity): Problem =>
  forbidden(
    `CALLER_DEVICE_GROUPS binds the caller ${id} to device groups, and what this address shows does not tell of which group a machine is. Ask /api/machines instead.`,
  );

const forbidden = (message: string): Problem => ({ status: 403, code: 'Forbidden', message });
