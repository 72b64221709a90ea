#!/bin/sh
#
# Compares the man page with what the script and the program say of themselves, and examines its form
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

# Run by tools/run-tests, which says what is in the environment. In the page's two sections a command stands at the head
# of a paragraph, an option anywhere.

set -u

tests=$(dirname -- "$0")
page=$tests/../tools/winelsp.1
# shellcheck source=tests/programs/forms.sh
. "$tests/programs/forms.sh"

# quiet COMMAND...: it has nothing to say about the page.
quiet()
{
    "$@" > "$SCRATCH/out" 2>&1 && [ ! -s "$SCRATCH/out" ]
    check $? "$1 has something to say"
}

check_form()
{
    quiet mandoc -T lint -W all "$page"
    quiet groff -man -ww -z -T utf8 "$page"
    for width in 60 80 132; do
        MANWIDTH=$width man --warnings=w -l "$page" 2> "$SCRATCH/out" > /dev/null
        [ ! -s "$SCRATCH/out" ]
        check $? "man has something to say at a width of $width"
    done
}

# section TITLE: its text, without line breaks inside a paragraph.
section()
{
    mandoc -T ascii -O width=1000 "$page" | col -bx | sed -n "/^$1\$/,/^[A-Z]/{/^ /p;}"
}

options()
{
    grep -o -e '--[a-z][a-z0-9-]*' "$1"
}

# same_words WHAT LEAST: $SCRATCH/said has the same words as $SCRATCH/paged, and at least so many.
same_words()
{
    for file in said paged; do
        LC_ALL=C sort -u "$SCRATCH/$file" > "$SCRATCH/$file.sorted"
    done
    diff "$SCRATCH/said.sorted" "$SCRATCH/paged.sorted" > "$SCRATCH/out"
    check $? "the page has other $1"
    [ "$(grep -c '' "$SCRATCH/said.sorted")" -ge "$2" ]
    check $? "there are few $1"
    echo "$(grep -c '' "$SCRATCH/said.sorted") $1: $(paste -s -d ' ' "$SCRATCH/said.sorted")"
}

# commands: those of the text in $SCRATCH/overview.
commands()
{
    sed -n 's/^  \([a-z][a-z]*\)   *[^ ].*/\1/p' "$SCRATCH/overview"
}

# compare TITLE COMMANDS OPTIONS: that section with the commands of $SCRATCH/overview and the options of $SCRATCH/help.
# Of both there are at least so many.
compare()
{
    section "$1" > "$SCRATCH/section"
    commands > "$SCRATCH/said"
    sed -n 's/^       \([a-z][a-z]*\).*/\1/p' "$SCRATCH/section" > "$SCRATCH/paged"
    same_words commands "$2"
    options "$SCRATCH/help" > "$SCRATCH/said"
    options "$SCRATCH/section" > "$SCRATCH/paged"
    same_words options "$3"
}

# help_of [COMMAND]: what the program says is in $SCRATCH/out.
help_of()
{
    windows 60 winelsp.exe "$@" --help
    check $? "winelsp.exe $* --help failed"
}

form=page
check_form
form='winelsp'
"$WINELSP" --help | tee "$SCRATCH/overview" > "$SCRATCH/help"
compare 'THE SCRIPT winelsp' 3 3
form='winelsp.exe'
"$WINELSP" enable > "$SCRATCH/out" 2> "$SCRATCH/err"
check $? 'winelsp enable failed'
help_of
tr -d '\r' < "$SCRATCH/out" | tee "$SCRATCH/overview" > "$SCRATCH/help"
for command in $(commands); do
    help_of "$command"
    tr -d '\r' < "$SCRATCH/out" >> "$SCRATCH/help"
done
compare 'THE PROGRAM winelsp.exe' 12 10
finish
