#!/bin/sh
#
# The benchmarks work, each on each side; what they measure is not looked at
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

set -u

bench=$(dirname -- "$0")/../bench
results=$WINELSP_MODULES/bench-results-quick
checks=0 problems=0

# check STATUS WHAT
check()
{
    checks=$((checks + 1))
    [ "$1" = 0 ] && return
    problems=$((problems + 1))
    echo "$2"
}

sh "$bench/run" --quick "$WINELSP_MODULES"
check $? 'bench/run failed'

# Each line of the list has its sides, and each side a number.
node - "$results/results.json" > "$SCRATCH/sides" << 'END'
const results = JSON.parse(require('fs').readFileSync(process.argv[2]));
for (const benchmark of results.benchmarks)
    for (const [side, values] of Object.entries(benchmark.sides))
        if (values.median >= 0 && values.samples.length === 1) console.log(benchmark.name, side);
for (const bar of results.bars)
    if (Number.isFinite(bar.measured) && typeof bar.met === 'boolean') console.log('bar', bar.title);
END
check $? 'results.json cannot be read'

while read -r name _ sides _ title; do
    case $name,$sides in
    '#',*)  continue ;;
    *,all)  sides='stock bare ifs non-ifs pass1 pass2 pass4 pass6' ;;
    *,four) sides='stock bare ifs non-ifs' ;;
    *,pass) sides='pass1 pass2 pass4 pass6' ;;
    esac
    for side in $sides; do
        grep -qx "$name $side" "$SCRATCH/sides"
        check $? "results.json has no $name on $side"
    done
    grep -qF "$title" "$results/table"
    check $? "the table has no '$title'"
done < "$bench/list"

while read -r kind _ _ _ _ _ _ title; do
    [ "$kind" != '#' ] || continue
    case $kind in value|ratio|diff) ;; *) continue ;; esac
    grep -qxF "bar $title" "$SCRATCH/sides"
    check $? "results.json has no bar '$title'"
    grep -F "$title" "$results/table" | grep -q ' \(met\|missed\)$'
    check $? "the table has no bar '$title'"
done < "$bench/bars"

grep -q 'Looking at many sockets' "$results/cost.svg" && grep -q 'Pass-through layers' "$results/cost.svg"
check $? 'cost.svg is not what was to be plotted'

echo "$checks checks, $problems problems"
[ $problems = 0 ]
