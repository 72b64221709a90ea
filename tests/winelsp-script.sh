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

# Run by tools/run-tests, which says what is in the environment. The state of a prefix is compared as text:
# the checksums of all files that the script may touch, and the registry's overrides.

set -u

names='mswsock.dll sporder.dll tracelsp.dll tracelsp.exe winelsp.exe ws2_32.dll'
problems=0 checks=0
stock=$WINEPREFIX
modules=$WINELSP_MODULES
lsp=$WINELSP
unset WINEPREFIX WINELSP_MODULES WINELSP

# --- tools ---

ok()
{
    checks=$((checks + 1))
    if [ "$1" -ne 0 ]; then
        problems=$((problems + 1))
        printf '%s: %s\n    last output: %s\n' "$test" "$2" "$(cat "$SCRATCH/out" "$SCRATCH/err")"
    fi
}

same()
{
    [ "$1" = "$2" ]
    ok $? "$3
--- expected
$1
--- got
$2
---"
}

# winelsp ARGUMENT...: runs the script on $prefix with $modules; sets $status.
winelsp()
{
    WINEPREFIX=$prefix WINELSP_MODULES=$modules timeout -k 5 60 "$lsp" "$@" \
        > "$SCRATCH/out" 2> "$SCRATCH/err" < /dev/null
    status=$?
}

# refused TEXT: the last call ended with 2 and one line on stderr that has TEXT.
refused()
{
    [ "$status" -eq 2 ]
    ok $? "exit status $status, not 2"
    [ "$(wc -l < "$SCRATCH/err")" -eq 1 ] && grep -Fq -- "$1" "$SCRATCH/err"
    ok $? "stderr is not one line with \"$1\""
    [ ! -s "$SCRATCH/out" ]
    ok $? 'stdout is not empty'
}

expect()
{
    [ "$status" -eq "$1" ]
    ok $? "exit status $status, not $1"
}

# new_prefix NAME [FROM]: the files that Wine writes in place are copied, the others linked.
new_prefix()
{
    prefix=$SCRATCH/$1
    mkdir "$prefix"
    cp -al "${2-$stock}/drive_c" "$prefix/"
    cp -a "${2-$stock}/dosdevices" "${2-$stock}/.update-timestamp" "${2-$stock}"/*.reg "$prefix/"
}

drop_prefix()
{
    settle
    rm -rf "$prefix"
}

run_wine()
{
    env -u DISPLAY WINEPREFIX="$prefix" WINEDEBUG=-all WINEDLLOVERRIDES="${overrides-ws2_32,mswsock=b}" \
        timeout 60 "$WINE" "$@" > "$SCRATCH/wine.log" 2>&1 < /dev/null
}

# Ends Wine, which then writes the registry.
settle()
{
    WINEPREFIX=$prefix "$WINESERVER" -k 2>/dev/null
    WINEPREFIX=$prefix timeout 30 "$WINESERVER" -w 2>/dev/null
}

registry_section()
{
    tr -d '\r' < "$prefix/user.reg" | sed -n "/^\\[Software\\\\\\\\Wine\\\\\\\\$1\\]/,/^\$/{/^\"/p;}"
}

# What the script may change. (Wine leaves other traces of its runs in the registry.)
state()
{
    settle
    for folder in "$prefix"/drive_c/windows/system32 "$prefix"/drive_c/windows/syswow64; do
        (cd "$folder" 2>/dev/null || exit
         for name in $names winelsp/*; do
             [ ! -f "$name" ] || cksum "$name"
         done
         find . -maxdepth 1 -name 'winelsp*' ! -name winelsp.exe) | sed "s|^|${folder##*/} |"
    done
    find "$prefix/drive_c/windows/temp" -name 'winelsp*'
    registry_section DllOverrides
    registry_section winelsp
}

# Every file's inode and times, for calls that must not touch the prefix at all.
trace_of()
{
    find "$1" -printf '%P %i %s %T@ %C@\n' | LC_ALL=C sort
}

