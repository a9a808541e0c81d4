# Texts and JSON without other tools. Sourced by the scripts beside this folder.

# az writes true and True, and bash on a Mac is too old for ${x,,}.
lower() { printf '%s' "$1" | tr '[:upper:]' '[:lower:]'; }
is_true() { [ "$(lower "$1")" = true ]; }

with_entry() { # JSON list, JSON entry
  local inner=${1#*\[}
  inner=${inner%\]*}
  if [[ $inner =~ [^[:space:]] ]]; then printf '[%s,%s]' "$inner" "$2"; else printf '[%s]' "$2"; fi
}
texts() { # words without quotes
  local each list='[]'
  for each in $1; do list=$(with_entry "$list" "\"$each\""); done
  printf '%s' "$list"
}
