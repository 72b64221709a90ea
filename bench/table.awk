# Prints the table of what was measured
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

function print_head(text,    i)
{
    printf "\n%-26s", text
    for (i = 1; i <= side_count; i++) printf "%14s", sides[i]
    print ""
}

function print_row(name,    i, middle, text)
{
    printf "%-26s", title[name]
    for (i = 1; i <= side_count; i++) {
        middle = median(name, sides[i])
        text = "-"
        if (count) text = sprintf("%.4g %2.0f%%", middle / scale(name), spread())
        printf "%14s", text
    }
    print "  " unit[name]
}

function print_ratios(name,    i, ratio, text, any)
{
    text = sprintf("%-26s", title[name])
    for (i = 1; i <= side_count; i++) {
        ratio = median_ratio(name, sides[i], name, reference(sides[i]))
        if (count) any = 1
        text = text sprintf("%14s", count ? sprintf("%.3f %2.0f%%", ratio, spread()) : "-")
    }
    if (any) print text
}

function is_measured(name,    i)
{
    for (i = 1; i <= side_count; i++) if ((1, name, sides[i]) in value) return 1
    return 0
}

END {
    printf "%s; %s; %d rounds\n", machine, wine, rounds
    print_head("Medians, and spreads")
    for (i = 1; i <= name_count; i++) if (is_measured(names[i])) print_row(names[i])
    print_head("Ratios, and spreads")
    for (i = 1; i <= name_count; i++) print_ratios(names[i])
    print "\nbare is compared with stock, the others with bare. A spread is that of the middle half of the rounds."
    printf "\n%-56s%10s%10s\n", "Bars", "limit", "measured"
    for (bar = 1; bar <= bar_count; bar++) {
        result = bar_result(bar)
        if (!count) continue
        if (result > limit[bar]) missed++
        else met++
        printf "%-56s%10s%10.3f  %s\n", bar_title[bar], limit[bar], result, (result > limit[bar] ? "missed" : "met")
    }
    printf "%d bars met, %d missed\n", met, missed
}
