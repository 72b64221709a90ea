#!/bin/sh
#
# A completion costs one call of the wineserver, and one more with an event
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

# expect NAME COUNT: the calls of ten completions between the mark NAME and the next one.
expect()
{
    checks=$((checks + 1))
    count=$(tr -d '\r' < "$log" | awk -v mark="winelsp calls $1\"" '
        / open_event\( / { counting = index($0, mark) > 0; if (counting) { found = 1; thread = $1 }; next }
        counting && $1 == thread && $0 !~ /\(\) = / { calls++ }
        END { print found ? calls + 0 : "none" }')
    printf '%s: %s calls\n' "$1" "$count"
    [ "$count" = "$2" ] && return
    problems=$((problems + 1))
    echo "$1: expected $2 calls"
}

"$WINELSP" enable > "$SCRATCH/out" 2>&1 || { cat "$SCRATCH/out"; exit 1; }
mkdir -p "$folder"
cp "$modules/tests.exe" "$modules/testlsp.dll" "$folder/" || exit 1

# The server that this starts writes what it is asked to its standard error, which is that of its first client.
"$WINESERVER" -k
WINEDEBUG=-all,+server timeout -k 5 90 "$WINE" 'C:\winelsp-tests\tests.exe' complete marked \
    > "$SCRATCH/out" 2> "$log" < /dev/null || { cat "$SCRATCH/out"; tail -n 20 "$log"; exit 1; }

expect success 10
expect failure 10
expect unsupported 10
expect event 20
expect event_failure 20
expect event_only 10
expect refusal 0
expect port 10
expect port_and_event 20

echo "$checks checks, $problems problems"
[ $problems = 0 ]
