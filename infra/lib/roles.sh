# The roles and scopes of the gateway's application in Entra, and how they are asked for and written. Sourced by register-app.sh.

# Ids of roles are the same in every tenant. A role and a scope of one name must have one id and the same words in Entra.
names='Machines.Read Alerts.Enrich Gateway.Admin'
words_of() { # name; sets $role_id and $words
  case $1 in
    Machines.Read) role_id=6b1f8a52-3c0d-4a57-9d3e-2f6f0c1a7e01 words='Read machines, their security states and snapshots, and look machines up.' ;;
    Alerts.Enrich) role_id=6b1f8a52-3c0d-4a57-9d3e-2f6f0c1a7e02 words='Send alerts to be enriched with their machine, and read and replay them.' ;;
    Gateway.Admin) role_id=6b1f8a52-3c0d-4a57-9d3e-2f6f0c1a7e03 words='See what the gateway may do in Defender, and what it lacks.' ;;
  esac
}
members='["Application","User"]'
new_role() {
  printf '{"id":"%s","value":"%s","displayName":"%s","description":"%s","isEnabled":true,"allowedMemberTypes":%s}' "$role_id" "$1" "$1" "$words" "$members"
}
new_scope() {
  printf '{"id":"%s","value":"%s","adminConsentDisplayName":"%s","adminConsentDescription":"%s","isEnabled":true,"type":"Admin"}' "$role_id" "$1" "$1" "$words"
}

# What Entra takes of an entry, which is less than it gives: a role's `origin` is only for reading.
role_fields='{id: id, value: value, displayName: displayName, description: description, isEnabled: isEnabled, allowedMemberTypes: allowedMemberTypes}'
scope_fields='{id: id, value: value, adminConsentDisplayName: adminConsentDisplayName, adminConsentDescription: adminConsentDescription, userConsentDisplayName: userConsentDisplayName, userConsentDescription: userConsentDescription, isEnabled: isEnabled, type: type}'
client_fields='{appId: appId, delegatedPermissionIds: delegatedPermissionIds}'

# What there is, a line each, and how a role and a scope become each other.
all_roles="(appRoles || \`[]\`)"
all_scopes="(api.oauth2PermissionScopes || \`[]\`)"
clients="(api.preAuthorizedApplications || \`[]\`)"
not_for() { # Application or User
  printf "join(' ', %s[?value && !contains(allowedMemberTypes || \`[]\`, '%s')].value)" "$all_roles" "$1"
}
state="[join(' ', $all_roles[?value].value), join(' ', $all_scopes[?value].value), join(' ', identifierUris || \`[]\`), to_string(api.requestedAccessTokenVersion), signInAudience, to_string(length(passwordCredentials || \`[]\`)), join(' ', $all_roles[?value && !isEnabled].value), $(not_for Application), $(not_for User)]"
role_of_scope="$all_scopes[?value=='NAME'] | [0].{id: id, value: value, displayName: adminConsentDisplayName, description: adminConsentDescription, isEnabled: isEnabled, allowedMemberTypes: \`$members\`}"
scope_of_role="$all_roles[?value=='NAME'] | [0].{id: id, value: value, adminConsentDisplayName: displayName, adminConsentDescription: description, isEnabled: isEnabled, type: 'Admin'}"
# The ids of the gateway's scopes, and of those that a client may ask for without anybody's consent.
ids_of_client() { # client id
  printf "[join(' ', %s[?value=='Machines.Read' || value=='Alerts.Enrich' || value=='Gateway.Admin'].id), join(' ', (%s[?appId=='%s'] | [0].delegatedPermissionIds) || \`[]\`)]" "$all_scopes" "$clients" "$1"
}
