# Prints what plot.gp plots
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

# Two blocks, with an empty line twice between them: the number of sockets, and microseconds of WSAPoll and select on
# each of four sides; and the number of layers, and what each data call costs more than without any, in per cent, with
# the nanoseconds of a call through the layers. ? is what was not measured.

function microseconds(name, side,    middle)
{
    middle = median(name, side)
    return count ? middle / 1000 : "?"
}

function more_percent(name, side,    ratio)
{
    ratio = median_ratio(name, side, name, "bare")
    return count ? 100 * (ratio - 1) : "?"
}

function nanoseconds(name, side,    middle)
{
    middle = median(name, side)
    return count ? middle : "?"
}

END {
    sizes = split("1 64 1024", size)
    for (i = 1; i <= sizes; i++) {
        line = size[i]
        for (j = 1; j <= 4; j++)
            line = line " " microseconds("poll_" size[i], sides[j]) " " microseconds("select_" size[i], sides[j])
        print line
    }
    print "\n"
    for (i = 5; i <= side_count; i++)
        print substr(sides[i], 5), more_percent("pingpong", sides[i]), more_percent("stream", sides[i]),
            more_percent("udp", sides[i]), more_percent("port", sides[i]), nanoseconds("layers", sides[i])
}
