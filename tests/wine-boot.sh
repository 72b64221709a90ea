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
modules=$WINELSP_MODULES/$WINELSP_ARCH-windows
script=$(dirname -- "$0")/../tools/demo-xmlhttp.js
. "$(dirname -- "$0")/programs/forms.sh"

# boots_and_tells TEXT: the prefix is started anew; its service manager answers; a program that wants a socket
# ends by itself, and the winsock channel names the DLL and what is wrong with it.
boots_and_tells()
{
    "$WINESERVER" -k
    windows 90 wineboot
    check $? 'wineboot failed'
    windows 90 net start
    check $? 'the service manager does not answer'
    grep -q 'running' "$SCRATCH/out"
    check $? 'no service is running'

    cp "$script" "$WINEPREFIX/drive_c/client.js"
    WINEDEBUG=-all,err+winsock windows 90 cscript 'C:\client.js' 9 nothing 'C:\nothing'
    status=$?
    [ $status -lt 124 ]
    check $? "the program did not end by itself, status $status"
    grep 'err:winsock:' "$SCRATCH/err" | grep 'tracelsp\.dll' | grep -q "$1"
    check $? "the channel does not say '$1' of tracelsp.dll"
}

enable_winelsp
windows 90 tracelsp.exe install --ifs
check $? 'tracelsp install failed'

form='no DLL'
rm -f "$system/tracelsp.dll"
boots_and_tells 'cannot be loaded'

form='no WSPStartup'
cp "$modules/sporder.dll" "$system/tracelsp.dll"
boots_and_tells 'has no WSPStartup'

rm -f "$system/tracelsp.dll"
cp "$modules/badlsp.dll" "$system/tracelsp.dll"
form='WSPStartup fails'
BADLSP=fails boots_and_tells 'failed with error 10055'
form='WSPStartup crashes'
BADLSP=crashes boots_and_tells 'crashed'
BADLSP=crashes windows 90 wineboot -u
check $? 'the update of the prefix failed'
form='incomplete table'
BADLSP='' boots_and_tells 'NULL'

form='removing'
windows 90 winelsp.exe reset --backup 'C:\backup.reg'
check $? 'winelsp.exe reset failed'
WINEDEBUG=-all,err+winsock windows 90 cscript 'C:\client.js' 9 nothing 'C:\nothing'
! grep 'err:winsock:' "$SCRATCH/err"
check $? 'a program still meets the layer'

finish
