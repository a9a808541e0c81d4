/** Whether a caller may still have what it had parked: its roles, and the device groups it is bound to, may be others by now. */
import { type CallerIdentity, roles } from '../../callers/identity.ts';
import type { Problem } from '../../http/problem.ts';
import type { Operation } from '../../operations/operation.ts';
import { refusalOf } from '../permitted.ts';
import { httpTriggers } from '../triggers.ts';

export const refusalNow = ({ request, caller }: Operation, identity: CallerIdentity): Problem | undefined => {
  const trigger = httpTriggers.find(({ name }) => name === request.functionName);
  if (!trigger) return roles.every((role) => identity.roles.has(role)) ? undefined : forbidden(unknown);
  const refused = refusalOf(trigger, identity);
  if (refused) return refused;
  const isBoundAlike = inOrder(caller.groups) === inOrder(identity.groups);
  return trigger.shows === 'noMachine' || isBoundAlike ? undefined : forbidden(boundAnew(identity));
};

const inOrder = (groups: Iterable<number> | undefined): string =>
  groups === undefined ? 'all' : [...groups].sort((a, b) => a - b).join();

/** Nobody can tell what it asked for, so it is for who may do all. */
const unknown = 'This was asked of a function that this version of the gateway does not have. Ask again.';

const boundAnew = ({ id }: CallerIdentity): string =>
  `CALLER_DEVICE_GROUPS bound the caller ${id} to other device groups when it asked. Ask again.`;

const forbidden = (message: string): Problem => ({ status: 403, code: 'Forbidden', message });
