# Questions to az and to Microsoft Graph, and what to make of what they complain of. Sourced by the scripts beside this folder.
# What az prints is in $answer, what it complains of in $fault.

stop() { # status, lines
  local status=$1
  shift
  printf '%s\n' "$@" >&2
  exit "$status"
}
wrong() { stop 2 "$1" "$0 --help tells more."; }
value_of() { # an option and its value
  [ $# -ge 2 ] && [ -n "$2" ] && [ "${2#--}" = "$2" ] || wrong "$1 needs a value."
}

guid='^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
answer='' fault='' tenant='' graph=''

# What azd's environment has under a name; nothing where there is none.
azd_value() {
  local value
  command -v azd >/dev/null || return 0
  value=$(azd env get-value "$1" 2>/dev/null | tr -d '\r') || value=''
  printf '%s' "$value"
}

# Sets $graph and $tenant. az must be signed in, in the cloud that the tenant is in.
enter_cloud() { # public, gcc, gcchigh or dod
  local az_cloud
  case $1 in
    public | gcc) az_cloud=AzureCloud graph=https://graph.microsoft.com ;;
    gcchigh) az_cloud=AzureUSGovernment graph=https://graph.microsoft.us ;;
    dod) az_cloud=AzureUSGovernment graph=https://dod-graph.microsoft.us ;;
    *) wrong "--cloud '$1': write public, gcc, gcchigh or dod." ;;
  esac
  command -v az >/dev/null || stop 1 'az is not installed: https://learn.microsoft.com/cli/azure/install-azure-cli'
  fault_file=$(mktemp)
  trap 'rm -f "$fault_file"' EXIT
  ask cloud show --query name --output tsv || stop_for_fault 'Asking az for its cloud'
  [ "$answer" = $az_cloud ] || stop 1 "az works in the cloud '$answer', and a tenant of --cloud $1 is in '$az_cloud':" \
    "  az cloud set --name $az_cloud && az login" 'Or give another --cloud: public, gcc, gcchigh, dod.'
  ask account show --query tenantId --output tsv || stop_for_fault 'Asking az for its account'
  tenant=$answer
}

ask() { # arguments of az
  fault=''
  if ! answer=$(az "$@" --only-show-errors 2>"$fault_file"); then
    fault=$(tr -d '\r' <"$fault_file")
    return 1
  fi
  answer=$(printf '%s' "$answer" | tr -d '\r')
  if [ "$answer" = None ]; then answer=''; fi
}
ask_graph() { # path, query
  ask rest --method get --url "$graph/v1.0/$1" --resource "$graph/" --query "$2" --output tsv
}
ask_graph_json() { # path, query
  ask rest --method get --url "$graph/v1.0/$1" --resource "$graph/" --query "$2" --output json
}
send() { # method, path, body
  ask rest --method "$1" --url "$graph/v1.0/$2" --resource "$graph/" --headers Content-Type=application/json --body "$3" --query id --output tsv
}
# What was just made is not known everywhere at once.
send_to_new() { # method, path, body
  local tries
  for tries in 1 2 3 4 5 6; do
    if send "$@"; then return 0; fi
    if ! is_not_found && [[ $fault != *'does not reference a valid application'* ]]; then return 1; fi
    [ "$tries" = 6 ] || sleep "${PAUSE_SECONDS:-5}"
  done
  return 1
}

is_not_found() { [[ $fault == *ResourceNotFound* || $fault == *'Not Found('* ]]; }
is_denied() { [[ $fault == *Authorization_RequestDenied* || $fault == *'Insufficient privileges'* || $fault == *'Forbidden('* ]]; }

# For what can happen to any question.
stop_for_fault() { # what was wanted
  case $fault in
    *'az login'* | *AADSTS*) stop 1 "az is not signed in, or no longer: az login${tenant:+ --tenant $tenant}" "az said: $fault" ;;
    *AuthorizationFailed*)
      stop 1 "$1: this account may not. It needs to read the resource (Reader, and Website Contributor for settings)." "az said: $fault" ;;
    *'Failed to establish'* | *'Connection refused'* | *'Name or service'* | *getaddrinfo*)
      stop 1 "$1: no connection. Can $graph be reached from here?" "az said: $fault" ;;
  esac
  ! is_denied || stop 1 "$1: this account may not. It needs to read the tenant's applications (Directory Readers at least)." "az said: $fault"
  stop 1 "$1 failed. az said: $fault"
}

# Puts the object id of the service principal with this application id into $answer; empty where there is none.
principal_of_app() { # application id
  if ask_graph "servicePrincipals(appId='$1')?\$select=id" id; then return; fi
  is_not_found || stop_for_fault "Looking up the application $1"
  answer=''
}
