#!/bin/sh
#
# Tests of tools/winelsp: enable, disable and status, also after it was killed, and what it refuses
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

tests=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tests/winelsp-script/checks.sh
. "$tests/winelsp-script/checks.sh"

run_wine()
{
    env -u DISPLAY WINEPREFIX="$prefix" WINEDEBUG=-all WINEDLLOVERRIDES="${overrides-ws2_32,mswsock=b}" \
        timeout 60 "$WINE" "$@" > "$SCRATCH/wine.log" 2>&1 < /dev/null
}

# --- what it refuses ---

test_arguments()
{
    prefix=$stock
    winelsp --help
    expect 0
    grep -q '^Usage: winelsp enable|disable|status' "$SCRATCH/out"
    ok $? 'no usage'
    winelsp --version
    expect 0
    winelsp
    refused 'enable, disable or status?'
    winelsp enable status
    refused 'both enable and status'
    winelsp frobnicate
    refused 'unknown argument: frobnicate'
    winelsp status --prefix
    refused '--prefix needs a folder'
}

test_bad_prefixes()
{
    for command in enable disable status; do
        prefix=$SCRATCH/nowhere
        winelsp $command
        refused "no such prefix: $prefix"
        [ ! -e "$prefix" ]
        ok $? "$command made the prefix"

        prefix=$SCRATCH/empty
        mkdir "$prefix"
        winelsp $command
        refused "not a Wine prefix: $prefix"

        echo 'no registry' > "$prefix/system.reg"
        echo > "$prefix/user.reg"
        winelsp $command
        refused 'does not name an architecture'

        echo '#arch=win64' > "$prefix/system.reg"
        winelsp $command
        refused 'not a whole Wine prefix'
        same "$prefix/system.reg $prefix/user.reg" "$(echo "$prefix"/*)" "$command left files"
        rm -r "$prefix"
    done
    (unset HOME; "$lsp" status > "$SCRATCH/out" 2> "$SCRATCH/err")
    status=$?
    refused 'no prefix'
}

test_bad_modules()
{
    new_prefix prefix
    before=$(trace_of "$prefix")
    real=$modules
    modules=$SCRATCH/modules
    winelsp enable
    refused "no folder $modules"
    mkdir -p "$modules/$arch-windows"
    for missing in $names; do
        for name in $names; do
            cp "$real/$arch-windows/$name" "$modules/$arch-windows/"
        done
        rm "$modules/$arch-windows/$missing"
        winelsp enable
        refused "missing module: $modules/$arch-windows/$missing"
        : > "$modules/$arch-windows/$missing"
        winelsp enable
        refused "missing module: $modules/$arch-windows/$missing"
    done
    cp "$prefix/drive_c/windows/system32/ws2_32.dll" "$modules/$arch-windows/"
    winelsp enable
    refused "not a module of winelsp: $modules/$arch-windows/ws2_32.dll"
    modules=$real
    same "$before" "$(trace_of "$prefix")" 'the prefix was touched'
    rm -r "$SCRATCH/modules"
    drop_prefix
}

