# What was measured, and its medians; read before table.awk, json.awk or plot.awk
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

# The variable "what" tells which file is read: the list, the bars, or the samples (ROUND NAME SIDE VALUE). A row or
# bar of which nothing was measured is left out.

BEGIN { side_count = split("stock bare ifs non-ifs pass1 pass2 pass4 pass6", sides) }

/^#/ { next }

what == "list" {
    name = names[++name_count] = $1
    unit[name] = $2
    title[name] = rest_from(5)
}

what == "bars" {
    bar = ++bar_count
    kind[bar] = $1; bar_name[bar] = $2; bar_side[bar] = $3; ref_name[bar] = $4; ref_side[bar] = $5
    limit[bar] = $6; divisor[bar] = $7; bar_title[bar] = rest_from(8)
}

what == "samples" {
    value[$1, $2, $3] = $4
    if ($1 > rounds) rounds = $1
}

function rest_from(field,    text)
{
    text = $field
    while (++field <= NF) text = text " " $field
    return text
}

# Sorts found[1] to found[count].
function sort_found(    i, j, x)
{
    for (i = 2; i <= count; i++) {
        x = found[i]
        for (j = i - 1; j && found[j] > x; j--) found[j + 1] = found[j]
        found[j + 1] = x
    }
}

# The value of which a part of the sorted ones is smaller.
function quantile(part,    position, i)
{
    position = 1 + (count - 1) * part
    i = int(position)
    return i < count ? found[i] + (position - i) * (found[i + 1] - found[i]) : found[count]
}

# These fill found with a value for each round, and return the median. count is 0 without any.
function median(name, side,    round)
{
    count = 0
    for (round = 1; round <= rounds; round++)
        if ((round, name, side) in value) found[++count] = value[round, name, side]
    sort_found()
    return count ? quantile(0.5) : 0
}

function median_ratio(name, side, other_name, other_side,    round)
{
    count = 0
    for (round = 1; round <= rounds; round++)
        if ((round, name, side) in value && value[round, other_name, other_side] > 0)
            found[++count] = value[round, name, side] / value[round, other_name, other_side]
    sort_found()
    return count ? quantile(0.5) : 0
}

function median_difference(name, side, other_name, other_side,    round)
{
    count = 0
    for (round = 1; round <= rounds; round++)
        if ((round, name, side) in value && (round, other_name, other_side) in value)
            found[++count] = value[round, name, side] - value[round, other_name, other_side]
    sort_found()
    return count ? quantile(0.5) : 0
}

# How far apart the middle half of the rounds is, in per cent of the median.
function spread(    middle)
{
    middle = quantile(0.5)
    return middle ? 100 * (quantile(0.75) - quantile(0.25)) / middle : 0
}

# What a side is compared with: ours without a layer with stock Wine, the others with that.
function reference(side)
{
    return side == "stock" ? "" : side == "bare" ? "stock" : "bare"
}

function scale(name)
{
    return unit[name] == "us" ? 1e3 : unit[name] == "ms" ? 1e6 : 1
}

function bar_result(bar)
{
    if (kind[bar] == "value") return median(bar_name[bar], bar_side[bar])
    if (kind[bar] == "ratio") return median_ratio(bar_name[bar], bar_side[bar], ref_name[bar], ref_side[bar])
    return median_difference(bar_name[bar], bar_side[bar], ref_name[bar], ref_side[bar]) / divisor[bar]
}
