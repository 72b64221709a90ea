#!/bin/sh
#
# Wine's own processes start with a layer installed that cannot, and programs are told
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

system=$WINEPREFIX/drive_c/windows/system32
modules=$WINELSP_MODULES/x86_64-windows
script=$(dirname -- "$0")/../tools/demo-xmlhttp.js
checks=0 problems=0
export WINEDEBUG=-all

check()
{
    checks=$((checks + 1))
    [ "$1" = 0 ] && return
    problems=$((problems + 1))
    echo "$layer: $2"
    tail -n 5 "$SCRATCH/out" "$SCRATCH/err"
}

windows()
{
    timeout -k 5 90 "$WINE" "$@" > "$SCRATCH/out" 2> "$SCRATCH/err" < /dev/null
}

# boots_and_tells TEXT: the prefix is started anew; its service manager answers; a program that wants a socket
# ends by itself, and the winsock channel names the DLL and what is wrong with it.
boots_and_tells()
{
    "$WINESERVER" -k
    windows wineboot
    check $? 'wineboot failed'
    windows net start
    check $? 'the service manager does not answer'
    grep -q 'running' "$SCRATCH/out"
    check $? 'no service is running'

    cp "$script" "$WINEPREFIX/drive_c/client.js"
    WINEDEBUG=-all,err+winsock windows cscript 'C:\client.js' 9 nothing 'C:\nothing'
    status=$?
    [ $status -lt 124 ]
    check $? "the program did not end by itself, status $status"
    grep 'err:winsock:' "$SCRATCH/err" | grep 'tracelsp\.dll' | grep -q "$1"
    check $? "the channel does not say '$1' of tracelsp.dll"
}

layer='enabling'
"$WINELSP" enable > "$SCRATCH/out" 2> "$SCRATCH/err"
check $? 'winelsp enable failed'
windows tracelsp.exe install --ifs
check $? 'tracelsp install failed'

layer='no DLL'
rm -f "$system/tracelsp.dll"
boots_and_tells 'cannot be loaded'

layer='no WSPStartup'
cp "$modules/sporder.dll" "$system/tracelsp.dll"
boots_and_tells 'has no WSPStartup'

rm -f "$system/tracelsp.dll"
cp "$modules/badlsp.dll" "$system/tracelsp.dll"
layer='WSPStartup fails'
BADLSP=fails boots_and_tells 'failed with error 10055'
layer='WSPStartup crashes'
BADLSP=crashes boots_and_tells 'crashed'
BADLSP=crashes windows wineboot -u
check $? 'the update of the prefix failed'
layer='incomplete table'
BADLSP='' boots_and_tells 'NULL'

layer='removing'
windows winelsp.exe reset --backup 'C:\backup.reg'
check $? 'winelsp.exe reset failed'
WINEDEBUG=-all,err+winsock windows cscript 'C:\client.js' 9 nothing 'C:\nothing'
! grep 'err:winsock:' "$SCRATCH/err"
check $? 'a program still meets the layer'

echo "$checks checks, $problems problems"
[ $problems = 0 ]
