# Prints the failing lines of a log of Wine's tests: FILE:LINE failed|todo|skipped COUNT
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

# Tests that are skipped are listed, too: they are tests fewer.
match($0, /^[a-z]+\.c:[0-9]+:[0-9. ]* (Test failed|Test succeeded inside todo block|Tests skipped)/) {
    split($0, part, ":")
    count[part[1] ":" part[2] (/ Tests skipped/ ? " skipped" : / Test failed/ ? " failed" : " todo")]++
}

END {
    for (line in count)
        print line, count[line]
}
