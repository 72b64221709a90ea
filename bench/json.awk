# Prints what was measured as JSON
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

function quote(text)
{
    gsub(/[\\"]/, "\\\\&", text)
    return "\"" text "\""
}

function side_object(name, side,    text, i, middle)
{
    middle = median(name, side)
    text = sprintf("%s: {\"median\": %.10g, \"spread_percent\": %.4g", quote(side), middle, spread())
    text = text ", \"samples\": ["
    for (i = 1; i <= count; i++) text = text (i > 1 ? ", " : "") sprintf("%.10g", found[i])
    text = text "]"
    middle = median_ratio(name, side, name, reference(side))
    if (count) text = text sprintf(", \"ratio_to\": %s, \"ratio\": %.5g", quote(reference(side)), middle)
    return text "}"
}

function benchmark_object(name,    text, i, any)
{
    for (i = 1; i <= side_count; i++) {
        if (!((1, name, sides[i]) in value)) continue
        text = text (any ? ",\n        " : "        ") side_object(name, sides[i])
        any = 1
    }
    if (!any) return ""
    return sprintf("    {\"name\": %s, \"title\": %s, \"unit\": %s, \"sides\": {\n%s}}", quote(name),
                   quote(title[name]), quote((scale(name) > 1 ? "ns" : unit[name])), text)
}

function bar_object(bar,    result)
{
    result = bar_result(bar)
    if (!count) return ""
    return sprintf("    {\"title\": %s, \"limit\": %s, \"measured\": %.5g, \"met\": %s}", quote(bar_title[bar]),
                   limit[bar], result, result > limit[bar] ? "false" : "true")
}

function print_array(name, objects, n,    i, any)
{
    printf "  %s: [", quote(name)
    for (i = 1; i <= n; i++) {
        if (objects[i] == "") continue
        printf "%s\n%s", any ? "," : "", objects[i]
        any = 1
    }
    printf "]"
}

END {
    printf "{\n  \"machine\": %s,\n  \"wine\": %s,\n  \"rounds\": %d,\n", quote(machine), quote(wine), rounds
    for (i = 1; i <= name_count; i++) objects[i] = benchmark_object(names[i])
    print_array("benchmarks", objects, name_count)
    print ","
    for (i = 1; i <= bar_count; i++) bar_objects[i] = bar_object(i)
    print_array("bars", bar_objects, bar_count)
    print "\n}"
}
