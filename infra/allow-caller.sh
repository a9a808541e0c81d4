#!/usr/bin/env bash
# Gives a caller of the gateway its roles: a managed identity (of a Logic App, say), an application, or a person.
# Run again at will: what is there already is left as it is. It needs az, signed in, and nothing else.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/az.sh"
. "$(dirname "${BASH_SOURCE[0]}")/lib/texts.sh"

usage() {
  cat <<'END'
Gives callers of the gateway their roles, and takes them away.

  infra/allow-caller.sh WHO ROLE...            such as: infra/allow-caller.sh isolate-machine Machines.Read
  infra/allow-caller.sh --remove WHO [ROLE...] these roles of it, or all
  infra/allow-caller.sh --list                 who has what

WHO is the name of a Logic App with an identity, of another managed identity or of an application; its object id
or client id; or a person, as user@contoso.com. Roles: Machines.Read, Alerts.Enrich, Gateway.Admin.

  --app CLIENT_ID                  the gateway's application (default: GATEWAY_CLIENT_ID, else azd's)
  --cloud public|gcc|gcchigh|dod   where the tenant is (default: DEFENDER_CLOUD, else azd's, else public)
  --help                           this text

Whoever runs it must be Cloud Application Administrator, Application Administrator, or owner of the application.
END
}

action=add app=${GATEWAY_CLIENT_ID:-} cloud=${DEFENDER_CLOUD:-} words=()
while [ $# -gt 0 ]; do
  case $1 in
    --app | --cloud)
      value_of "$@"
      if [ "$1" = --app ]; then app=$2; else cloud=$2; fi
      shift 2
      ;;
    --remove) action=remove && shift ;;
    --list) action=list && shift ;;
    --help | -h) usage && exit 0 ;;
    -*) wrong "'$1' is not an option." ;;
    *) words+=("$1") && shift ;;
  esac
