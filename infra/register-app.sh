#!/usr/bin/env bash
# Makes the application in Entra that callers of the gateway ask a token for, or brings the one that is there up to date.
# Run again at will: what is right already is left as it is. It needs az, signed in, and nothing else. There is no secret.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/az.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/texts.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/roles.sh"

usage() {
  cat <<'END'
Makes the application in Entra that callers of the gateway ask a token for: roles and scopes Machines.Read,
Alerts.Enrich and Gateway.Admin, tokens of version 2, and only for who was given a role.

  infra/register-app.sh                      the application of this azd environment, made if there is none
  --name NAME                                what it is called (default: Defender Machine Gateway)
  --client-id ID                             take this application, which is there already
  --without-az                               people may not ask for tokens with az
  --cloud public|gcc|gcchigh|dod             where the tenant is (default: DEFENDER_CLOUD, else azd's, else public)
  --help                                     this text

Whoever runs it must be Application Developer, Cloud Application Administrator or Application Administrator.
It says GATEWAY_CLIENT_ID, which infra/main.bicep wants to know, and tells azd where that is there.
END
}

name='' client=${GATEWAY_CLIENT_ID:-} cloud=${DEFENDER_CLOUD:-} with_az=yes
# The Azure CLI, in every tenant and cloud.
az_client=04b07795-8ddb-461a-bbee-02f9e1bf7b46
while [ $# -gt 0 ]; do
  case $1 in
    --name | --client-id | --cloud)
      value_of "$@"
      case $1 in
        --name) name=$2 ;;
        --client-id) client=$2 ;;
        --cloud) cloud=$2 ;;
      esac
      shift 2
      ;;
    --without-az) with_az=no && shift ;;
    --help | -h) usage && exit 0 ;;
    *) wrong "'$1' is not an option." ;;
  esac
done
# In a variable: bash on a Mac takes backslashes in it for themselves.
fit='^[A-Za-z0-9._ ()-]+$'
if [ -z "$name" ]; then name="Defender Machine Gateway${AZURE_ENV_NAME:+ ($AZURE_ENV_NAME)}"; fi
[[ $name =~ $fit ]] || wrong "--name '$name': write letters, digits, blanks and . _ - ( ) alone."
[[ -z $client || $client =~ $guid ]] || wrong "--client-id '$client' is not a client id, such as 11111111-2222-3333-4444-555555555555."
if [ -z "$cloud" ]; then cloud=$(azd_value DEFENDER_CLOUD); fi
cloud=${cloud:-public}
enter_cloud "$cloud"

# By it an application is known that this script made; another one of the same name is somebody else's.
tag=defender-machine-gateway
stop_for_denied() { # what was wanted
  local same="--name \"$name\""
  [ -z "$client" ] || same="--client-id $client"
  [ "$cloud" = public ] || same="$same --cloud $cloud"
  [ $with_az = yes ] || same="$same --without-az"
  ! is_denied || stop 1 "$1: this account may not. Have an Application Developer (Cloud Application Administrator for one that others made) of the tenant $tenant run this, which needs az alone:" \
    "  infra/register-app.sh $same" 'Then: azd env set GATEWAY_CLIENT_ID with the id that it says. Or give --client-id with an application that this account owns.' "az said: $fault"
  stop_for_fault "$1"
}

made=''
find_application() { # sets $object and $client
  local found is_ours
  if [ -n "$client" ]; then
    ask_graph "applications(appId='$client')?\$select=id" id || {
      is_not_found && stop 1 "The tenant $tenant has no application with the client id $client." \
        'An object id, or the id of another tenant? Without GATEWAY_CLIENT_ID and --client-id one is made.'
      stop_for_fault "Looking up the application $client"
    }
    object=$answer
    return
  fi
  ask_graph "applications?\$filter=displayName%20eq%20'${name// /%20}'&\$select=id,appId,tags" "value[].[appId, id, contains(tags, '$tag')]" || stop_for_fault "Looking for $name"
  found=$answer
  case $(grep -c . <<<"$found") in
    0) make_application ;;
    1)
      read -r client object is_ours <<<"$found"
      is_true "$is_ours" || stop 1 "There is an application '$name' already, $client, which this script did not make." \
        "Give --client-id $client to take it, or another --name."
      ;;
    *) stop 1 "There are several applications '$name'. Give --client-id with one of:" "$(cut -f 1 <<<"$found" | sed 's/^/  /')" ;;
  esac
}
make_application() {
  send post applications "{\"displayName\":\"$name\",\"signInAudience\":\"AzureADMyOrg\",\"tags\":[\"$tag\"],\"api\":{\"requestedAccessTokenVersion\":2}}" || stop_for_denied 'Registering the application'
  object=$answer
  made=yes
  local tries
  for tries in 1 2 3 4 5 6; do
    if ask_graph "applications/$object?\$select=appId" appId; then break; fi
    is_not_found || stop_for_fault 'Reading the application'
    [ "$tries" != 6 ] || stop 1 "The application was made, and Entra does not show it yet. Run this again in a minute."
    sleep "${PAUSE_SECONDS:-5}"
  done
  client=$answer
}

