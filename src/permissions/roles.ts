/** Which application roles let a call through. */
import type { Call, Service } from '../defender/call.ts';

export interface RolesThatDo {
  /** Least privilege first; any one will do. Empty: not published. */
  readonly names: readonly string[];
  /** Who says so. */
  readonly from: string;
}

/**
 * Pages name `Machine.Read.All`, `Machine.ReadWrite.All` or both; the service takes either, as a refusal of July 2026 says ("API required roles:
 * Machine.Read.All,Machine.ReadWrite.All", Azure-Sentinel pull request 14672).
 */
const ofMachines = ['Machine.Read.All', 'Machine.ReadWrite.All'];

/** "Get Machines security states collection API" asks for "read permissions" and names none; nobody else has published one. */
const ofPreview: readonly string[] = [];

const byService: Readonly<Record<Service, readonly string[]>> = { defender: ofMachines, securityStates: ofPreview };

export const rolesThatDo = ({ service, document }: Pick<Call, 'service' | 'document'>): RolesThatDo => ({
  names: byService[service],
  from: byService[service].length > 0 ? document : `${document}: "read permissions", without a name`,
});

/** The roles that Defender itself names in a refusal; undefined where it names none. */
export const rolesNamed = (message: string | undefined): readonly string[] | undefined => {
  const [, named] = /required roles: ([\w., ]+?),? application roles:/i.exec(message ?? '') ?? [];
  const names = named?.split(/[, ]+/).filter((name) => name !== '');
  return names && names.length > 0 ? names : undefined;
};

/** Whether one of them is there; where none is published, that can't be told. */
export const hasOne = (given: readonly string[], wanted: readonly string[]): boolean | undefined =>
  wanted.length === 0 ? undefined : wanted.some((role) => given.includes(role));
