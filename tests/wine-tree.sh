#!/bin/sh
#
# Tests of tools/wine-tree on a made-up tree: what it puts there, what it refuses, and --revert, also after a kill
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

# Run by tools/run-tests, which says what is in the environment. That a real tree compiles and works is what
# tools/wine-tree-check shows.

set -u

srcdir=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
tool=$srcdir/tools/wine-tree
tree=$SCRATCH/tree
failures=0

ok()
{
    [ "$1" -eq 0 ] || { failures=$((failures + 1)); printf 'FAILED: %s\n' "$2"; }
}

# --- trees ---

# A list of sources as makefiles have it; Wine 8.0 has one for each kind, 10.0 a single one.
makefile_list()
{
    printf '\n%s =' "$1"
    shift
    printf ' \\\n\t%s' "$@"
    printf '\n'
}

sources()
{
    if [ "$release" = 8.0 ]; then
        makefile_list C_SRCS "$@"
        printf '\nRC_SRCS = version.rc\n'
    else
        makefile_list SOURCES "$@" version.rc
    fi
}

tests_list()
{
    if [ "$release" = 8.0 ]; then
        makefile_list C_SRCS sock.c
    else
        makefile_list SOURCES sock.c
    fi
}

# make_tree RELEASE: what the tool looks at, in $tree.
make_tree()
{
    release=$1
    rm -rf "$tree"
    mkdir -p "$tree/dlls/ws2_32/tests" "$tree/dlls/mswsock" "$tree/include" "$tree/libs/z" \
        "$tree/loader" "$tree/programs/z" "$tree/tools"
    touch "$tree/libs/z/z.c" "$tree/programs/z/z.c"
    echo "Wine version $release" > "$tree/VERSION"
    cat > "$tree/configure.ac" <<'END'
AC_INIT([made-up],[1])
WINE_CONFIG_MAKEFILE(dlls/mswsock)
WINE_CONFIG_MAKEFILE(dlls/ws2_32)
WINE_CONFIG_MAKEFILE(dlls/ws2_32/tests)
WINE_CONFIG_MAKEFILE(dlls/x,enable_win16)
WINE_CONFIG_MAKEFILE(programs/zz)
dnl End of auto-generated output commands
AC_OUTPUT
END
    echo 'AC_DEFUN([WINE_CONFIG_MAKEFILE],[: folder $1])' > "$tree/aclocal.m4"
    (cd "$tree" && autoconf && rm -rf autom4te.cache) || exit 1
    chmod 664 "$tree/configure.ac"
    if [ "$release" = 8.0 ]; then : ; else echo 'else if (!strcmp( flag, "testdll" ))'; fi > "$tree/tools/makedep.c"
    { printf 'MODULE    = ws2_32.dll\nUNIXLIB   = ws2_32.so\nIMPORTLIB = ws2_32\n'; sources inaddr.c socket.c; } \
        > "$tree/dlls/ws2_32/Makefile.in"
    printf '/* @makedep: hosts */\n1 WINE_DATA_FILE hosts\n' > "$tree/dlls/ws2_32/version.rc"
    for name in hosts inaddr.c socket.c ws2_32.spec ws2_32_private.h ws2_32.so socket.o tests/sock.c; do
        echo "the tree's $name" > "$tree/dlls/ws2_32/$name"
    done
    { printf 'TESTDLL   = ws2_32.dll\nIMPORTS   = ws2_32 user32\n'; tests_list; } \
        > "$tree/dlls/ws2_32/tests/Makefile.in"
    { printf 'MODULE    = mswsock.dll\n'; sources mswsock.c; } > "$tree/dlls/mswsock/Makefile.in"
    for name in mswsock.c mswsock.spec version.rc; do
        echo "the tree's $name" > "$tree/dlls/mswsock/$name"
    done
    { makefile_list HEADER_SRCS accctrl.h mswsock.h sql.h ws2spi.h xinput.h; makefile_list IDL_SRCS xml.idl; } \
        > "$tree/include/Makefile.in"
    echo "the tree's ws2spi.h" > "$tree/include/ws2spi.h"
    printf 'hosts,"@%%11%%\\ws2_32.dll,-1"\n11,,ws2_32.dll\n' > "$tree/loader/wine.inf.in"
    checksum > "$SCRATCH/pristine"
}

