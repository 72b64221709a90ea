#!/bin/sh
#
# The parsers under libFuzzer: any bytes in the registry, or in the file of a provider, do no harm
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

# Run by tools/run-tests, which says what is in the environment. For each target the files of the corpus come first, one
# by one, and then what libFuzzer makes of them, for a bounded time. An input that fails is kept beside the logs, and
# named.

set -u

fuzz_seconds=10
here=$(dirname -- "$0")

# run PATTERN ARG...: ends the unit if an input fails; the pattern stands before its name in what libFuzzer says.
run()
{
    pattern=$1
    shift
    "$WINELSP_MODULES/fuzz-$target" "-artifact_prefix=$WINELSP_MODULES/fuzz-$target-" -timeout=5 "$@" \
        > "$SCRATCH/log" 2>&1
    status=$?
    cat "$SCRATCH/log"
    [ $status = 0 ] && return
    echo "$target: status $status; the input that fails is $(sed -n "s/^.*$pattern//p" "$SCRATCH/log" | tail -n 1)"
    exit 1
}

for target in catalog dll namespace
do
    make -s -C "$WINELSP_MODULES" "fuzz-$target" || exit 1
    mkdir "$SCRATCH/$target" || exit 1

    run 'Running: ' "$here/fuzz/$target"/*
    run 'Test unit written to ' -max_len=8192 -max_total_time=$fuzz_seconds -use_value_profile=1 -print_final_stats=1 \
        "$SCRATCH/$target" "$here/fuzz/$target"
    echo "$target: $(set -- "$here/fuzz/$target"/* && echo $#) files," \
         "$(sed -n 's/^stat::number_of_executed_units: //p' "$SCRATCH/log") inputs"
done
