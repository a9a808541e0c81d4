/** An application as Entra has it, and what it lets nobody do to one. */

export interface Entry {
  readonly id: string;
  readonly value: string | null;
  readonly isEnabled: boolean;
  readonly [word: string]: unknown;
}

export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly signInAudience: string;
  readonly tags: readonly string[];
  readonly identifierUris: readonly string[];
  readonly appRoles: readonly Entry[];
  readonly api: {
    readonly requestedAccessTokenVersion: number | null;
    readonly oauth2PermissionScopes: readonly Entry[];
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
  const isKept = (one: Entry, all: readonly Entry[]) =>
    all.some((other) => JSON.stringify(other) === JSON.stringify(one));
  if (lists.some(([old, all]) => old.some((one) => one.isEnabled && !isKept(one, all))))
    return 'Permission (scope or role) cannot be deleted or updated unless disabled first.';
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
