# shellcheck shell=sh
#
# The sample layer in each of its forms, for shell units; sourced
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

# A form is bare (no layer), ifs or non-ifs. Uses what tools/run-tests gives to a shell unit.

forms='bare ifs non-ifs'
trace=$WINEPREFIX/drive_c/trace.txt
checks=0 problems=0 form=enabling
export WINEDEBUG=-all

# check STATUS TEXT: counts a check; one that has failed is told with the last that the program said, and that the
# layer saw.
check()
{
    checks=$((checks + 1))
    [ "$1" = 0 ] && return
    problems=$((problems + 1))
    echo "$form: $2 (status $1)"
    for file in "$SCRATCH/out" "$SCRATCH/err" "$trace"; do
        [ ! -s "$file" ] || { echo "  the end of ${file##*/}:"; tail -n 8 "$file" | cut -c 1-160 | sed 's/^/    /'; }
    done
}

# windows SECONDS COMMAND...: runs a program for at most as long; its output is in $SCRATCH/out and $SCRATCH/err.
windows()
{
    seconds=$1
    shift
    timeout -k 5 "$seconds" "$WINE" "$@" > "$SCRATCH/out" 2> "$SCRATCH/err" < /dev/null
}

# save_catalog NAME: writes both catalogs to $SCRATCH/catalog.NAME.
save_catalog()
{
    windows 30 winelsp.exe catalog
    check $? 'winelsp.exe catalog failed'
    cp "$SCRATCH/out" "$SCRATCH/catalog.$1"
}

enable_winelsp()
{
    "$WINELSP" enable > "$SCRATCH/out" 2> "$SCRATCH/err"
    check $? 'winelsp enable failed'
    save_catalog bare
}

# begin_form FORM: installs the layer in this form.
begin_form()
{
    form=$1
    rm -f "$trace"
    [ "$form" = bare ] && return
    windows 30 tracelsp.exe install "--$form" --trace 'C:\trace.txt'
    check $? 'tracelsp install failed'
}

# end_form: removes it; the catalog has to be what it was before, and without a layer nothing may have been traced.
end_form()
{
    if [ "$form" = bare ]; then
        [ ! -e "$trace" ]
        check $? 'there is a trace without a layer'
    else
        windows 30 tracelsp.exe remove
        check $? 'tracelsp remove failed'
    fi
    save_catalog after
    cmp -s "$SCRATCH/catalog.bare" "$SCRATCH/catalog.after"
    check $? 'the catalog is not what it was'
}

# finish: the unit's last line and exit status.
finish()
{
    echo "$checks checks, $problems problems"
    [ $problems = 0 ]
}
