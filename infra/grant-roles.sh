#!/usr/bin/env bash
# Gives the gateway's identity its role in Defender: Machine.Read.All of the application WindowsDefenderATP.
# Run again at will: what is there already is left as it is. It needs az, signed in, and nothing else.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/az.sh"

usage() {
  cat <<'END'
Gives the gateway's managed identity its role in Defender (Machine.Read.All of WindowsDefenderATP).

  infra/grant-roles.sh --app NAME [--group GROUP]     the identity of this function app
  infra/grant-roles.sh --principal OBJECT_ID          an identity by its object id
  infra/grant-roles.sh                                the one azd deployed (AZURE_IDENTITY_PRINCIPAL_ID)

  --cloud public|gcc|gcchigh|dod   where the tenant is (default: DEFENDER_CLOUD, else azd's, else public)
  --role NAME                      another role of WindowsDefenderATP than Machine.Read.All
  --preview --graph-role NAME      also this role of Microsoft Graph, for the preview of security states.
                                   Which one that call wants is not published.
  --dry-run                        look, and say what would be granted
  --help                           this text

Whoever runs it must be Global Administrator or Privileged Role Administrator.
END
}

# The applications by their ids, which are the same in every tenant and cloud.
defender_app=fc780465-2017-40d4-a0c5-307022471b92
graph_app=00000003-0000-0000-c000-000000000000

app='' group='' principal='' role=Machine.Read.All graph_role='' cloud=${DEFENDER_CLOUD:-}
preview=no dry_run=no

while [ $# -gt 0 ]; do
  case $1 in
    --app | --group | --principal | --role | --graph-role | --cloud)
      value_of "$@"
      case $1 in
        --app) app=$2 ;;
        --group) group=$2 ;;
        --principal) principal=$2 ;;
        --role) role=$2 ;;
        --graph-role) graph_role=$2 ;;
        --cloud) cloud=$2 ;;
      esac
      shift 2
      ;;
    --preview) preview=yes && shift ;;
    --dry-run) dry_run=yes && shift ;;
    --help | -h) usage && exit 0 ;;
    *) wrong "'$1' is not an option." ;;
  esac
done

[ -z "$app" ] || [ -z "$principal" ] || wrong 'Give --app or --principal, not both.'
[ -z "$group" ] || [ -n "$app" ] || wrong '--group goes with --app.'
[[ -z $app || $app =~ ^[A-Za-z0-9-]+$ ]] || wrong "--app '$app' is not the name of a function app: letters, digits and hyphens, without .azurewebsites.net."
[[ -z $principal || $principal =~ $guid ]] || wrong "--principal '$principal' is not an object id, such as 11111111-2222-3333-4444-555555555555."
[[ "$role$graph_role" =~ ^[A-Za-z0-9._-]+$ ]] || wrong 'A role is a name such as Machine.Read.All.'
[ $preview = no ] || [ -n "$graph_role" ] || wrong '--preview needs --graph-role NAME: which role the preview wants is not published, so it has to be named.'
[ $preview = yes ] || [ -z "$graph_role" ] || wrong '--graph-role goes with --preview.'
if [ -z "$cloud" ]; then cloud=$(azd_value DEFENDER_CLOUD); fi
cloud=${cloud:-public}
enter_cloud "$cloud"

find_by_app() {
  if [ -z "$group" ]; then
    ask resource list --name "$app" --resource-type Microsoft.Web/sites --query '[0].resourceGroup' --output tsv || stop_for_fault "Looking for $app"
    group=$answer
    [ -n "$group" ] || stop 1 "There is no function app '$app' in the subscription that az uses." \
      'Choose another (az account set --subscription NAME), or give --principal with the object id of the identity.'
  fi
  local site=(--name "$app" --resource-group "$group")
  ask functionapp config appsettings list "${site[@]}" --query "[?name=='AZURE_CLIENT_ID'].value | [0]" --output tsv || {
    is_not_found && stop 1 "There is no function app '$app' in the resource group '$group'."
    stop_for_fault "Reading the settings of $app"
  }
  if [ -n "$answer" ]; then
    local client=$answer
    principal_of_app "$client"
    principal=$answer
    [ -n "$principal" ] || stop 1 "AZURE_CLIENT_ID of $app is $client, and the tenant $tenant has no such identity." \
      'Set it to the client id of the identity that is assigned to the app.'
    return
  fi
  ask functionapp identity show "${site[@]}" --query principalId --output tsv || stop_for_fault "Reading the identity of $app"
  principal=$answer
  [ -n "$principal" ] || stop 1 "$app has no system-assigned identity, and no setting AZURE_CLIENT_ID that names another one." \
    'Set AZURE_CLIENT_ID to the client id of its user-assigned identity, or give --principal.'
}

