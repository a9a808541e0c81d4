/** Who calls, once that is certain, and what it may do. */

/** What the gateway's application in Entra gives to callers: application roles to applications, scopes of the same names to people's. */
export const roles = ['Machines.Read', 'Alerts.Enrich', 'Gateway.Admin'] as const;

export type Role = (typeof roles)[number];

export interface CallerIdentity {
  /** As spend and caps name it: the client application's id in small letters, `key-` and twelve digits of the key's hash, or `anonymous`. */
  readonly id: string;
  /** Who alone may fetch what this caller had parked: for a person, the application and the person. */
  readonly owner: string;
  readonly roles: ReadonlySet<Role>;
  /** The object id of the person who signed in to the application, where one did. */
  readonly person?: string | undefined;
  /** The device groups (`rbacGroupId`) that it is bound to; undefined: none, it sees every machine. */
  readonly groups?: ReadonlySet<number> | undefined;
}

/** Who calls where nobody asks who it is. */
export const anonymous: CallerIdentity = { id: 'anonymous', owner: 'anonymous', roles: new Set() };
