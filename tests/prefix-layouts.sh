#!/bin/sh
#
# Tests of tools/winelsp in prefixes of every layout, also those that this machine's Wine does not run
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

# Run by tools/run-tests, which says what is in the environment. The prefixes are made up, and so is the Wine (see
# tests/winelsp-script/wine): what is tested is the script's work on files and on the registry.

set -u

tests=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# shellcheck source=tests/winelsp-script/checks.sh
. "$tests/winelsp-script/checks.sh"
export WINE="$tests/winelsp-script/wine" WINESERVER="$tests/winelsp-script/wineserver"

# make_folder FOLDER ARCH: Wine's own DLLs of an architecture, as far as the script looks.
make_folder()
{
    mkdir -p "$1"
    for name in ntdll.dll ws2_32.dll mswsock.dll; do
        fake_builtin "$1/$name" "$2"
    done
}

make_libraries()
{
    for part in $parts; do
        case $layout in
        one-part) make_folder "$SCRATCH/lib/wine/${part%:*}-windows" "${part%:*}" ;;
        *)        make_folder "$SCRATCH/lib/${part#*:}/${part%:*}-windows" "${part%:*}" ;;
        esac
    done
}

# begin LAYOUT: sets $parts and $stock, and makes a prefix and the libraries of a Wine of that layout: win64 and win32
# run programs of one kind, two-part and one-part both, the latter by one Wine ("new WoW64").
begin()
{
    layout=$1 type=win64
    case $1 in
    win64) parts='x86_64:system32' ;;
    win32) parts='i386:system32' type=win32 ;;
    *)     parts='x86_64:system32 i386:syswow64' ;;
    esac
    stock=$SCRATCH/stock
    mkdir -p "$stock/dosdevices" "$stock/drive_c/windows/temp"
    ln -s ../drive_c "$stock/dosdevices/c:"
    : > "$stock/.update-timestamp"
    for part in $parts; do
        make_folder "$stock/drive_c/windows/${part#*:}" "${part%:*}"
    done
    for file in system.reg user.reg; do
        printf 'WINE REGISTRY Version 2\n\n#arch=%s\n' $type > "$stock/$file"
    done
    make_libraries
    prefix=$stock
    stock_state=$(state)
    new_prefix prefix
    : > "$SCRATCH/wine-calls"
}

end()
{
    rm -rf "$prefix" "$stock" "${SCRATCH:?}/lib"
}

# last_line TEXT: of what the script said.
last_line()
{
    same "$1" "$(tail -n 1 "$SCRATCH/out")" 'the last line'
}

# no_calls WHAT: Wine was not called since the last time.
no_calls()
{
    same '' "$(cat "$SCRATCH/wine-calls")" "$1 called Wine"
    : > "$SCRATCH/wine-calls"
}

# untouched BEFORE COMMAND TEXT: the command is refused without a call of Wine, and the prefix is as trace_of had it.
untouched()
{
    winelsp "$2"
    refused "$3"
    same "$1" "$(trace_of "$prefix")" "$2 touched the prefix"
    no_calls "$2"
}

check_stock_part()
{
    grep -q "^$arch  *${part#*:}: 0 of 7 files in place\$" "$SCRATCH/out"
    ok $? "status does not find $arch in ${part#*:}"
}

check_complete_part()
{
    grep -q "^$arch  *${part#*:}: 7 of 7 files in place\$" "$SCRATCH/out"
    ok $? "status does not find all of $arch in ${part#*:}"
}

test_layouts()
{
    for made in win64 win32 two-part one-part; do
        begin $made
        winelsp status
        expect 1
        last_line 'not enabled'
        for_each_part check_stock_part
        same "$(echo "$parts" | wc -w)" "$(grep -c '^[ix][0-9_]* ' "$SCRATCH/out")" 'architectures'
        no_calls 'status'
        winelsp enable
        expect 0
        same "cmd /c echo started
regedit /S C:\\windows\\temp\\" "$(sed 's/winelsp-[0-9]*\.reg//' "$SCRATCH/wine-calls")" 'the calls of enable'
        : > "$SCRATCH/wine-calls"
        check_enabled
        for_each_part check_complete_part
        enabled_state=$(state)
        winelsp enable
        expect 0
        same "$enabled_state" "$(state)" 'the second enable changed something'
        no_calls 'the second enable'
        winelsp disable
        expect 0
        check_disabled
        echo "  $made"
        end
    done
}

# A 32-bit Wine was installed later: Wine's update makes syswow64.
test_second_architecture_added()
{
    begin two-part
    mv "$prefix/drive_c/windows/syswow64" "$SCRATCH/later"
    winelsp enable
    expect 0
    mv "$SCRATCH/later" "$prefix/drive_c/windows/syswow64"
    winelsp status
    expect 1
    last_line 'partly enabled'
    grep -q '^x86_64 .*: 7 of 7 ' "$SCRATCH/out" && grep -q '^i386 .*: 0 of 7 ' "$SCRATCH/out"
    ok $? 'status does not tell the architectures apart'
    winelsp enable
    expect 0
    check_enabled
    winelsp disable
    expect 0
    check_disabled
    end
}

