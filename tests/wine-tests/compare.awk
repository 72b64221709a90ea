# Prints what fails in one run of Wine's tests and not, or less often, in another, and what is known of it
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

# awk -v sources=FOLDER -v version=MAJOR.MINOR -f compare.awk KNOWN... STOCK OURS
#
# STOCK and OURS are what failures.awk prints. A KNOWN file, of the name unsteady, better, ifs or non-ifs, has a line
# for each check that is known to fail,
#     FILE FUNCTION VERSION[,VERSION] TEXT
# where TEXT is how the line of Wine's source that has the check begins, or "*" for all of the function; the reason
# stands above it as a comment. A line number would hold for one version of Wine only. An entry of better knows only
# what succeeds inside a todo block.
#
# The output has a line "new FILE:LINE ...", "known FILE:LINE ...", "unsteady FILE:LINE ..." for each such check, and
# "gone ..." for each entry, but those of unsteady, that did not fail.

# locate(file, number): sets where_function and where_text.
function locate(file, number,    path, line, n)
{
    path = sources "/" file
    where_function = where_text = ""
    for (n = 1; n <= number && (getline line < path) > 0; n++)
        if (match(line, /^[a-z].*[ *][a-zA-Z0-9_]+\(/) && line !~ /;$/)
        {
            where_function = substr(line, RSTART, RLENGTH - 1)
            sub(/.*[ *]/, "", where_function)
        }
    close(path)
    sub(/^ +/, "", line)
    where_text = line
}

# known(): the index of the entry that this check, which failed or succeeded inside a todo block, belongs to, or 0.
function known(file, how,    i)
{
    for (i = 1; i <= entries; i++)
        if (entry_file[i] == file && entry_function[i] == where_function &&
            (entry_kind[i] != "better" || how == "todo") &&
            (entry_text[i] == "*" || index(where_text, entry_text[i]) == 1))
            return i
    return 0
}

FNR == 1 { kind = FILENAME; sub(/.*\//, "", kind) }

kind == "unsteady" || kind == "better" || kind == "ifs" || kind == "non-ifs" {
    if (/^#/ || NF < 4 || index("," $3 ",", "," version ",") == 0)
        next
    entries++
    entry_kind[entries] = kind
    entry_file[entries] = $1
    entry_function[entries] = $2
    entry_text[entries] = $0
    sub(/^[^ ]+ +[^ ]+ +[^ ]+ +/, "", entry_text[entries])
    next
}

FILENAME == ARGV[ARGC - 2] { stock[$1 $2] = $3; next }

$3 > stock[$1 $2] + 0 {
    split($1, part, ":")
    locate(part[1], part[2])
    i = known(part[1], $2)
    seen[i] = 1
    print !i ? "new" : entry_kind[i] == "unsteady" ? "unsteady" : "known", $1, "(" where_function "), " $2 " " \
        $3 " times, stock " stock[$1 $2] + 0 ": " where_text
}

END {
    for (i = 1; i <= entries; i++)
        if (!seen[i] && entry_kind[i] != "unsteady" && entry_file[i] == unit ".c")
            print "gone", entry_file[i], "(" entry_function[i] "): " entry_text[i]
}
