/** An application as Entra has it, and what it lets nobody do to one. */

export interface Entry {
  readonly id: string;
  readonly value: string | null;
  readonly isEnabled: boolean;
  readonly [word: string]: unknown;
}
export interface Role extends Entry {
  readonly allowedMemberTypes: readonly string[];
}

/** One that may ask for scopes without anybody's consent. */
export interface Client {
  readonly appId: string;
  readonly delegatedPermissionIds: readonly string[];
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly signInAudience: string;
  readonly tags: readonly string[];
  readonly identifierUris: readonly string[];
  readonly appRoles: readonly Role[];
  readonly api: {
    readonly requestedAccessTokenVersion: number | null;
    readonly oauth2PermissionScopes: readonly Entry[];
    readonly preAuthorizedApplications?: readonly Client[];
  };
  readonly passwordCredentials: readonly object[];
}

/** What is on can be neither left out nor changed, and a role and a scope of one value are one. As seen in azure-docs issue 81899. */
export const changeFault = (before: Application, after: Application): string | undefined => {
  const scopes = after.api.oauth2PermissionScopes;
  const lists = [
    [before.appRoles, after.appRoles],
    [before.api.oauth2PermissionScopes, scopes],
  ] as const;
  const isKept = (one: Entry, all: readonly Entry[]) => all.some((other) => isSame(one, other));
  // "Must not be included in any POST or PATCH requests" (appRole resource type).
  if (after.appRoles.some((role) => 'origin' in role)) return "Property 'origin' is read-only.";
  if (lists.some(([old, all]) => old.some((one) => one.isEnabled && !isKept(one, all))))
    return 'Permission (scope or role) cannot be deleted or updated unless disabled first.';
  const known = new Set(before.api.oauth2PermissionScopes.map(({ id }) => id));
  const asked = after.api.preAuthorizedApplications ?? [];
  if (asked.some(({ delegatedPermissionIds: ids }) => ids.some((id) => !known.has(id))))
    return 'Property api.preAuthorizedApplications references a permission that is not known.';
  for (const role of after.appRoles) {
    const twin = scopes.find(({ value }) => value === role.value);
    if (twin && twin.id !== role.id) return 'It contains duplicate value. Please Provide unique value.';
    if (
      twin &&
      (twin.adminConsentDescription !== role.description ||
        twin.adminConsentDisplayName !== role.displayName ||
        twin.isEnabled !== role.isEnabled)
    )
      return "The following values must match for the 'oauth2Permissions' and 'appRoles' properties";
  }
  return undefined;
};

const isSame = (one: Entry, other: Entry): boolean =>
  Object.keys({ ...one, ...other }).every(
    (key) => JSON.stringify(one[key] ?? null) === JSON.stringify(other[key] ?? null),
  );