# damage NAME: takes that away from one architecture, or all that enable put there, or puts Wine's own files back.
damage()
{
    case $1 in
    all)    rm -r "$folder" && cp -a "$stock/drive_c/windows/${part#*:}" "$folder" ;;
    update) cp --remove-destination "$stock/drive_c/windows/${part#*:}"/* "$folder/" ;;
    *)      rm -r "${folder:?}/$1" ;;
    esac
}

# damage_half PART NAME
damage_half()
{
    [ "$part" != "$1" ] || damage "$2"
}

test_half_enabled()
{
    for half in x86_64:system32 i386:syswow64; do
        for damaged in ws2_32.dll winelsp.exe winelsp all update; do
            for command in enable disable; do
                begin two-part
                winelsp enable
                for_each_part damage_half $half "$damaged"
                winelsp status
                expect 1
                last_line 'partly enabled'
                winelsp $command
                expect 0
                "check_${command}d"
                end
            done
        done
    done
}

lose_kept_files()
{
    rm -r "$folder/winelsp"
}

# Nowhere in the prefix are those that ours stand for. The libraries of Wine have them, those of each architecture.
test_kept_files_lost()
{
    for made in win64 win32 two-part one-part; do
        for command in enable disable; do
            begin $made
            winelsp enable
            for_each_part lose_kept_files
            winelsp $command
            expect 0
            "check_${command}d"
            end
        done
        begin $made
        winelsp enable
        for_each_part lose_kept_files
        rm -r "${SCRATCH:?}/lib"
        before=$(state)
        winelsp enable
        refused "Wine's own ws2_32.dll for ${parts%%:*} was found nowhere"
        winelsp disable
        refused "Wine's own ws2_32.dll for ${parts%%:*} was found nowhere"
        same "$before" "$(state)" 'something was changed'
        end
    done
}

# winelsp was built for one architecture only, or is not whole.
test_modules_missing()
{
    real=$modules
    for half in x86_64 i386; do
        begin one-part
        modules=$SCRATCH/modules
        mkdir "$modules"
        cp -r "$real/$half-windows" "$modules/"
        other=i386
        [ $half = x86_64 ] || other=x86_64
        untouched "$(trace_of "$prefix")" enable "missing module: $modules/$other-windows/mswsock.dll"
        modules=$real
        winelsp enable
        modules=$SCRATCH/modules
        : > "$SCRATCH/wine-calls"
        untouched "$(trace_of "$prefix")" enable "missing module: $modules/$other-windows/mswsock.dll"
        winelsp disable
        expect 0
        check_disabled
        rm -r "$modules"
        modules=$real
        end
    done
}

test_unknown_architecture()
{
    for half in system32 syswow64; do
        begin one-part
        rm "$prefix/drive_c/windows/$half/ntdll.dll"
        fake_builtin "$prefix/drive_c/windows/$half/ntdll.dll" aarch64
        before=$(trace_of "$prefix")
        for command in enable disable status; do
            untouched "$before" $command "unknown architecture in $prefix/dosdevices/c:/windows/$half"
        done
        end
    done
}

# Without WINELSP_MODULES: those of the source tree that the script is in, or those that it was installed with, also if
# it is called by a link.
test_module_folders()
{
    begin two-part
    real=$modules script=$lsp modules=''
    mkdir -p "$SCRATCH/tree/tools" "$SCRATCH/tree/lib" "$SCRATCH/links"
    sed "s|^modules=.*|modules='../lib/winelsp'|" "$script" > "$SCRATCH/tree/tools/installed"
    cp "$script" "$SCRATCH/tree/tools/built"
    chmod 755 "$SCRATCH/tree/tools/installed"
    for name in built:build installed:lib/winelsp; do
        folder=$SCRATCH/tree/${name#*:}
        ln -s "../tree/tools/${name%:*}" "$SCRATCH/links/winelsp"
        lsp=$SCRATCH/links/winelsp
        untouched "$(trace_of "$prefix")" enable "no folder $folder"
        winelsp status
        expect 1
        grep -q "no folder $folder: versions cannot be compared" "$SCRATCH/out"
        ok $? 'status does not tell where it looked'
        cp -r "$real" "$folder"
        winelsp enable
        expect 0
        winelsp status
        expect 0
        winelsp disable
        expect 0
        : > "$SCRATCH/wine-calls"
        rm -r "$folder" "$lsp"
    done
    rm -r "${SCRATCH:?}/tree" "$SCRATCH/links"
    modules=$real lsp=$script
    end
}

# enable: 12 modules, 4 files of Wine's, 4 manifests, before and after regedit and each of its 8 lines; disable: 4 files
# of Wine's, before and after regedit and each of its 5 lines, 2 rmdir.
test_killed()
{
    begin two-part
    kill_both 30 13
    end
}

: > "$SCRATCH/wine-calls"
run_tests layouts second_architecture_added half_enabled kept_files_lost modules_missing unknown_architecture \
    module_folders killed
