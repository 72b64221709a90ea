#!/bin/sh
#
# The import library offers what that of mingw-w64 does, with the same arguments
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

# An i386 name ends in "@" and the size of the arguments, so a line that is missing is a function that is missing, or one
# that takes another number of arguments. That our functions take what our import library says, the linker sees to.

set -u

# imports ARCH FILE: what a library imports from the DLL; the rest of mingw-w64's is compiled into programs.
imports()
{
    "$1-w64-mingw32-nm" "$2" 2>/dev/null | sed -n 's/^[0-9a-f]* I __imp_//p' | sort -u
}

checks=0 problems=0
for arch in x86_64:x86_64 i386:i686; do
    ours=$WINELSP_MODULES/${arch%:*}-windows/libws2_32.a
    [ -f "$ours" ] || continue
    imports "${arch#*:}" "$("${arch#*:}-w64-mingw32-gcc" -print-file-name=libws2_32.a)" > "$SCRATCH/mingw"
    imports "${arch#*:}" "$ours" > "$SCRATCH/ours"
    count=$(grep -c '' "$SCRATCH/mingw")
    checks=$((checks + count))
    if [ "$count" -lt 100 ]; then
        problems=$((problems + 1))
        echo "${arch%:*}: mingw-w64 has only $count imports"
    fi
    comm -23 "$SCRATCH/mingw" "$SCRATCH/ours" > "$SCRATCH/missing"
    problems=$((problems + $(grep -c '' "$SCRATCH/missing")))
    sed "s/^/${arch%:*}: ours lacks /" "$SCRATCH/missing"
done

echo "$checks checks, $problems problems"
[ $problems = 0 ] && [ $checks -gt 0 ]