# Root may write everywhere, so another user runs the script, from a folder that is not root's.
test_foreign_and_unwritable()
{
    [ "$(id -u)" -eq 0 ] || { echo 'only root can test this'; return; }
    prefix=$(mktemp -d) || exit
    chmod 755 "$prefix"
    install -D -m 644 "$stock/drive_c/windows/system32/ntdll.dll" "$prefix/drive_c/windows/system32/ntdll.dll"
    cp -a "$stock/dosdevices" "$prefix/"
    cp "$stock"/*.reg "$lsp" "$prefix/"
    cp -r "$modules/$arch-windows" "$prefix/"
    before=$(trace_of "$prefix")
    for command in enable disable; do
        setpriv --reuid 65534 --clear-groups env HOME=/ WINELSP_MODULES="$prefix" WINEPREFIX="$prefix" \
            "$prefix/winelsp" $command > "$SCRATCH/out" 2> "$SCRATCH/err"
        status=$?
        refused 'not your prefix'
    done
    chown 65534 "$prefix"
    mkdir "$prefix/drive_c/windows/system32/winelsp"
    before=$(trace_of "$prefix")
    for command in enable disable; do
        setpriv --reuid 65534 --clear-groups env HOME=/ WINELSP_MODULES="$prefix" WINEPREFIX="$prefix" \
            "$prefix/winelsp" $command > "$SCRATCH/out" 2> "$SCRATCH/err"
        status=$?
        refused "cannot write to $prefix/dosdevices/c:/windows/system32"
    done
    same "$before" "$(trace_of "$prefix")" 'the prefix was touched'
    rm -r "$prefix"
}

test_foreign_winsock()
{
    new_prefix prefix
    file=$prefix/drive_c/windows/system32/ws2_32.dll
    rm "$file"
    cp "$modules/$arch-windows/mswsock.dll" "$file"
    before=$(state)
    winelsp enable
    refused "ws2_32.dll is neither Wine's nor winelsp's"
    same "$before" "$(state)" 'something was changed'
    drop_prefix
}

# A wineserver that calls itself by another version: the same program, one byte of its version patched.
test_other_wineserver()
{
    new_prefix prefix
    run_wine cmd /c 'echo' # so that the prefix has its server folder
    settle
    version=$("$WINESERVER" --version 2>&1)
    patched=$SCRATCH/wineserver
    found=''
    for file in /usr/lib/wine/wineserver64 /usr/lib/wine/wineserver32 "$WINESERVER"; do
        [ -n "$found" ] || ! grep -aFq "$version" "$file" 2>/dev/null || found=$file
    done
    [ -n "$found" ]
    ok $? "no wineserver binary that has \"$version\" was found"
    LC_ALL=C sed "s/Wine [0-9]/Wine 0/" "$found" > "$patched"
    chmod 755 "$patched"
    WINEPREFIX=$prefix "$patched" -f -p > "$SCRATCH/server.log" 2>&1 &
    sleep 1
    before=$(trace_of "$prefix")
    for command in enable disable status; do
        winelsp $command
        refused "a wineserver of another version runs in $prefix: Wine 0"
    done
    same "$before" "$(trace_of "$prefix")" 'the prefix was touched'
    kill $!
    wait $!
    winelsp status
    expect 1
    drop_prefix
}

# The program of an emulated process is the emulator, which says nothing about Wine's version.
test_emulated_wineserver()
{
    new_prefix prefix
    folder=$SCRATCH/$(stat -L -c '%d %i' "$prefix" | awk '{ printf "server-%x-%x", $1, $2 }')
    mkdir "$folder"
    env -C "$folder" sleep 100 &
    for command in enable disable; do
        winelsp $command
        expect 0
    done
    { kill $! && wait $!; } 2>/dev/null
    drop_prefix
}

test_wine_that_does_not_run()
{
    printf '#!/bin/sh\necho "wine: it does not start" >&2\nexit 1\n' > "$SCRATCH/wine"
    chmod 755 "$SCRATCH/wine"
    new_prefix prefix
    for command in enable disable; do
        before=$(state)
        WINE=$SCRATCH/wine winelsp $command
        refused 'wine: it does not start'
        WINE=$SCRATCH/no-wine winelsp $command
        refused 'no such program'
        # What Wine itself says when its protocol is not the server's.
        printf '#!/bin/sh\necho "wine client error:0: version mismatch 1/2." >&2\nexit 1\n' > "$SCRATCH/wine2"
        chmod 755 "$SCRATCH/wine2"
        WINE=$SCRATCH/wine2 winelsp $command
        refused 'a wineserver of another version runs'
        same "$before" "$(state)" 'something was changed'
        winelsp enable
    done
    drop_prefix
}

test_two_at_once()
{
    new_prefix prefix
    before=$(trace_of "$prefix")
    exec 8< "$prefix"
    flock 8
    winelsp enable
    refused "another winelsp is at work in $prefix"
    exec 8<&-
    same "$before" "$(trace_of "$prefix")" 'the prefix was touched'
    drop_prefix
}

# --- what it does ---

test_enable_disable()
{
    new_prefix 'a prefix with spaces & more'
    winelsp status
    expect 1
    [ "$(tail -n 1 "$SCRATCH/out")" = 'not enabled' ]
    ok $? 'status does not end with "not enabled"'
    winelsp disable
    expect 0
    check_disabled
    winelsp enable
    expect 0
    check_enabled
    enabled_state=$(state)
    same '"mswsock"="native,builtin"
"sporder"="native,builtin"
"ws2_32"="native,builtin"' "$(registry_section DllOverrides)" 'the overrides'
    winelsp enable
    expect 0
    same "$enabled_state" "$(state)" 'the second enable changed something'
    winelsp disable
    expect 0
    check_disabled
    winelsp disable
    expect 0
    check_disabled
    WINEPREFIX=/nowhere WINELSP_MODULES=$modules "$lsp" enable --prefix "$prefix" > "$SCRATCH/out" 2> "$SCRATCH/err"
    status=$?
    expect 0
    check_enabled
    drop_prefix
}

test_running_programs()
{
    new_prefix prefix
    env -u DISPLAY WINEPREFIX="$prefix" WINEDEBUG=-all "$WINE" ping -n 120 127.0.0.1 > "$SCRATCH/ping.log" 2>&1 &
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s "$SCRATCH/ping.log" ] && break
        sleep 0.5
    done
    for command in enable disable enable; do
        winelsp $command
        expect 0
        grep -q '^Programs that run in it now keep' "$SCRATCH/out"
        ok $? "$command does not tell of the running program"
        winelsp status
        case $command in
        enable) expect 0 ;;
        disable) expect 1 ;;
        esac
    done
    kill -0 $!
    ok $? 'the program has ended'
    kill $!
    wait $! 2>/dev/null
    settle
    check_enabled
    drop_prefix
}

test_overrides_of_the_user()
{
    new_prefix prefix
    run_wine reg add 'HKCU\Software\Wine\DllOverrides' /v ws2_32 /d builtin /f
    run_wine reg add 'HKCU\Software\Wine\DllOverrides' /v MSWSock /d 'native, "quoted\"' /f
    run_wine reg add 'HKCU\Software\Wine\DllOverrides' /v sporder /d '' /f
    run_wine reg add 'HKCU\Software\Wine\DllOverrides' /v riched20 /d native /f
    before=$(state)
    printf '%s\n' "$before" | grep -q '^"ws2_32"="builtin"'
    ok $? 'the test could not set the overrides'
    winelsp status
    expect 1
    grep -Fq 'ws2_32: "builtin", not "native,builtin"' "$SCRATCH/out"
    ok $? 'status does not show the override'
    winelsp enable
    winelsp enable
    check_enabled
    winelsp disable
    same "$(printf '%s\n' "$before" | tr '[:upper:]' '[:lower:]')" "$(state | tr '[:upper:]' '[:lower:]')" \
        'disable did not restore'

    winelsp enable
    run_wine reg add 'HKCU\Software\Wine\DllOverrides' /v ws2_32 /d disabled /f
    settle
    winelsp status
    expect 1
    [ "$(tail -n 1 "$SCRATCH/out")" = 'partly enabled' ]
    ok $? 'status does not end with "partly enabled"'
    winelsp disable
    registry_section DllOverrides | grep -q '^"ws2_32"="disabled"'
    ok $? 'disable undid what the user set after enable'
    drop_prefix
}

# Old installers bring their own sporder.dll.
test_other_files()
{
    new_prefix prefix
    system32=$prefix/drive_c/windows/system32
    echo 'their sporder' > "$system32/sporder.dll"
    before=$(state)
    winelsp enable
    check_enabled
    winelsp disable
    same "$before" "$(state)" 'disable did not restore the other sporder.dll'

    winelsp enable
    echo 'their winelsp' > "$system32/new"
    mv "$system32/new" "$system32/winelsp.exe"
    winelsp status
    expect 1
    grep -Fq 'winelsp.exe: a file that is not of winelsp' "$SCRATCH/out"
    ok $? 'status does not show the other file'
    winelsp disable
    expect 0
    same 'their winelsp' "$(cat "$system32/winelsp.exe")" "disable took another program's file"
    drop_prefix
}

test_update()
{
    new_prefix prefix
    winelsp enable
    real=$modules
    modules=$SCRATCH/modules
    mkdir -p "$modules/$arch-windows"
    for name in $names; do
        { cat "$real/$arch-windows/$name"; echo newer; } > "$modules/$arch-windows/$name"
    done
    winelsp status
    expect 1
    grep -Fq "ws2_32.dll: another version than in $modules" "$SCRATCH/out"
    ok $? 'status does not show the other version'
    winelsp enable
    expect 0
    check_enabled
    rm -r "$modules"
    winelsp status
    expect 0
    winelsp disable
    expect 0
    modules=$real
    check_disabled
    drop_prefix
}

# Wine's update puts its own file where ours was removed; and somebody removed what was kept.
test_repair()
{
    new_prefix prefix
    system32=$prefix/drive_c/windows/system32
    winelsp enable
    enabled_state=$(state)
    rm "$system32/ws2_32.dll"
    cp "$stock/drive_c/windows/system32/ws2_32.dll" "$system32/"
    winelsp status
    expect 1
    grep -Fq "ws2_32.dll: Wine's own" "$SCRATCH/out"
    ok $? "status does not show Wine's own file"
    winelsp enable
    same "$enabled_state" "$(state)" "enable did not repair what Wine's update did"

    rm "$system32/winelsp/ws2_32.dll" "$system32/winelsp/mswsock.dll"
    winelsp status
    expect 1
    grep -Fq "winelsp/ws2_32.dll (Wine's own): missing" "$SCRATCH/out"
    ok $? 'status does not show what is missing'
    winelsp enable
    same "$enabled_state" "$(state)" 'enable did not repair what was kept'

    rm -r "$system32/winelsp"
    winelsp disable
    expect 0
    check_disabled
    drop_prefix
}

test_wineboot_update()
{
    new_prefix prefix
    winelsp enable
    enabled_state=$(state)
    echo 0 > "$prefix/.update-timestamp"
    overrides='mscoree,mshtml=' run_wine wineboot -u
    ! grep -q '^0$' "$prefix/.update-timestamp"
    ok $? 'wineboot -u updated nothing'
    same "$enabled_state" "$(state)" 'wineboot -u changed our files'
    drop_prefix
}

# --- both architectures ---

# Wine's 32-bit part need not be there to put the files into place.
test_wow64_files()
{
    if [ $arch != x86_64 ] || [ ! -d "$modules/i386-windows" ]; then
        echo 'needs a 64-bit prefix and i386 modules'
        return
    fi
    new_prefix prefix
    syswow64=$prefix/drive_c/windows/syswow64
    rm -rf "$syswow64"
    mkdir "$syswow64"
    for name in ntdll ws2_32 mswsock; do
        fake_builtin "$syswow64/$name.dll" i386
    done
    cp "$syswow64/ws2_32.dll" "$SCRATCH/i386-ws2_32.dll"
    before=$(state)
    winelsp enable
    expect 0
    grep -q '(x86_64 i386)$' "$SCRATCH/out"
    ok $? 'enable does not name both architectures'
    check_enabled
    for name in $names; do
        cmp -s "$modules/i386-windows/$name" "$syswow64/$name"
        ok $? "the i386 $name is not the module"
    done
    cmp -s "$SCRATCH/i386-ws2_32.dll" "$syswow64/winelsp/ws2_32.dll"
    ok $? "Wine's own i386 ws2_32.dll was not kept"
    rm "$syswow64/tracelsp.dll"
    winelsp status
    expect 1
    same "           tracelsp.dll: missing" "$(sed -n '/^i386 /{n;p;}' "$SCRATCH/out")" 'status of i386'
    winelsp disable
    expect 0
    same "$before" "$(state)" 'disable did not restore both'
    drop_prefix
}

# --- killed half-way ---

# enable: 6 modules, 2 files of Wine's, 2 manifests, before and after regedit; disable: 2 files of Wine's, before and
# after regedit, rmdir.
test_killed()
{
    kill_both 12 5
}

prefix=$stock
arch=x86_64
! grep -q '^#arch=win32' "$stock/system.reg" || arch=i386
parts=$arch:system32
stock_state=$(state)
run_tests arguments bad_prefixes bad_modules foreign_and_unwritable foreign_winsock other_wineserver \
    emulated_wineserver wine_that_does_not_run two_at_once enable_disable running_programs overrides_of_the_user \
    other_files update repair wineboot_update wow64_files killed
