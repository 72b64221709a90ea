#!/bin/sh
#
# Bad arguments give the errors that they give on stock Wine
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

# Run by tools/run-tests, which says what is in the environment.

# api-errors.list says where ours may differ, and why: lines of an extended regular expression, which stands for the
# begin of a line of "tests.exe api_errors print", with "#" lines above it for the reason. A line "@VERSION ..." is
# for this version of Wine only.

set -u

list=$(dirname -- "$0")/api-errors.list
folder=$WINEPREFIX/drive_c/winelsp-tests
modules=$WINELSP_MODULES/$WINELSP_ARCH-windows
export WINEDEBUG=-all

# print_calls NAME
print_calls()
{
    timeout -k 5 120 "$WINE" 'C:\winelsp-tests\tests.exe' api_errors print > "$SCRATCH/out" 2> "$SCRATCH/err" < /dev/null ||
        { echo "$1: the calls did not end well, status $?"; tail -n 3 "$SCRATCH/out" "$SCRATCH/err"; exit 1; }
    tr -d '\r' < "$SCRATCH/out" | grep -a '(.*) \|is not exported$' | grep -av '^[0-9a-f]*:' > "$SCRATCH/$1"
}

mkdir -p "$folder"
cp "$modules/tests.exe" "$modules/testlsp.dll" "$folder/" || exit 1
print_calls stock
"$WINELSP" enable > "$SCRATCH/out" 2>&1 || { cat "$SCRATCH/out"; exit 1; }
print_calls ours

diff "$SCRATCH/stock" "$SCRATCH/ours" | grep -a '^[<>]' > "$SCRATCH/differences"
version=$("$WINE" --version 2> "$SCRATCH/err" | sed 's/^wine-\([0-9.]*\).*/\1/')
sed -e '/^#/d; /^$/d' -e "s/^@$version //; /^@/d" -e 's/^/^[<>] /' "$list" > "$SCRATCH/allowed"
problems=0
grep -avEf "$SCRATCH/allowed" "$SCRATCH/differences" > "$SCRATCH/new" && {
    problems=$(grep -ac '' "$SCRATCH/new")
    echo 'differences ("<" is stock) that are not in api-errors.list:'
    cat "$SCRATCH/new"
}
while read -r pattern; do
    grep -aqE "$pattern" "$SCRATCH/differences" && continue
    problems=$((problems + 1))
    echo "in api-errors.list, but nothing differs: $pattern"
done < "$SCRATCH/allowed"

echo "$(grep -ac '' "$SCRATCH/ours") calls, $(grep -ac '^>' "$SCRATCH/differences") differ, $problems problems"
[ $problems = 0 ]
