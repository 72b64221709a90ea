#!/bin/sh
#
# What calls of the wineserver there are: one for a completion, and one more with an event; one reading of the catalog
# for a program; no packet for our sample layer from a request that is done at once
#
# Copyright 2026 the winelsp authors
#
# This library is free software; you can redistribute it and/or
# modify it under the terms of the GNU Lesser General Public
# License as published by the Free Software Foundation; either
# version 2.1 of the License, or (at your option) any later version.
#
# This library is distributed in the hope that it will be useful,
# but WITHOUT ANY WARRANTY; without even the implied warranty of
# MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
# Lesser General Public License for more details.
#
# You should have received a copy of the GNU Lesser General Public
# License along with this library; if not, write to the Free Software
# Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA

# Run by tools/run-tests, which says what is in the environment.

set -u

checks=0 problems=0
folder=$WINEPREFIX/drive_c/winelsp-tests
modules=$WINELSP_MODULES/$WINELSP_ARCH-windows
log=$SCRATCH/server.log

# run_marked UNIT: the case "marked" of a unit. The server that this starts writes what it is asked to its standard
# error, which is that of its first client.
run_marked()
{
    "$WINESERVER" -k
    WINEDEBUG=-all,+server timeout -k 5 90 "$WINE" 'C:\winelsp-tests\tests.exe' "$1" marked \
        > "$SCRATCH/out" 2> "$log" < /dev/null || { cat "$SCRATCH/out"; tail -n 20 "$log"; exit 1; }
}

# check NAME COUNT EXPECTED
check()
{
    checks=$((checks + 1))
    printf '%s: %s calls\n' "$1" "$2"
    [ "$2" = "$3" ] && return
    problems=$((problems + 1))
    echo "$1: expected $3 calls"
}

# expect NAME COUNT: the calls of ten completions between the mark NAME and the next one.
expect()
{
    count=$(tr -d '\r' < "$log" | awk -v mark="winelsp calls $1\"" '
        / open_event\( / { counting = index($0, mark) > 0; if (counting) { found = 1; thread = $1 }; next }
        counting && $1 == thread && $0 !~ /\(\) = / { calls++ }
        END { print found ? calls + 0 : "none" }')
    check "$1" "$count" "$2"
}

# expect_some NAME COUNT CALL TEXT: the calls with a text that all threads make between the mark NAME and "end".
expect_some()
{
    count=$(tr -d '\r' < "$log" | awk -v mark="winelsp calls $1\"" -v call="$3(" -v text="$4" '
        / open_event\( / && /winelsp calls / { counting = index($0, mark) > 0; if (counting) found = 1; next }
        counting && $2 == call && index($0, text) { calls++ }
        END { print found ? calls + 0 : "none" }')
    check "$1 ($3)" "$count" "$2"
}

"$WINELSP" enable > "$SCRATCH/out" 2>&1 || { cat "$SCRATCH/out"; exit 1; }
mkdir -p "$folder"
cp "$modules/tests.exe" "$modules/testlsp.dll" "$folder/" || exit 1

run_marked complete
expect success 10
expect failure 10
expect unsupported 10
expect event 20
expect event_failure 20
expect event_only 10
expect refusal 0
expect port 10
expect port_and_event 20

run_marked startup
expect_some start 1 open_key Protocol_Catalog9

run_marked tracelsp
expect_some sends 10 send_socket ''
expect_some sends 10 add_fd_completion ''
expect_some sends 0 remove_completion ''

echo "$checks checks, $problems problems"
[ $problems = 0 ]