# What there is, with its mode and contents.
checksum()
{
    (cd "$tree" && find . -printf '%p %m %y\n' | LC_ALL=C sort
        find . -type f -exec cksum {} + | LC_ALL=C sort)
}

check_pristine()
{
    checksum | diff "$SCRATCH/pristine" - > "$SCRATCH/diff"
    ok $? "the tree is not what it was: $1"
}

# wine_tree ARGUMENT...: sets $status.
wine_tree()
{
    "$tool" "$@" > "$SCRATCH/out" 2> "$SCRATCH/err"
    status=$?
}

put_there()
{
    wine_tree "$tree"
    ok $status "winelsp cannot be put into the tree: $1"
}

revert()
{
    wine_tree --revert "$tree"
    ok $status "it cannot be reverted: $1"
    check_pristine "$1"
}

# --- what is put there ---

# has FILE LINE...: these lines, one after the other but not only they, are in this file of the tree.
has()
{
    file=$tree/$1
    shift
    for line in "$@"; do
        grep -qxF -e "$line" "$file" 2>/dev/null
        ok $? "${file#"$tree"/} has no line $line"
    done
}

has_not()
{
    [ ! -e "$tree/$1" ]
    ok $? "there still is a $1"
}

test_put()
{
    tab=$(printf '\t')
    make_tree "$1"
    put_there "$1"
    has dlls/ws2base/Makefile.in 'MODULE    = ws2base.dll' 'UNIXLIB   = ws2base.so' "${tab}inaddr.c \\"
    ! grep -q IMPORTLIB "$tree/dlls/ws2base/Makefile.in"
    ok $? 'ws2base has an import library'
    for name in hosts inaddr.c socket.c ws2_32_private.h; do
        has "dlls/ws2base/$name" "the tree's $name"
    done
    has dlls/ws2base/ws2base.spec "the tree's ws2_32.spec"
    has dlls/ws2base/ws2spi.h "the tree's ws2spi.h"
    has_not dlls/ws2base/socket.o
    has_not dlls/ws2base/ws2_32.so
    has_not dlls/ws2_32/inaddr.c
    has_not dlls/ws2_32/hosts
    has_not dlls/mswsock/mswsock.c
    for name in dlls/ws2_32/socket.c dlls/ws2_32/ws2_32.spec dlls/mswsock/socket.c dlls/sporder/sporder.spec \
        dlls/tracelsp/layer.c programs/tracelsp/main.c programs/winelsp/main.c include/ws2spi.h; do
        cmp -s "$srcdir/$name" "$tree/$name"
        ok $? "$name is not ours"
    done
    has include/Makefile.in "${tab}mswsockdef.h \\" "${tab}sporder.h \\" "${tab}xinput.h"
    has dlls/ws2_32/tests/sock.c "the tree's tests/sock.c"
    has dlls/ws2_32/tests/Makefile.in "${tab}base.c \\" "${tab}sock.c \\" "${tab}testlsp.spec \\" \
        'PARENTSRC = ../../../libs/winelsptest'
    has libs/winelsptest/Makefile.in 'STATICLIB = libwinelsptest.a' "${tab}util.c \\"
    has loader/wine.inf.in 'hosts,"@%11%\ws2base.dll,-1"' '11,,ws2_32.dll'
    sed -n 's/^WINE_CONFIG_MAKEFILE(\(.*\))/\1/p' "$tree/configure.ac" > "$SCRATCH/folders"
    printf '%s\n' dlls/mswsock dlls/sporder dlls/tracelsp dlls/ws2_32 dlls/ws2_32/tests dlls/ws2base \
        dlls/x,enable_win16 libs/winelsptest programs/tracelsp programs/winelsp programs/zz |
        cmp -s - "$SCRATCH/folders"
    ok $? "configure.ac has other folders: $(cat "$SCRATCH/folders")"
    has configure ': folder dlls/ws2base'
    [ -z "$(find "$tree/configure.ac" -newer "$tree/configure")" ]
    ok $? 'configure is older than configure.ac'
}

