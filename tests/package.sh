#!/bin/sh
#
# Builds the Debian package from what "make dist" packs, examines it, and uses it from where it was unpacked
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

# Run by tools/run-tests, which says what is in the environment. The package is not installed, only unpacked: the
# machine is left as it is, and no root is needed.

set -u

tests=$(dirname -- "$0")
build=$WINELSP_MODULES
root=$SCRATCH/root
WINELSP=$root/usr/bin/winelsp
# shellcheck source=tests/programs/forms.sh
. "$tests/programs/forms.sh"
# The make that runs the tests is no affair of the package's.
unset WINELSP_MODULES MAKEFLAGS MFLAGS MAKELEVEL

# build_package: the import libraries for i386 are those that the modules under test were built with.
build_package()
{
    make -s -C "$build" distdir top_distdir="$SCRATCH/tree" distdir="$SCRATCH/tree" > "$SCRATCH/out" 2>&1
    check $? 'make distdir failed'
    (cd "$SCRATCH/tree" && unset DISPLAY WINEPREFIX && chmod -R u+w . &&
        WINELSP_I386_LIBS=$(sed -n 's/^LIBS_i386 *= *//p' "$build/Makefile") \
        timeout 900 dpkg-buildpackage -b -us -uc) > "$SCRATCH/out" 2>&1
    check $? 'dpkg-buildpackage failed'
    deb=$(echo "$SCRATCH"/winelsp_*_amd64.deb)
    [ -f "$deb" ] || { finish; exit 1; }
}

# lint: of all that was built. Without a single tag it says nothing.
lint()
{
    timeout 300 lintian --allow-root --display-info "$SCRATCH"/winelsp_*_amd64.changes > "$SCRATCH/out" 2>&1
    check $? 'lintian failed'
    [ ! -s "$SCRATCH/out" ]
    check $? 'lintian found something'
}

expected_files()
{
    echo ./usr/bin/winelsp
    for arch in i386 x86_64; do
        for name in mswsock.dll sporder.dll tracelsp.dll tracelsp.exe winelsp.exe ws2_32.dll; do
            echo "./usr/lib/winelsp/$arch-windows/$name"
        done
    done
    for name in README.md.gz UPCALLS.md.gz changelog.gz copyright; do
        echo "./usr/share/doc/winelsp/$name"
    done
    echo ./usr/share/man/man1/winelsp.1.gz
}

# machine FILE: what a PE file is for.
machine()
{
    offset=$(od -An -tu4 -j60 -N4 "$1" | tr -d ' ')
    case $(od -An -tx2 -j$((offset + 4)) -N2 "$1" | tr -d ' ') in
    8664) echo x86_64 ;;
    014c) echo i386 ;;
    esac
}

check_contents()
{
    dpkg-deb -x "$deb" "$root"
    check $? 'the package cannot be unpacked'
    (cd "$root" && find . ! -type d | LC_ALL=C sort) > "$SCRATCH/files"
    expected_files | LC_ALL=C sort | diff - "$SCRATCH/files" > "$SCRATCH/out"
    check $? 'the package has other files'
    for file in "$root"/usr/lib/winelsp/*/*; do
        folder=${file%-windows/*}
        [ "$(machine "$file")" = "${folder##*/}" ]
        check $? "$file is not for ${folder##*/}"
    done
    dpkg-deb -f "$deb" Depends | grep -q '^wine ('
    check $? 'the package does not depend on wine'
    "$WINELSP" --version > "$SCRATCH/out"
    [ "$(cat "$SCRATCH/out")" = "winelsp $(dpkg-deb -f "$deb" Version)" ]
    check $? 'the script and the package have different versions'
    gzip -dc "$root/usr/share/man/man1/winelsp.1.gz" | cmp -s - "$SCRATCH/tree/tools/winelsp.1"
    check $? 'the man page is another one'
    ! grep -rqF "$SCRATCH" "$root"
    check $? 'the package names the folder that it was built in'
}

# serve: an HTTP server outside of Wine; sets port and server.
serve()
{
    mkdir "$SCRATCH/www"
    head -c 75000 /dev/urandom | base64 > "$SCRATCH/www/text"
    for port in $(shuf -i 20000-30000 -n 20); do
        busybox httpd -f -p "127.0.0.1:$port" -h "$SCRATCH/www" > "$SCRATCH/out" 2>&1 &
        server=$!
        sleep 0.5
        kill -0 $server 2>/dev/null && return
    done
    check 1 'there is no HTTP server'
}

# fetch: by Wine's HTTP client.
fetch()
{
    windows 60 cscript 'C:\xmlhttp.js' "$port" text 'C:\text'
    check $? 'cscript failed'
    cmp -s "$SCRATCH/www/text" "$WINEPREFIX/drive_c/text"
    check $? 'another text arrived'
    rm -f "$WINEPREFIX/drive_c/text"
}

# check_trace: all of the text went through the layer.
check_trace()
{
    awk -v program=cscript.exe -v port="$port" -v form="$form" -f "$tests/programs/traffic.awk" "$trace" \
        > "$SCRATCH/traffic"
    read -r connections received sent calls < "$SCRATCH/traffic"
    [ "$connections" -ge 1 ] && [ "$received" -ge "$(wc -c < "$SCRATCH/www/text")" ] && [ "$sent" -gt 0 ]
    check $? "the trace has $connections connections, $received bytes received and $sent sent in $calls calls"
}

use()
{
    "$WINELSP" status > "$SCRATCH/out"
    [ "$(tail -n 1 "$SCRATCH/out")" = 'not enabled' ]
    check $? 'the prefix is not a stock one'
    cp "$tests/../tools/demo-xmlhttp.js" "$WINEPREFIX/drive_c/xmlhttp.js"
    enable_winelsp
    "$WINELSP" status > "$SCRATCH/out"
    check $? 'status does not find it enabled'
    begin_form non-ifs
    fetch
    check_trace
    end_form
    "$WINELSP" disable > "$SCRATCH/out"
    check $? 'winelsp disable failed'
    "$WINELSP" status > "$SCRATCH/out"
    [ "$(tail -n 1 "$SCRATCH/out")" = 'not enabled' ]
    check $? 'disable left something'
    fetch
}

form=building
build_package
lint
check_contents
echo "$(basename "$deb"): $(wc -c < "$deb") bytes, $(wc -l < "$SCRATCH/files") files"
form=using
serve
use
kill "$server"
finish
