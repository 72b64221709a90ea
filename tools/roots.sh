#!/bin/sh
#
# roots.sh: functions that make small Debian systems with other Wines, and run programs in them; tools/matrix has it
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

# The caller is root, has die() and the functions of tools/apt.sh, sets scratch, a temporary folder, and calls
# leave_roots() when it ends. A root is a folder below $roots. Nothing is mounted on or changed in the machine itself:
# what a root needs is mounted in namespaces that end with its programs.

child='' new=''
roots=${XDG_CACHE_HOME:-$HOME/.cache}/winelsp/roots

# The 32-bit emulator is Debian 13's: that of Debian 12 (QEMU 7.2) takes a minute to start a Wine program.
emulator=$roots/wine-10.0/usr/bin/qemu-i386

# describe_root NAME: sets suite, arch and packages; fails if there is no such root.
describe_root()
{
    case $1 in
    wine-8.0-i386) suite=bookworm arch=i386 packages=wine,wine32 ;;
    wine-10.0) suite=trixie arch=amd64 packages=wine,wine64 ;;
    *) return 1 ;;
    esac
    # The display for the tests; the network and its servers for Wine's own; the demo's server.
    packages=$packages,xvfb,mount,iproute2,dnsmasq-base,busybox,nodejs
    # Only a machine that has to emulate needs this.
    [ "$arch" = i386 ] || arch-test -n i386 >/dev/null || packages=$packages,qemu-user
}

# --- children ---

# start COMMAND...: a program, in the background: while a shell waits for it in finish(), the shell heeds its signals,
# and leave_roots() can end the program with all that it has started.
start()
{
    setsid "$@" &
    child=$!
}

# finish: waits for what start() has started; its exit status is the program's.
finish()
{
    wait "$child"
    status=$?
    child=
    return $status
}

# --- emulation ---

# What a namespace of the emulator starts with. The first argument is the folder of its two pipes, the second the
# emulator, which the kernel opens here (F), so that it need not be in the root. The other numbers are those of an
# ELF file for i386, and which of its bits count.
# shellcheck disable=SC2016 # variables of that shell
emulator_script='
pipes=$1 emulator=$2
shift 2
echo $$ > "$pipes/ready" && read -r _ < "$pipes/go" || exit 1
mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc || exit 1
magic="\x7fELF\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x03\x00"
mask="\xff\xff\xff\xff\xff\xfe\xfe\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
printf %s ":winelsp-i386:M::$magic:$mask:$emulator:FP" > /proc/sys/fs/binfmt_misc/register || exit 1
exec "$@"'

# with_emulator COMMAND...: runs it where i386 programs are emulated. Since Linux 6.7 a user namespace can have a
# binfmt_misc of its own, so that other programs of the machine notice nothing. All ids are the same inside and
# outside; only a process outside can say so, after the namespace was made: hence the pipes.
with_emulator()
{
    pipes=$(mktemp -d "$scratch/pipes-XXXXXX")
    mkfifo "$pipes/ready" "$pipes/go" || die 'cannot make a pipe'
    start unshare --user --mount -- sh -c "$emulator_script" sh "$pipes" "$emulator" "$@"
    if read -r pid < "$pipes/ready"; then
        echo '0 0 4294967295' > "/proc/$pid/uid_map"
        echo '0 0 4294967295' > "/proc/$pid/gid_map"
        echo go > "$pipes/go"
    fi
    finish
}

# leave_roots: ends what start() has started, and removes a root that is not complete. A script gets a moment to clean
# up; unshare, which ends its namespaces with it, ignores what can be caught.
leave_roots()
{
    [ -z "$child" ] || { kill -- "-$child" && sleep 2 && kill -KILL "-$child"; } 2>/dev/null
    [ -z "$new" ] || rm -rf "$new"
}

# as_arch ARCH COMMAND...: runs it where programs of this architecture can be run.
as_arch()
{
    root_arch=$1
    shift
    if arch-test -n "$root_arch" >/dev/null; then
        start "$@"
        finish
    else
        with_emulator "$@"
    fi
}

# --- making ---

# use_roots: from here on nobody else makes a root anew. The lock is the open file's: it ends with this process and
# those that it starts.
use_roots()
{
    mkdir -p "$roots" && exec 9> "$roots/lock" || die "cannot write to $roots"
    flock -s 9
}

# make_root NAME: unless it is there, and was made of these packages. A root is complete as soon as it has its name.
# Dies if another run uses the roots.
make_root()
{
    describe_root "$1" || die "there is no root $1"
    recipe="$suite $arch $packages"
    [ "$(cat "$roots/$1/etc/winelsp-root" 2>/dev/null)" != "$recipe" ] || return 0
    as_arch "$arch" arch-test "$arch" >/dev/null ||
        die "$1 cannot be made: this machine does not run $arch programs, nor can they be emulated"
    flock -n 9 || die "$1 has to be made anew, but another run uses the roots; wait for its end"
    site=$(mirror)
    [ -n "$site" ] || die "$1 cannot be made: this machine's apt has no mirror of Debian"
    echo "making $roots/$1 ($recipe)"
    new=$(mktemp -d "$roots/new-XXXXXX") || die "cannot write to $roots"
    as_arch "$arch" mmdebstrap --mode=root --variant=apt --architectures="$arch" --include="$packages" \
        --customize-hook="printf '127.0.0.1 localhost\n::1 localhost\n' > \"\$1/etc/hosts\"" \
        --customize-hook="echo '$recipe' > \"\$1/etc/winelsp-root\"" \
        "$suite" "$new" "deb $site $suite main" > "$roots/$1.log" 2>&1 < /dev/null || {
        tail -n 5 "$roots/$1.log" >&2
        die "$1 cannot be made, see $roots/$1.log"
    }
    rm -rf "${roots:?}/$1"
    mv "$new" "$roots/$1" || die "cannot write $roots/$1"
    new=
    flock -s 9
}

# --- entering ---

# What the namespaces of a root start with. A machine that is called localhost can look its own name up.
# shellcheck disable=SC2016 # variables of that shell
root_script='
root=$1 folder=$2
shift 2
hostname localhost && ip link set lo up && mount --bind "$root" "$root" &&
    mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" &&
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp" && mount --bind "$folder" "$root/mnt" || exit 1
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 chroot "$root" "$@"'

# enter_root NAME FOLDER COMMAND...: runs it in this root, which has the folder at /mnt, nothing of the environment,
# and no network but the loopback device. All that it left running ends with it. TMPDIR is not set: the wineserver
# of Debian's Wine 10.0 then aborts ("free(): invalid pointer").
enter_root()
{
    root=$roots/$1 folder=$2
    describe_root "$1"
    shift 2
    as_arch "$arch" unshare --mount --net --uts --pid --fork --kill-child -- \
        sh -c "$root_script" sh "$root" "$folder" "$@"
}
