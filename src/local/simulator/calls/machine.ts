import { type Answer, found, notFound } from '../answer.ts';
import type { Call } from '../call.ts';
import { entityText } from '../rowText.ts';

/** GET /api/machines/{id}: by id or by computer name (Get machine by ID API). */
export const machine = ({ fleet, value, base }: Call): Answer => {
  const known = fleet.machine(value);
  return known
    ? found(entityText(`${base}/$metadata#Machines/$entity`, known))
    : notFound(`Machine ${value} was not found`);
};
