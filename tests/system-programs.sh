#!/bin/sh
#
# Wine's own processes, the desktop and a prefix update run with the sample layer in each of its forms
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

# Run by tools/run-tests, which says what is in the environment. These processes start Winsock, but open no socket; the
# unit category_system has what they load when they do, wine-boot has layers that are broken.

set -u

tests=$(dirname -- "$0")
system=$WINEPREFIX/drive_c/windows/system32
. "$tests/programs/forms.sh"
# Wine is to say when something crashes, and the update is not to ask for Mono and Gecko.
export WINEDLLOVERRIDES='mscoree,mshtml='
export WINEDEBUG=-all,err+seh,err+winsock

# no_crash: nothing of what Wine says when a process dies.
no_crash()
{
    ! grep -ai 'unhandled\|page fault\|err:' "$SCRATCH/out" "$SCRATCH/err"
    check $? "$1 said that something crashed"
}

check_services()
{
    windows 60 net start
    check $? 'the service manager does not answer'
    grep -q 'running' "$SCRATCH/out"
    check $? 'no service is running'
    no_crash 'net start'
    is_rpcss_running
    check $? 'RpcSs does not run'
}

# Services start while programs run already; on a slow machine, seconds later.
is_rpcss_running()
{
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        windows 60 sc query RpcSs
        grep -q 'RUNNING' "$SCRATCH/out" && return
        sleep 1
    done
    return 1
}

# The desktop ends with its last program.
check_explorer()
{
    windows 90 explorer /desktop=winelsp,640x480 cmd /c 'echo drawn > C:\drawn'
    check $? 'explorer failed'
    [ -s "$WINEPREFIX/drive_c/drawn" ]
    check $? 'explorer did not start its program'
    rm -f "$WINEPREFIX/drive_c/drawn"
    no_crash explorer
}

# check_update: once as asked for, and once because the prefix is older than Wine.
check_update()
{
    "$WINESERVER" -k
    windows 120 wineboot -u
    check $? 'wineboot -u failed'
    no_crash 'wineboot -u'
    "$WINESERVER" -k
    echo 1 > "$WINEPREFIX/.update-timestamp"
    windows 120 wineboot
    check $? 'wineboot failed'
    no_crash wineboot
    [ "$(cat "$WINEPREFIX/.update-timestamp")" != 1 ]
    check $? 'the prefix was not updated'
    for module in ws2_32.dll mswsock.dll; do
        cmp -s "$WINELSP_MODULES/$WINELSP_ARCH-windows/$module" "$system/$module"
        check $? "the update replaced $module"
    done
}

run_system()
{
    save_catalog before
    check_update
    check_services
    check_explorer
    save_catalog after
    cmp -s "$SCRATCH/catalog.before" "$SCRATCH/catalog.after"
    check $? 'the catalog is not what it was before'
    echo "$form: the update, the services and the desktop are done"
}

enable_winelsp
for form in $forms; do
    begin_form "$form"
    run_system
    end_form
done
finish