# The list as it is, with an entry more for each name that it lacks. Entries that are there stay: Entra lets nobody change one that is on.
completed() { # how it is asked for, names it has, how a twin in the other list becomes an entry, how a new one is written; sets $list
  local each entry
  ask_graph_json "applications/$object?\$select=appRoles,api" "$1" || stop_for_fault 'Reading roles and scopes'
  list=$answer
  for each in $names; do
    [[ " $2 " != *" $each "* ]] || continue
    ask_graph_json "applications/$object?\$select=appRoles,api" "${3//NAME/$each}" || stop_for_fault 'Reading roles and scopes'
    entry=$answer
    if [[ $entry != *'"id"'* ]]; then
      words_of "$each"
      entry=$("$4" "$each")
    fi
    list=$(with_entry "$list" "$entry")
  done
}
bring_up_to_date() {
  local roles scopes uris version audience secrets off people apps missing='' each list role_list
  ask_graph "applications/$object?\$select=appRoles,api,identifierUris,signInAudience,passwordCredentials" "$state" || stop_for_fault 'Reading the application'
  { read -r roles; read -r scopes; read -r uris; read -r version; read -r audience; read -r secrets; read -r off; read -r people; read -r apps; } <<<"$answer" || true
  for each in $names; do
    [[ " $roles " == *" $each "* ]] || missing="$missing role:$each"
    [[ " $scopes " == *" $each "* ]] || missing="$missing scope:$each"
  done
  if [[ " $(lower "$uris") " != *" api://$(lower "$client") "* ]]; then missing="$missing uri:api://$client" uris="$uris api://$client"; fi
  if [ "$version" != 2 ]; then missing="$missing tokens:version-2"; fi
  if [ -n "$missing" ]; then
    completed "$all_roles[].$role_fields" "$roles" "$role_of_scope" new_role
    role_list=$list
    completed "$all_scopes[].$scope_fields" "$scopes" "$scope_of_role" new_scope
    # Role and scope of one name are only taken together.
    send_to_new patch "applications/$object" "{\"appRoles\":$role_list,\"identifierUris\":$(texts "$uris"),\"api\":{\"requestedAccessTokenVersion\":2,\"oauth2PermissionScopes\":$list}}" || stop_for_denied 'Bringing the application up to date'
    for each in $missing; do echo "added        ${each/:/ }"; done
  fi
  [ $with_az = no ] || let_az_ask
  for each in $names; do
    [[ " $off " != *" $each "* ]] || echo "warning      the role $each is switched off: switch it on under App roles of the application"
    [[ " $people " != *" $each "* ]] || warn_of_members "$each" 'for people alone, and no identity and no application can be given it'
    [[ " $apps " != *" $each "* ]] || warn_of_members "$each" 'for applications alone, and no person can be given it'
  done
  [ "$audience" = AzureADMyOrg ] || echo "warning      the application is for other tenants, too ($audience): the gateway refuses their callers"
  [ "$secrets" = 0 ] || echo "warning      the application has secrets ($secrets), which the gateway does not need"
}
# Entra lets nobody change whom a role is for while it is on, and off it is in no token.
warn_of_members() { # role, for whom it is
  echo "warning      the role $1 is $2. Under App roles of the application switch it off and apply, allow 'Both' and switch it on, and apply"
}
# Else nobody could ask for a token with az: it can't be asked to consent. A person still needs a role.
let_az_ask() {
  local tries ids has each lacks='' others
  for tries in 1 2 3 4 5 6; do
    ask_graph "applications/$object?\$select=api" "$(ids_of_client "$az_client")" || stop_for_fault 'Reading the scopes'
    { read -r ids; read -r has; } <<<"$answer" || true
    set -- $ids
    if [ $# -ge 3 ]; then break; fi
    if [ "$tries" = 6 ]; then
      echo 'warning      people can not ask for tokens with az yet: Entra does not show the scopes. Run this again in a minute'
      return
    fi
    sleep "${PAUSE_SECONDS:-5}"
  done
  for each in $ids; do [[ " $has " == *" $each "* ]] || lacks="$lacks $each"; done
  [ -n "$lacks" ] || return 0
  ask_graph_json "applications/$object?\$select=api" "$clients[?appId!='$az_client'].$client_fields" || stop_for_fault 'Reading the clients'
  others=$(with_entry "$answer" "{\"appId\":\"$az_client\",\"delegatedPermissionIds\":$(texts "$has$lacks")}")
  send_to_new patch "applications/$object" "{\"api\":{\"preAuthorizedApplications\":$others}}" || stop_for_denied 'Letting people ask with az'
  echo 'added        client az, for people with a role'
}

ensure_principal() {
  local principal
  principal_of_app "$client"
  principal=$answer
  if [ -z "$principal" ]; then
    send_to_new post servicePrincipals "{\"appId\":\"$client\",\"appRoleAssignmentRequired\":true,\"tags\":[\"WindowsAzureActiveDirectoryIntegratedApp\",\"$tag\"]}" || stop_for_denied 'Making the service principal'
    echo 'added        service principal'
    return
  fi
  ask_graph "servicePrincipals/$principal?\$select=appRoleAssignmentRequired" appRoleAssignmentRequired || stop_for_fault 'Reading the service principal'
  if is_true "$answer"; then return; fi
  send patch "servicePrincipals/$principal" '{"appRoleAssignmentRequired":true}' || stop_for_denied 'Asking for a role of whoever wants a token'
  echo 'added        tokens only for who has a role'
}

find_application
echo "Tenant       $tenant ($cloud)"
echo "Application  $client ($([ -n "$made" ] && echo made || echo there))"
bring_up_to_date
ensure_principal
echo
echo "GATEWAY_CLIENT_ID=$client"
if command -v azd >/dev/null; then
  azd env set GATEWAY_CLIENT_ID "$client" >/dev/null 2>&1 || echo "azd has no environment here: azd env set GATEWAY_CLIENT_ID $client"
fi
echo "Callers ask for a token of api://$client/.default. Let them in: infra/allow-caller.sh NAME Machines.Read"