if [ -n "$app" ]; then
  find_by_app
elif [ -z "$principal" ]; then
  principal=${AZURE_IDENTITY_PRINCIPAL_ID:-}
  if [ -z "$principal" ]; then principal=$(azd_value AZURE_IDENTITY_PRINCIPAL_ID); fi
  [[ $principal =~ $guid ]] || wrong 'Whose role? azd has deployed nothing here: give --app NAME or --principal OBJECT_ID. Who deployed it knows the id: azd env get-value AZURE_IDENTITY_PRINCIPAL_ID'
fi

if ! ask_graph "servicePrincipals/$principal?\$select=displayName" displayName; then
  is_not_found || stop_for_fault "Looking up the identity $principal"
  given=$principal
  principal_of_app "$given"
  [ -z "$answer" ] || stop 1 "$given is a client id. The object id of the same identity is $answer: give --principal $answer"
  stop 1 "The tenant $tenant has no identity with the object id $given." \
    'A new one can take a minute to show. One of another tenant never does: az login --tenant ID'
fi
echo "Tenant    $tenant ($cloud)"
echo "Identity  $answer ($principal)"

# For somebody else, who has neither this shell nor azd's environment.
same="infra/grant-roles.sh --principal $principal"
[ "$cloud" = public ] || same="$same --cloud $cloud"
[ "$role" = Machine.Read.All ] || same="$same --role $role"
[ $preview = no ] || same="$same --preview --graph-role $graph_role"

changed=no
# Grants one role unless it, or one that holds it, is there.
grant() { # application id, its name, role, a greater role or nothing
  local resource role_id greater_id='' body
  principal_of_app "$1"
  resource=$answer
  [ -n "$resource" ] || stop 1 "The tenant $tenant has no application $2 ($1): Defender for Endpoint is not set up in it." \
    'Open security.microsoft.com as its administrator once, with a licence, and wait some minutes. Or az is in another tenant: az login --tenant ID'
  local granted assignments="servicePrincipals/$principal/appRoleAssignments?\$top=999"
  ask_graph "$assignments" "value[?resourceId=='$resource'].appRoleId" || stop_for_fault 'Reading what is granted'
  granted=$answer
  role_id_of "$resource" "$3"
  role_id=$answer
  [ -n "$role_id" ] || no_such_role "$resource" "$2" "$3"
  if has_line "$granted" "$role_id"; then echo "there     $3 of $2" && return; fi
  if [ -n "$4" ]; then
    role_id_of "$resource" "$4"
    greater_id=$answer
    if [ -n "$greater_id" ] && has_line "$granted" "$greater_id"; then echo "there     $4 of $2, which holds $3" && return; fi
  fi
  if [ $dry_run = yes ]; then echo "would be  $3 of $2" && return; fi
  body="{\"principalId\":\"$principal\",\"resourceId\":\"$resource\",\"appRoleId\":\"$role_id\"}"
  if ! ask rest --method post --url "$graph/v1.0/servicePrincipals/$resource/appRoleAssignedTo" --resource "$graph/" \
    --headers Content-Type=application/json --body "$body" --output none; then
    # Somebody else was faster.
    if [[ $fault == *'already exists'* ]]; then echo "there     $3 of $2" && return; fi
    is_denied && stop 1 "This account may not grant $3 of $2. Have a Global Administrator or Privileged Role Administrator of the tenant $tenant run this, which needs az alone:" \
      "  $same" "az said: $fault"
    stop_for_fault "Granting $3 of $2"
  fi
  changed=yes
  echo "granted   $3 of $2"
}
has_line() { [[ $'\n'$1$'\n' == *$'\n'"$2"$'\n'* ]]; }
role_id_of() { # resource, role
  ask_graph "servicePrincipals/$1?\$select=appRoles" "appRoles[?value=='$2' && isEnabled && contains(allowedMemberTypes, 'Application')].id | [0]" || stop_for_fault "Looking up the role $2"
}
no_such_role() { # resource, its name, role
  ask_graph "servicePrincipals/$1?\$select=appRoles" "join(', ', sort(appRoles[?isEnabled && contains(allowedMemberTypes, 'Application')].value))" || answer=''
  stop 1 "$2 has no role $3 for applications. It has: $answer"
}

greater=''
[ "$role" != Machine.Read.All ] || greater=Machine.ReadWrite.All
grant $defender_app WindowsDefenderATP "$role" "$greater"
[ $preview = no ] || grant $graph_app 'Microsoft Graph' "$graph_role" ''

if [ $changed = yes ]; then
  cat <<'END'

A role is in tokens that are made after it was granted. Where the gateway has not asked for one yet, that is at once; else the
platform may give out the one it keeps for up to 24 hours. GET /gateway/health/permissions tells by when, and takes the newer one.
END
fi