is_builtin()
{
    dd if="$1" bs=1 skip=64 count=16 2>/dev/null | grep -Fq 'Wine builtin DLL'
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
    refused "missing module: $modules/$arch-windows/mswsock.dll"
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
    modules=''
    winelsp enable
    refused 'no modules'
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

check_enabled()
{
    winelsp status
    expect 0
    [ "$(tail -n 1 "$SCRATCH/out")" = enabled ]
    ok $? 'status does not end with "enabled"'
    for name in $names; do
        cmp -s "$modules/$arch-windows/$name" "$prefix/drive_c/windows/system32/$name"
        ok $? "$name is not the module"
    done
    cmp -s "$stock/drive_c/windows/system32/ws2_32.dll" "$prefix/drive_c/windows/system32/winelsp/ws2_32.dll"
    ok $? "Wine's own ws2_32.dll was not kept"
}

check_disabled()
{
    winelsp status
    expect 1
    same "$stock_state" "$(state)" 'disable left another state than the stock one'
}

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

# fake_builtin FILE MACHINE: a file that looks like a builtin to whoever reads its headers only.
fake_builtin()
{
    {
        printf 'MZ'
        head -c 58 /dev/zero
        printf '\200\000\000\000Wine builtin DLL'
        head -c 48 /dev/zero
        printf 'PE\000\000%b' "$2"
        head -c 64 /dev/zero
    } > "$1"
}

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
        fake_builtin "$syswow64/$name.dll" '\0114\0001'
    done
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
    cmp -s "$syswow64/ntdll.dll" "$syswow64/winelsp/ws2_32.dll"
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

# A 32-bit prefix: its system32 has i386. A Wine without a 32-bit part does not start in it.
test_win32_prefix()
{
    [ -d "$modules/i386-windows" ] || { echo 'no i386 modules were built'; return; }
    prefix=$SCRATCH/win32
    mkdir -p "$prefix/drive_c/windows/system32" "$prefix/dosdevices"
    ln -s ../drive_c "$prefix/dosdevices/c:"
    for file in system.reg user.reg; do
        printf 'WINE REGISTRY Version 2\n\n#arch=win32\n' > "$prefix/$file"
    done
    for name in ntdll ws2_32 mswsock; do
        fake_builtin "$prefix/drive_c/windows/system32/$name.dll" '\0114\0001'
    done
    winelsp status
    expect 1
    grep -q '^i386  *system32: 0 of 7 files in place$' "$SCRATCH/out"
    ok $? 'status does not find i386 in system32'
    ! grep -q x86_64 "$SCRATCH/out"
    ok $? 'status finds x86_64'
    if [ $arch = x86_64 ] && [ ! -f "$stock/drive_c/windows/syswow64/ntdll.dll" ]; then
        before=$(trace_of "$prefix/drive_c")
        winelsp enable
        refused "Wine in $prefix failed"
        same "$before" "$(trace_of "$prefix/drive_c")" 'something was changed'
    fi
    drop_prefix
}

# --- killed half-way ---

# Puts a program of this name before the real one: it kills the script at call number $KILL_AT, before the real one
# has run, which for mv means with the temporary file left; Wine also after it has run. Wine is counted only where
# it changes something.
kill_shim()
{
    real=$(command -v "$1")
    cat > "$SCRATCH/shims/${1##*/}" <<END
#!/bin/sh
reached()
{
    count=\$((\$(cat "$SCRATCH/count") + 1))
    echo \$count > "$SCRATCH/count"
    [ \$count = "\$KILL_AT" ] && kill -9 \$(cat "$SCRATCH/pid") && exit 1
}
case \$1 in
cmd|reg) "$real" "\$@" ;;
regedit) reached; "$real" "\$@"; reached ;;
*)       reached; "$real" "\$@" ;;
esac
END
    chmod 755 "$SCRATCH/shims/${1##*/}"
}