done
who=${words[0]:-} wanted=()
if [ ${#words[@]} -gt 1 ]; then wanted=("${words[@]:1}"); fi
case $action in
  list) [ -z "$who" ] || wrong "--list lists everybody; '$who' is too much." ;;
  remove) [ -n "$who" ] || wrong 'Whose role? --remove WHO [ROLE...]' ;;
  add) [ -n "$who" ] && [ ${#wanted[@]} -gt 0 ] || wrong 'Who may do what? WHO ROLE...' ;;
esac
[[ $who != *[\"\\]* ]] || wrong "'$who' is no name."
if [ -z "$app" ]; then app=$(azd_value GATEWAY_CLIENT_ID); fi
[ -n "$app" ] || wrong 'Which gateway? Give --app with the client id that infra/register-app.sh said.'
[[ $app =~ $guid ]] || wrong "--app '$app' is not a client id, such as 11111111-2222-3333-4444-555555555555."
if [ -z "$cloud" ]; then cloud=$(azd_value DEFENDER_CLOUD); fi
cloud=${cloud:-public}
enter_cloud "$cloud"

principal_of_app "$app"
resource=$answer
[ -n "$resource" ] || stop 1 "The tenant $tenant has no application $app." \
  'Make it with infra/register-app.sh, or sign in to the tenant that it is in: az login --tenant ID'

ask_graph "servicePrincipals/$resource?\$select=appRoles" "appRoles[?isEnabled && value].[id, value, join(' ', allowedMemberTypes)]" || stop_for_fault 'Reading the roles'
roles=$answer
id_of() { awk -F '\t' -v name="$1" '$2 == name { print $1 }' <<<"$roles"; }
members_of() { awk -F '\t' -v name="$1" '$2 == name { print $3 }' <<<"$roles"; }
name_of() { # id; by it where the application has no such role any more
  awk -F '\t' -v id="$1" '$1 == id { print $2; known = 1 } END { if (!known) print id }' <<<"$roles"
}
role_names() { cut -f 2 <<<"$roles" | sort | paste -sd ' ' -; }
for role in ${wanted[@]+"${wanted[@]}"}; do
  [ -n "$(id_of "$role")" ] || stop 2 "The gateway has no role '$role'. It has: $(role_names)"
done

if [ $action = list ]; then
  ask_graph "servicePrincipals/$resource/appRoleAssignedTo?\$top=999" "value[].[appRoleId, principalId, principalType, principalDisplayName]" || stop_for_fault 'Reading who has which role'
  [ -n "$answer" ] || echo 'Nobody has a role.'
  while IFS=$'\t' read -r role id type name; do
    [ -z "$role" ] || printf '%-16s%-38s%-18s%s\n' "$(name_of "$role")" "$id" "$type" "$name"
  done < <(sort -f -t "$(printf '\t')" -k 4 -k 1 <<<"$answer")
  exit
fi

principal='' caller='' kind=servicePrincipals
find_caller() { # sets $principal, $caller and $kind
  if [[ $who == *@* ]]; then
    kind=users
    ask_graph "users/${who//[#]/%23}?\$select=id" id || {
      is_not_found && stop 1 "The tenant $tenant has no person '$who'."
      stop_for_fault "Looking up $who"
    }
    principal=$answer caller=$who
    return
  fi
  if [[ $who =~ $guid ]]; then
    if ! ask_graph "servicePrincipals/$who?\$select=id" id; then
      is_not_found || stop_for_fault "Looking up $who"
      principal_of_app "$who"
      [ -n "$answer" ] || stop 1 "The tenant $tenant has no identity and no application with the object id or client id $who." \
        'A new one can take a minute to show.'
    fi
    principal=$answer
    return
  fi
  find_by_name
}
find_by_name() {
  local quote="'" quoted found
  quoted=${who//$quote/$quote$quote}
  ask rest --method get --url "$graph/v1.0/servicePrincipals" --resource "$graph/" --url-parameters "\$filter=displayName eq '$quoted'" "\$select=id,appId,servicePrincipalType" \
    --query 'value[].[id, appId, servicePrincipalType]' --output tsv || stop_for_fault "Looking for $who"
  found=$answer
  case $(grep -c . <<<"$found") in
    0) stop 1 "The tenant $tenant has no identity and no application '$who'. Names are whole names." \
      'A Logic App has an identity only where that is switched on: Logic App, Settings, Identity. A new one can take a minute to show.' ;;
    1) read -r principal _ <<<"$found" ;;
    *) stop 1 "Several have the name '$who'. Say which one, by its object id:" \
      "$(awk -F '\t' '{ print "  " $1 "  client id " $2 "  " $3 }' <<<"$found")" ;;
  esac
}
find_caller
if [ $kind = servicePrincipals ]; then
  ask_graph "servicePrincipals/$principal?\$select=appId,displayName" '[appId, displayName]' || stop_for_fault "Looking up $who"
  { read -r caller && read -r display; } < <(tr '\t' '\n' <<<"$answer") || true
  echo "Caller    ${display:-$who} (client id $caller, object id $principal)"
else
  echo "Caller    $who (object id $principal)"
fi

ask_graph "$kind/$principal/appRoleAssignments?\$top=999" "value[?resourceId=='$resource'].[appRoleId, id]" || stop_for_fault 'Reading what it has'
has=$answer
assignment_of() { awk -F '\t' -v id="$1" '$1 == id { print $2 }' <<<"$has"; }
stop_for_denied() { # what was wanted
  local same=" --app $app"
  [ "$cloud" = public ] || same="$same --cloud $cloud"
  [ $action = add ] || same="$same --remove"
  if [ $kind = users ]; then same="$same '$who'"; else same="$same $principal"; fi
  same="$same${wanted[*]+ ${wanted[*]}}"
  ! is_denied || stop 1 "$1: this account may not. Have a Cloud Application Administrator, or an owner of the application $app, run this, which needs az alone:" \
    "  infra/allow-caller.sh$same" "az said: $fault"
  stop_for_fault "$1"
}
add() { # role
  local role_id
  role_id=$(id_of "$1")
  if [ -n "$(assignment_of "$role_id")" ]; then echo "there     $1" && return; fi
  if ! ask rest --method post --url "$graph/v1.0/servicePrincipals/$resource/appRoleAssignedTo" --resource "$graph/" --headers Content-Type=application/json \
    --body "{\"principalId\":\"$principal\",\"resourceId\":\"$resource\",\"appRoleId\":\"$role_id\"}" --output none; then
    # Somebody else was faster.
    if [[ $fault == *'already exists'* ]]; then echo "there     $1" && return; fi
    stop_for_denied "Giving $1"
  fi
  echo "given     $1"
}
remove() { # role id
  local assignment
  assignment=$(assignment_of "$1")
  if [ -z "$assignment" ]; then echo "not there $(name_of "$1")" && return; fi
  ask rest --method delete --url "$graph/v1.0/servicePrincipals/$resource/appRoleAssignedTo/$assignment" --resource "$graph/" --output none || {
    is_not_found || stop_for_denied "Taking $(name_of "$1")"
  }
  echo "taken     $(name_of "$1")"
}
# The door of App Service has a list of its own, where that is set.
tell_of_list() { # setting, id
  local list
  list=$(azd env get-value "$1" 2>/dev/null | tr -d '\r') || return 0
  if [[ $list == *-* && $(lower "$list") != *"$(lower "$2")"* ]]; then
    echo "$1 lists who may call, and not this one. Add it:"
    echo "  azd env set $1 \"$list,$2\" && azd provision"
  fi
}

if [ $action = remove ]; then
  ids=()
  for role in ${wanted[@]+"${wanted[@]}"}; do ids+=("$(id_of "$role")"); done
  if [ ${#wanted[@]} = 0 ]; then while read -r id _; do [ -z "$id" ] || ids+=("$id"); done <<<"$has"; fi
  [ ${#ids[@]} -gt 0 ] || echo 'It has no role.'
  for id in ${ids[@]+"${ids[@]}"}; do remove "$id"; done
  echo 'A token that it holds is good until it ends: an hour or so, up to a day for a managed identity.'
  exit
fi
member=Application
[ $kind = servicePrincipals ] || member=User
for role in "${wanted[@]}"; do
  [[ " $(members_of "$role") " == *" $member "* ]] || stop 1 "The role $role of the application $app is not for $([ $member = User ] && echo people || echo identities and applications)." \
    "Under App roles of the application switch it off and apply, allow 'Both' and switch it on, and apply."
done
for role in "${wanted[@]}"; do add "$role"; done
if [ $kind = users ]; then
  echo 'Through an application a person may do what both may: these roles, of the scopes that an administrator has granted to it.'
elif command -v azd >/dev/null; then
  tell_of_list CALLER_APPLICATIONS "$caller"
  tell_of_list CALLER_IDENTITIES "$principal"
fi
