/** The roles that each call asks for, where a test or a try-out wants others than the service does: to withhold a single call. */
import * as z from 'zod';
import { schemaFaults } from '../schemaFaults.ts';
import { routes } from './routes.ts';

/** By the names of the arrivals; any one of a call's roles will do, and an empty list asks for none. */
export type RequiredRoles = Readonly<Record<string, readonly string[]>>;

const usual: RequiredRoles = Object.fromEntries(routes.map(({ name, roles }) => [name, roles]));

const role = z.string().min(1);
const schema = z.strictObject(
  Object.fromEntries(routes.map(({ name, roles }) => [name, z.array(role).default([...roles])])),
);

export interface RolesSetting {
  now(): RequiredRoles;
  of(route: string): readonly string[];
  /** What is not said is as usual. */
  replace(said: RequiredRoles): void;
}

export const rolesSetting = (said: RequiredRoles = {}): RolesSetting => {
  let current = { ...usual, ...said };
  return {
    now: () => current,
    of: (route) => current[route] ?? [],
    replace(fresh) {
      current = { ...usual, ...fresh };
    },
  };
};

/** Reads `{"deviceAvInfo": ["Machine.Isolate"]}`. @throws Error that names the call */
export const readRequiredRoles = (value: unknown): RequiredRoles => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new Error(`roles: ${schemaFaults(read.error)}`);
};
