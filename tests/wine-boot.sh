#!/bin/sh
#
# Tests that Wine starts, with its services, whatever the installed layered service provider does
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

problems=0 checks=0
windows=$WINEPREFIX/drive_c/windows
system32=$windows/system32
unset DISPLAY WAYLAND_DISPLAY WINEDLLOVERRIDES
export WINEDEBUG=-all,err+winsock

ok()
{
    checks=$((checks + 1))
    if [ "$1" -ne 0 ]; then
        problems=$((problems + 1))
        printf '%s: %s\n' "$case" "$2"
    fi
}

# run_wine COMMAND...: leaves what it said in $SCRATCH/out and $SCRATCH/err.
run_wine()
{
    timeout -k 5 60 "$WINE" "$@" < /dev/null 2> "$SCRATCH/err" | tr -d '\r' > "$SCRATCH/out"
}

# boot: starts Wine anew, and lists its services. The rpcss service uses sockets.
boot()
{
    timeout 60 "$WINESERVER" -w
    run_wine cmd /c 'net start rpcss & net start'
    cat "$SCRATCH/out"
}

check_boot()
{
    list=$(boot)
    [ "$list" = "$services" ]
    ok $? "the services are not the stock ones, but: $list"
}

# A program that needs a socket fails, with a line that names the DLL, and does not crash.
check_program()
{
    run_wine cscript 'C:\socket.js'
    [ "$(cat "$SCRATCH/out")" = 'no connection' ]
    ok $? "the program says: $(cat "$SCRATCH/out")"
    grep 'err:winsock:.*tracelsp\.dll' "$SCRATCH/err"
    ok $? "no line names the DLL: $(cat "$SCRATCH/err")"
}

# The file changes by a rename: it may be one of several names of the module.
replace_dll()
{
    cat > "$SCRATCH/dll" && mv -f "$SCRATCH/dll" "$system32/tracelsp.dll"
}

main()
{
    cat > "$WINEPREFIX/drive_c/socket.js" <<'END'
var request = new ActiveXObject( "MSXML2.XMLHTTP" );
try
{
    request.open( "GET", "http://127.0.0.1:9/", false );
    request.send();
    WScript.Echo( "connection" );
}
catch (e)
{
    WScript.Echo( "no connection" );
}
END
    case=stock
    services=$(boot)
    printf '%s\n' "$services" | grep -q 'Remote Procedure Call'
    ok $? "no RPC service on stock Wine: $services"
    "$WINELSP" enable
    ok $? 'winelsp enable failed'
    case='no provider'
    check_boot

    for kind in ifs non-ifs; do
        case=$kind
        run_wine tracelsp.exe install --$kind
        run_wine winelsp.exe catalog
        grep -q 'layer *tracelsp' "$SCRATCH/out"
        ok $? "the provider was not installed: $(cat "$SCRATCH/out")"
        check_boot

        case="$kind, the DLL is missing"
        mv "$system32/tracelsp.dll" "$SCRATCH/good"
        check_boot
        check_program

        case="$kind, the DLL has no WSPStartup"
        replace_dll < "$system32/sporder.dll"
        check_boot
        check_program

        case="$kind, the DLL is cut off"
        head -c 5000 "$SCRATCH/good" | replace_dll
        check_boot
        check_program

        # Wine's own mswsock has such a function.
        case="$kind, WSPStartup raises an exception"
        replace_dll < "$system32/winelsp/mswsock.dll"
        check_boot
        check_program

        case="$kind, removed"
        run_wine winelsp.exe remove tracelsp
        run_wine winelsp.exe catalog
        ! grep -q tracelsp "$SCRATCH/out"
        ok $? "the provider was not removed: $(cat "$SCRATCH/out")"
        check_boot
        replace_dll < "$SCRATCH/good"
    done
    echo "$checks checks, $problems failures"
    [ $problems -eq 0 ]
}

main