test_lists()
{
    grep -q '^C_SRCS' "$tree/dlls/ws2_32/Makefile.in"
    has_kinds=$?
    if [ "$1" = 8.0 ]; then
        ok $has_kinds "the lists are not those of Wine $1"
        has_not dlls/ws2_32/tests/console.c
    else
        [ $has_kinds -ne 0 ]
        ok $? "the lists are not those of Wine $1"
        has dlls/ws2_32/Makefile.in "${tab}app_category.c \\" "${tab}wah.c" 'IMPORTLIB = ws2_32'
        has dlls/ws2_32/tests/Makefile.in "${tab}console.c \\"
    fi
    grep -h '^	' "$tree/dlls/ws2_32/tests/Makefile.in" | sort -c
    ok $? 'the list of the tests is not sorted'
}

test_twice()
{
    checksum > "$SCRATCH/once"
    find "$tree" ! -path '*/.winelsp*' -type f -printf '%p %T@\n' | sort > "$SCRATCH/times"
    put_there twice
    checksum | cmp -s - "$SCRATCH/once"
    ok $? 'the second time changed something'
    find "$tree" ! -path '*/.winelsp*' -type f -printf '%p %T@\n' | sort | cmp -s - "$SCRATCH/times"
    ok $? 'the second time wrote something'
    grep -q already "$SCRATCH/out"
    ok $? 'it does not say that nothing was to be done'
    revert twice
    revert 'a second time'
}

# --- what is refused ---

# The rest is done with a small winelsp, of which the tool puts what it finds into the tree.
make_winelsp()
{
    small=$SCRATCH/winelsp
    mkdir -p "$small/tools" "$small/include" "$small/tests"
    for folder in dlls/ws2_32 dlls/mswsock dlls/sporder dlls/tracelsp programs/tracelsp programs/winelsp; do
        mkdir -p "$small/$folder"
        printf 'MODULE = m\n\nC_SRCS = \\\n\tsocket.c\n' > "$small/$folder/Makefile.in"
        echo "ours in $folder" > "$small/$folder/socket.c"
    done
    for name in ws2spi mswsockdef sporder; do
        echo "ours" > "$small/include/$name.h"
    done
    echo 'START_TEST(base)' > "$small/tests/base.c"
    echo 'ours' > "$small/tests/util.c"
    echo 'ours' > "$small/tests/util.h"
    echo 'ours' > "$small/tests/testlsp.spec"
    cp "$srcdir/tools/wine-tree" "$srcdir/tools/makefile.sh" "$small/tools/"
    tool=$small/tools/wine-tree
}

# refuses TEXT WHAT: nothing is touched, and the message has the text.
refuses()
{
    checksum > "$SCRATCH/before"
    wine_tree "$tree"
    [ $status -eq 1 ]
    ok $? "the status for $2 is $status"
    grep -q "$1" "$SCRATCH/err"
    ok $? "the message for $2 is: $(cat "$SCRATCH/err")"
    checksum | cmp -s - "$SCRATCH/before"
    ok $? "$2 was touched"
}

test_refused()
{
    for file in VERSION configure.ac tools/makedep.c include/ws2spi.h; do
        make_tree 8.0
        rm "$tree/$file"
        refuses "no Wine source tree: it has no $file" "a tree without $file"
    done
    make_tree 8.0
    sed -i 's/^UNIXLIB.*/UNIXLIB = other.so/' "$tree/dlls/ws2_32/Makefile.in"
    refuses 'are not known' 'an unknown makefile'
    make_tree 8.0
    sed -i '/dlls.ws2_32)/d' "$tree/configure.ac"
    refuses 'are not known' 'an unknown configure.ac'
    make_tree 8.0
    mkdir "$tree/dlls/ws2base"
    refuses "not of this tool's making" 'a tree with a ws2base'
    make_tree 8.0
    echo 'AC_FATAL([no])' >> "$tree/configure.ac"
    refuses 'autoconf failed' 'a tree whose autoconf fails'
    wine_tree "$SCRATCH/none"
    [ $status -eq 1 ]
    ok $? 'it accepts a folder that is not there'

    make_tree 9.9
    wine_tree "$tree"
    ok $status 'it refuses Wine 9.9'
    grep -q 'Wine 9.9 is not tested' "$SCRATCH/err"
    ok $? 'it says nothing about Wine 9.9'
}

