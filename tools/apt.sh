# shellcheck shell=sh
# Fetches packages of another architecture, and sources, with an apt of its own; sourced by tools
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

# Nothing is added to the system: the lists of packages are kept in a folder of the caller's, and are thrown away
# with it. apt checks signatures and checksums as it always does.

# Options that each call of apt gets.
apt_options=

# The mirrors that this machine's apt uses: site, suite and component of each.
mirrors()
{
    # shellcheck disable=SC2016 # apt-get's own variables
    apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' |
        awk '$3 == "main"' | sort -u
}

# The mirror of Debian that this machine's apt uses. The other archives, for updates, are left out: what comes from it
# should be the same everywhere, and their i386 indices were seen broken.
mirror()
{
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirrors | awk -v codename="$codename" '$2 == codename { print $1; exit }'
}

# own_apt FOLDER ARGUMENT...: apt-get in this folder, which has its sources.list; what it says is appended to
# FOLDER/log.
own_apt()
{
    (cd "$1" && folder=$1 && shift && apt-get -q \
        -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null \
        -o Dir::State="$folder/state" -o Dir::State::status=/dev/null -o Dir::Cache="$folder/cache" \
        -o APT::Sandbox::User= -o Acquire::Languages=none "$@" >> "$folder/log" 2>&1 < /dev/null)
}

# from_mirrors FOLDER deb|deb-src ARGUMENT...: asks the mirrors in the input, which is as mirrors() prints it, one by
# one, until one has what is wanted. Each on its own: an index that is broken or lacks an architecture does not spoil
# the others.
from_mirrors()
{
    folder=$1 type=$2
    shift 2
    while read -r site suite component; do
        printf '%s %s %s %s\n' "$type" "$site" "$suite" "$component" > "$folder/sources.list"
        mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial"
        # shellcheck disable=SC2086 # one word an option
        own_apt "$folder" $apt_options update && own_apt "$folder" $apt_options "$@" && return
        rm -rf "$folder/state" "$folder/cache"
    done
    return 1
}

# source_package FOLDER NAME[=VERSION] [SUITE]: fetches the files of a source package into FOLDER. SUITE, which may be
# another release's, replaces those that this machine's apt uses.
source_package()
{
    if [ $# -gt 2 ]; then
        echo "$(mirror) $3 main"
    else
        mirrors
    fi | from_mirrors "$1" deb-src source --download-only "$2"
}
