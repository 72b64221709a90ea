# shellcheck shell=sh
# Checks of what tools/winelsp makes of a prefix; sourced by tests/winelsp-script.sh and tests/prefix-layouts.sh
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

# The state of a prefix is compared as text: the checksums of all files that the script may touch, and the registry's
# overrides. Used throughout: $prefix, $stock, the prefix that it is a copy of, and $parts, its architectures and their
# folders, as in tools/winelsp.

names='mswsock.dll sporder.dll tracelsp.dll tracelsp.exe winelsp.exe ws2_32.dll'
problems=0 checks=0
stock=$WINEPREFIX
modules=$WINELSP_MODULES
lsp=$WINELSP
unset WINEPREFIX WINELSP_MODULES WINELSP

# --- what is expected ---

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

# --- prefixes ---

# new_prefix NAME [FROM]: the files that Wine writes in place are copied, the others linked.
new_prefix()
{
    prefix=$SCRATCH/$1
    mkdir "$prefix"
    cp -al "${2-$stock}/drive_c" "$prefix/"
    cp -a "${2-$stock}/dosdevices" "${2-$stock}/.update-timestamp" "${2-$stock}"/*.reg "$prefix/"
}

# Ends Wine, which then writes the registry.
settle()
{
    WINEPREFIX=$prefix "$WINESERVER" -k 2>/dev/null
    WINEPREFIX=$prefix timeout 30 "$WINESERVER" -w 2>/dev/null
}

drop_prefix()
{
    settle
    rm -rf "$prefix"
}

# for_each_part COMMAND...: runs it with $arch and $folder, the full path.
for_each_part()
{
    for part in $parts; do
        arch=${part%%:*}
        folder=$prefix/drive_c/windows/${part#*:}
        "$@"
    done
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

# fake_builtin FILE ARCH: a file that looks like a builtin to whoever reads its headers only.
fake_builtin()
{
    case $2 in
    x86_64)  machine='\0144\0206' ;;
    i386)    machine='\0114\0001' ;;
    aarch64) machine='\0144\0252' ;;
    esac
    {
        printf 'MZ'
        head -c 58 /dev/zero
        printf '\200\000\000\000Wine builtin DLL'
        head -c 48 /dev/zero
        printf 'PE\000\000%b%s %s' "$machine" "$2" "${1##*/}"
        head -c 64 /dev/zero
    } > "$1"
}

# --- enabled and disabled ---

check_enabled_part()
{
    for name in $names; do
        cmp -s "$modules/$arch-windows/$name" "$folder/$name"
        ok $? "the $arch $name is not the module"
    done
    cmp -s "$stock/drive_c/windows/${part#*:}/ws2_32.dll" "$folder/winelsp/ws2_32.dll"
    ok $? "Wine's own $arch ws2_32.dll was not kept"
}

check_enabled()
{
    winelsp status
    expect 0
    [ "$(tail -n 1 "$SCRATCH/out")" = enabled ]
    ok $? 'status does not end with "enabled"'
    for_each_part check_enabled_part
}

check_disabled()
{
    winelsp status
    expect 1
    same "$stock_state" "$(state)" 'disable left another state than the stock one'
}

# --- killed half-way ---

# Puts a program of this name before the real one: it kills the script at step number $KILL_AT, before the real one has
# run, which for mv means with the temporary file left; Wine also after it has run. Wine is counted only where it
# changes something.
kill_shim()
{
    real=$(command -v "$1")
    cat > "$SCRATCH/shims/${1##*/}" <<END
#!/bin/sh
case \$1 in
cmd|reg) ;;
*) sh "$tests/winelsp-script/step" || exit 1 ;;
esac
"$real" "\$@"
status=\$?
[ "\$1" != regedit ] || sh "$tests/winelsp-script/step"
exit \$status
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

is_overridden()
{
    registry_section DllOverrides | grep -q "^\"$1\"=\"native,builtin\""
}

check_bootable_part()
{
    for name in ws2_32.dll mswsock.dll; do
        cmp -s "$stock/drive_c/windows/${part#*:}/$name" "$folder/$name" ||
            cmp -s "$modules/$arch-windows/$name" "$folder/$name"
        ok $? "the $arch $name is neither Wine's nor ours after $1"
    done
    if is_overridden ws2_32 && ! is_builtin "$folder/ws2_32.dll"; then
        is_builtin "$folder/winelsp/ws2_32.dll"
        ok $? "the $arch ws2_32 is ours and active, but Wine's own is not kept after $1"
        cmp -s "$modules/$arch-windows/mswsock.dll" "$folder/mswsock.dll"
        ok $? "the $arch ws2_32 is ours and active, but not mswsock after $1"
        is_overridden mswsock && is_overridden sporder
        ok $? "the $arch ws2_32 is ours and active, but others are not overridden after $1"
    fi
}

# Whatever was done until then, Wine must start: every Winsock file is whole, and if the override makes Wine load
# ours, then the one that ours loads is there.
check_bootable()
{
    settle
    for_each_part check_bootable_part "$1"
    winelsp status
    [ "$status" -le 1 ]
    ok $? "status fails after $1"
}

# kill_everywhere COMMAND PREFIX LEAST: kills the command, on a copy of PREFIX, at each step that changes something, of
# which there are at least so many; then carries on, or goes back, by turns.
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

# kill_both ENABLE_STEPS DISABLE_STEPS
kill_both()
{
    mkdir "$SCRATCH/shims"
    kill_shim mv
    kill_shim rmdir
    kill_shim "$WINE"
    new_prefix enabled
    winelsp enable
    settle
    kill_everywhere enable "$stock" "$1"
    kill_everywhere disable "$SCRATCH/enabled" "$2"
    prefix=$SCRATCH/enabled
    drop_prefix
    rm -r "$SCRATCH/shims"
}

# run_tests NAME...: the unit's last line and exit status.
run_tests()
{
    : > "$SCRATCH/out"
    : > "$SCRATCH/err"
    for test in ${TESTS:-$@}; do
        echo "- $test"
        "test_$test"
    done
    echo "$checks checks, $problems failures"
    [ $problems -eq 0 ]
}
