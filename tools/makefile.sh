# shellcheck shell=sh
# Reads and writes the lists of sources that makefiles of Wine have (Makefile.in); sourced by tools
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

# Each is a filter, of a makefile or for one.

# sources_in: the names in the lists of a makefile, one a line.
sources_in()
{
    awk '
        /^(SOURCES|[A-Z]*_SRCS|MANPAGES)[ \t]*=/ { in_list = 1; sub(/^[^=]*=/, "") }
        in_list { more = /\\$/; sub(/\\$/, ""); for (i = 1; i <= NF; i++) print $i; in_list = more }'
}

# without_sources: a makefile without its lists.
without_sources()
{
    awk '
        /^(SOURCES|[A-Z]*_SRCS|MANPAGES)[ \t]*=/ { in_list = 1 }
        !in_list { text = text $0 "\n" }
        in_list && !/\\$/ { in_list = 0 }
        END { sub(/\n+$/, "\n", text); printf "%s", text }'
}

# source_list: a list of the names in the input.
source_list()
{
    printf '\nSOURCES ='
    sort | awk '{ printf " \\\n\t%s", $0 } END { printf "\n" }'
}
