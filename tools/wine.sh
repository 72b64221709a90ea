# shellcheck shell=sh
# The Wine, the display and the prefixes that tests run with; sourced by tools
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

# The caller has die(), and sets scratch, a temporary folder, and logs, the one for the logs.

# fix_heap SCRIPT ARGUMENT...: runs the script again, where Linux puts nothing at random addresses. Otherwise the heap
# of wine64, which begins anywhere in the GiB from 0x7d000000 on (Linux 6.18), is at 0x7ffe0000 in one start of some
# thousands: there Wine 8.0 wants its shared user data, and ends with status 1, without a word if WINEDEBUG is -all.
fix_heap()
{
    case $(cat /proc/$$/personality 2>/dev/null) in
    *[4567cdef]????) return ;;      # ADDR_NO_RANDOMIZE is 0x40000
    esac
    ! setarch -R true 2>/dev/null || exec setarch -R sh "$@"
}

# Nanoseconds.
now()
{
    date +%s%N
}

# find_wine: sets and exports WINE and WINESERVER.
find_wine()
{
    wine=${WINE:-$(command -v wine || command -v wine-stable)} || die 'there is no wine'
    wineserver=${WINESERVER:-$(command -v wineserver || command -v wineserver-stable)} || die 'there is no wineserver'
    export WINE="$wine" WINESERVER="$wineserver"
}

# start_display: sets DISPLAY to that of an Xvfb, and xvfb to the id of its process. The window tests need a display;
# nobody should see theirs.
start_display()
{
    xvfb=
    command -v Xvfb >/dev/null || die 'there is no Xvfb (Debian: xvfb)'
    Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3> "$scratch/display" > "$logs/xvfb.log" 2>&1 &
    xvfb=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        [ -s "$scratch/display" ] && break
        sleep 0.5
    done
    DISPLAY=:$(cat "$scratch/display")
    [ "$DISPLAY" != : ] || die "Xvfb does not start, see $logs/xvfb.log"
    export DISPLAY
}

# new_prefix NAME: makes $scratch/NAME, without Mono and Gecko, which would ask to be downloaded.
new_prefix()
{
    mkdir "$scratch/$1"
    env -u DISPLAY WINEPREFIX="$scratch/$1" WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' \
        timeout -k 5 120 "$wine" wineboot -i > "$logs/prefix.log" 2>&1 || die "wineboot failed, see $logs/prefix.log"
    WINEPREFIX=$scratch/$1 timeout 60 "$wineserver" -w
}

make_stock_prefix()
{
    new_prefix stock
}

# copy_prefix NAME: makes $scratch/NAME, a copy of it; the big files are linked, those that Wine writes in
# place are not.
copy_prefix()
{
    mkdir "$scratch/$1"
    cp -al "$scratch/stock/drive_c" "$scratch/$1/"
    cp -a "$scratch/stock/dosdevices" "$scratch/stock/.update-timestamp" "$scratch"/stock/*.reg "$scratch/$1/"
}