# What somebody wrote into the tree afterwards is not lost.
test_changed()
{
    make_tree 10.0
    put_there 'before a change'
    for file in configure.ac dlls/ws2_32/socket.c include/ws2spi.h; do
        cp "$tree/$file" "$SCRATCH/file"
        echo '/* a change */' >> "$tree/$file"
        refuses "  $file" "a changed $file"
        wine_tree --revert "$tree"
        [ $status -eq 1 ] && grep -q 'a change' "$tree/$file"
        ok $? "--revert lost a change of $file"
        cp "$SCRATCH/file" "$tree/$file"
    done
    revert 'after a change'
}

# --- updates and kills ---

test_update()
{
    make_tree 8.0
    put_there 'before an update'
    touch -d '2 hours ago' "$tree/configure.ac" "$tree/configure" "$tree/dlls/sporder/socket.c"
    echo changed > "$small/dlls/ws2_32/socket.c"
    mv "$small/dlls/mswsock/socket.c" "$small/dlls/mswsock/extension.c"
    echo ours > "$small/dlls/ws2_32/inaddr.c"
    put_there 'after an update'
    has dlls/ws2_32/socket.c changed
    has dlls/ws2_32/inaddr.c ours
    has dlls/ws2base/inaddr.c "the tree's inaddr.c"
    has_not dlls/mswsock/socket.c
    for name in configure dlls/sporder/socket.c; do
        [ -n "$(find "$tree/$name" -mmin +60)" ]
        ok $? "the update wrote $name, which it did not change"
    done
    rm "$small/dlls/ws2_32/inaddr.c"
    put_there 'after another one'
    has_not dlls/ws2_32/inaddr.c
    revert 'after updates'
}

# The tool is killed before the real program runs, at call number $KILL_AT of those that change files.
make_shims()
{
    mkdir "$SCRATCH/shims"
    for name in cp mv rm rmdir touch; do
        cat > "$SCRATCH/shims/$name" <<END
#!/bin/sh
count=\$((\$(cat "$SCRATCH/count") + 1))
echo \$count > "$SCRATCH/count"
[ \$count = "\$KILL_AT" ] && kill -9 \$(cat "$SCRATCH/pid") && exit 1
exec "$(command -v "$name")" "\$@"
END
        chmod 755 "$SCRATCH/shims/$name"
    done
}

# killed_at NUMBER ARGUMENT...: fails if the tool ended before.
killed_at()
{
    echo 0 > "$SCRATCH/count"
    kill_at=$1
    shift
    env PATH="$SCRATCH/shims:$PATH" KILL_AT="$kill_at" \
        sh -c 'echo $$ > "$1"; shift; exec "$@"' sh "$SCRATCH/pid" "$tool" "$@" > "$SCRATCH/out" 2> "$SCRATCH/err"
    [ $? -eq 137 ]
} 2>/dev/null

# kill_everywhere FROM ARGUMENT...: the command, on a copy of FROM, killed at every 23rd of its steps; then the tree
# is put right, by turns from where it is, or with the next version put there first.
kill_everywhere()
{
    from=$1
    shift
    number=1
    while rm -rf "$tree" && cp -a "$from" "$tree" && killed_at $number "$@"; do
        if [ $((number % 2)) -eq 0 ]; then
            echo "version $number" > "$small/dlls/sporder/socket.c"
            put_there "after a kill at step $number"
            has dlls/sporder/socket.c "version $number"
            has dlls/ws2base/socket.c "the tree's socket.c"
        fi
        revert "after a kill of $* at step $number"
        number=$((number + 23))
    done
    [ $number -gt "$steps" ]
    ok $? "$* has only $((number - 1)) steps"
}

test_killed()
{
    make_shims
    make_tree 8.0
    rm -rf "$SCRATCH/stock"
    cp -a "$tree" "$SCRATCH/stock"
    steps=60
    kill_everywhere "$SCRATCH/stock" "$tree"
    rm -rf "$tree"
    cp -a "$SCRATCH/stock" "$tree"
    put_there 'to be reverted'
    mv "$tree" "$SCRATCH/done"
    steps=30
    kill_everywhere "$SCRATCH/done" --revert "$tree"
}

test_put 8.0
test_lists 8.0
test_twice
test_put 10.0
test_lists 10.0
revert 10.0
make_winelsp
test_refused
test_changed
test_update
test_killed

[ $failures -gt 0 ] || echo 'puts, refuses, reverts'
[ $failures -eq 0 ]
