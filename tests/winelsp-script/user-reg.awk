# Carries out one line of a .reg file in a user.reg: the value "name"="text" or "name"=-, or the key [key] or [-key]
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

# In the environment: key, without brackets, and line. Text of any form is escaped alike in both files.

function write_value()
{
    if (line ~ /^"/ && value != "-") print line
}

BEGIN {
    key = ENVIRON["key"]; line = ENVIRON["line"]
    remove_key = sub( /^-/, "", key )
    sub( /^HKEY_CURRENT_USER\\/, "", key )
    gsub( /\\/, "\\\\&", key )
    name = value = line
    sub( /^"[^"]*"=/, "", value )
    sub( /=.*/, "", name )
}

/^\[/ {
    if (inside) write_value()
    inside = tolower( substr( $0, 2, index( $0, "]" ) - 2 ) ) == tolower( key )
    found = found || inside
}

inside && (remove_key || index( tolower( $0 ), tolower( name ) "=" ) == 1) { next }

# The values of a key end with an empty line.
inside && /^$/ { write_value(); inside = 0 }

{ print }

END {
    if (inside) write_value()
    if (!found && !remove_key) { printf "\n[%s] 1\n", key; write_value() }
}
