#!/bin/sh
# memcached-tool, and libmemcached's tools memccp, memccat, memcexist, memctouch, memcrm, memcstat,
# memcping, memcdump, memcslap and memcflush. See ../README.md for how a script is started.
set -u

one=$1
two=$2
protocol=${3:-text}
binary=
[ "$protocol" != binary ] || binary=--binary
for tool in memccp memccat memcexist memctouch memcrm memcstat memcping memcdump memcslap memcflush; do
  command -v "$tool" >/dev/null || {
    echo "skipped: $tool is not installed (apt-get install libmemcached-tools)"
    exit 77
  }
done
tool=/usr/share/memcached/scripts/memcached-tool
[ -x "$tool" ] || {
  echo "skipped: memcached-tool is not installed (apt-get install memcached)"
  exit 77
}
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

check() { # what, actual, expected
  if [ "$2" != "$3" ]; then
    echo "WRONG $1: expected $3, and it is $2"
    exit 1
  fi
  echo "ok    $1"
}

eventually() { # what, expected, command...
  what=$1
  expected=$2
  shift 2
  tries=1500
  until found=$("$@" 2>&1) && [ "$found" = "$expected" ] || [ $((tries -= 1)) -eq 0 ]; do
    sleep 0.02
  done
  check "$what" "$found" "$expected"
}

ask() {
  echo "@$1"
  read -r _
}

key=use_tools-$protocol
echo "one line" >"$key-small"
head -c 900000 /dev/urandom >"$key-large"

on_one() { # tool, arguments...
  name=$1
  shift
  "$name" $binary --servers="$one" "$@"
}

on_two() {
  name=$1
  shift
  "$name" $binary --servers="$two" "$@"
}

status() { # command...
  "$@" >/dev/null 2>&1
  echo $?
}

same_on_two() {
  on_two memccat --file=back "$key-large" && cmp back "$key-large"
}

check "memccp of two files" "$(status on_one memccp --flags=7 "$key-small" "$key-large")" 0
check "memccat" "$(on_one memccat "$key-small")" "one line"
check "memccat of the flags" "$(on_one memccat --flags "$key-small" | head -n 1)" "7"
eventually "memccat of 900 kB on node two" 0 status same_on_two
check "memccat of a key that is not there" "$(status on_one memccat "$key-absent")" 1
check "memcexist" "$(status on_one memcexist "$key-small")" 0
check "memcexist of a key that is not there" "$(status on_one memcexist "$key-absent")" 1
check "memctouch" "$(status on_one memctouch --expire=10000 "$key-small")" 0
check "memctouch of a key that is not there" "$(status on_one memctouch --expire=10000 "$key-absent")" 1
check "memcrm" "$(status on_one memcrm "$key-large")" 0
check "memccat after that" "$(status on_one memccat "$key-large")" 1
eventually "on node two as well" 1 status on_two memccat "$key-large"
check "memcping" "$(status memcping --servers="$one")" 0
check "memcstat" "$(on_one memcstat | grep -c 'cmd_get\|curr_items\|limit_maxbytes')" 3
check "memcslap" "$(status on_one memcslap --concurrency=4 --execute-number=100 --initial-load=100)" 0

check "memcached-tool stats" "$("$tool" "$one" stats | grep -c ' cmd_get \| version  *1\.6\.')" 2
check "memcached-tool settings" "$("$tool" "$one" settings | grep -c ' maxconns  *1024')" 1
check "memcached-tool display" "$("$tool" "$one" display | grep -c 'Item_Size')" 1
check "memcached-tool sizes" "$(status "$tool" "$one" sizes)" 0

# memcached-tool waits for ever where keys cannot be listed, or somebody else has them listed. (Its
# dump is not tried: it takes keys with blanks in them for several, which the binary protocol allows.)
keys() {
  timeout 5 "$tool" "$one" keys 2>/dev/null | grep -c "^key=$key-small exp="
}

if [ "$protocol" = text ]; then
  if timeout 5 "$tool" "$one" keys >/dev/null 2>&1; then
    eventually "memcached-tool keys" 1 keys
    if [ "$one" != "$two" ]; then # memcached itself lists what has long not been read, alone
      check "memcdump" "$(status memcdump --servers="$one")" 0
      check "memcdump's list" "$(memcdump --servers="$one" | grep -c "^$key-small$")" 1
    fi
  else
    echo "not tried: memcached-tool keys, memcdump: the server lists no keys"
  fi
fi

ask restart
eventually "memccp after the restart" 0 status on_one memccp "$key-small"
check "memccat after the restart" "$(on_one memccat "$key-small")" "one line"

ask flush
check "memcflush" "$(status on_one memcflush)" 0
check "memccat after memcflush" "$(status on_one memccat "$key-small")" 1
eventually "on node two as well" 1 status on_two memccat "$key-small"