# killed_at NUMBER COMMAND: fails if the script ended before its step of that number; sets $status.
killed_at()
{
    echo 0 > "$SCRATCH/count"
    env PATH="$SCRATCH/shims:$PATH" WINE="$SCRATCH/shims/${WINE##*/}" WINESERVER="$WINESERVER" KILL_AT="$1" \
        WINEPREFIX="$prefix" WINELSP_MODULES="$modules" \
        sh -c "echo \$\$ > \"\$1\"; exec \"\$2\" \"\$3\"" sh "$SCRATCH/pid" "$lsp" "$2" \
        > "$SCRATCH/out" 2> "$SCRATCH/err"
    status=$?
    [ $status -eq 137 ]
} 2>/dev/null

# Whatever was done until then, Wine must start: every Winsock file is whole, and if the override makes Wine load
# ours, then the one that ours loads is there.
check_bootable()
{
    settle
    system32=$prefix/drive_c/windows/system32
    for name in ws2_32.dll mswsock.dll; do
        cmp -s "$stock/drive_c/windows/system32/$name" "$system32/$name" ||
            cmp -s "$modules/$arch-windows/$name" "$system32/$name"
        ok $? "$name is neither Wine's nor ours after $1"
    done
    if registry_section DllOverrides | grep -q '^"ws2_32"="native,builtin"' && ! is_builtin "$system32/ws2_32.dll"; then
        is_builtin "$system32/winelsp/ws2_32.dll"
        ok $? "ours is active, but Wine's own is not kept after $1"
        cmp -s "$modules/$arch-windows/mswsock.dll" "$system32/mswsock.dll"
        ok $? "our ws2_32 is active, but not our mswsock after $1"
    fi
    winelsp status
    [ "$status" -le 1 ]
    ok $? "status fails after $1"
}

# kill_everywhere COMMAND PREFIX: kills the command, on a copy of PREFIX, at each step that changes something; then
# carries on, or goes back, by turns.
kill_everywhere()
{
    number=1
    while :; do
        new_prefix victim "$2"
        killed_at $number "$1" || break
        check_bootable "a kill of $1 at step $number"
        if [ $((number % 2)) -eq 0 ]; then
            winelsp enable
            expect 0
            check_enabled
        else
            winelsp disable
            expect 0
            check_disabled
        fi
        drop_prefix
        number=$((number + 1))
    done
    expect 0
    drop_prefix
    [ $number -gt "$3" ]
    ok $? "$1 was killed at $((number - 1)) steps only"
    echo "  $1 was killed at each of $((number - 1)) steps"
}

test_killed()
{
    mkdir "$SCRATCH/shims"
    kill_shim mv
    kill_shim rmdir
    kill_shim "$WINE"
    new_prefix enabled
    winelsp enable
    settle
    kill_everywhere enable "$stock" 12      # 6 modules, 2 files of Wine's, 2 manifests, before and after regedit
    kill_everywhere disable "$SCRATCH/enabled" 5   # 2 files of Wine's, before and after regedit, rmdir
    prefix=$SCRATCH/enabled
    drop_prefix
    rm -r "$SCRATCH/shims"
}

main()
{
    prefix=$stock
    test=start
    : > "$SCRATCH/out"
    : > "$SCRATCH/err"
    arch=x86_64
    ! grep -q '^#arch=win32' "$stock/system.reg" || arch=i386
    stock_state=$(state)
    for test in ${TESTS:-arguments bad_prefixes bad_modules foreign_and_unwritable foreign_winsock other_wineserver \
        emulated_wineserver wine_that_does_not_run two_at_once enable_disable running_programs \
        overrides_of_the_user other_files update repair wineboot_update wow64_files win32_prefix killed}; do
        echo "- $test"
        "test_$test"
    done
    echo "$checks checks, $problems failures"
    [ $problems -eq 0 ]
}

main
