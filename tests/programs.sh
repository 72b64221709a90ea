#!/bin/sh
#
# Programs that this project did not write carry their traffic through the sample layer
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

# Run by tools/run-tests, which says what is in the environment. node.exe brings its own network library (libuv), and
# esbuild.exe is a Go program: between them they use completion ports, AcceptEx, ConnectEx, zero-byte reads, SIO_BASE_HANDLE
# and the events of AFD. They are fetched by npm once.

set -u

tests=$(dirname -- "$0")
clients=20
body_bytes=100000
datagrams=100
datagram_step=661
transfer_bytes=10000000
downloads=8
scripts='C:\programs\'
export NODE_SKIP_PLATFORM_CHECK=1
. "$tests/../tools/npm.sh"
. "$tests/programs/forms.sh"

# expect_traffic PROGRAM PORT CONNECTIONS RECEIVED SENT: the layer saw at least as much of the program. The trace begins
# anew.
expect_traffic()
{
    [ "$form" = bare ] && return
    awk -v program="$1" -v port="$2" -v form="$form" -f "$tests/programs/traffic.awk" "$trace" > "$SCRATCH/traffic"
    read -r connections received sent calls < "$SCRATCH/traffic"
    [ "$connections" -ge "$3" ] && [ "$received" -ge "$4" ] && [ "$sent" -ge "$5" ]
    check $? "the trace has $connections connections, $received bytes received and $sent sent"
    echo "$form: of $1 the layer saw $calls calls, $connections connections, $received bytes received, $sent sent"
    mv "$trace" "$SCRATCH/trace.last"
}

# node SCRIPT ARG...: its last words tell what was compared.
node()
{
    script=$1
    shift
    windows 60 "${scripts}node.exe" "$scripts$script" "$@"
    check $? "$script failed"
    sed "s/^/$form: /" "$SCRATCH/out"
}

# start NAME PATTERN COMMAND...: starts a program that listens, and sets port to what the pattern finds in its output.
# Its input is open until stop().
start()
{
    name=$1 pattern=$2 port=''
    shift 2
    rm -f "$SCRATCH/hold"
    mkfifo "$SCRATCH/hold"
    timeout -k 5 90 "$WINE" "$@" > "$SCRATCH/$name" 2>&1 < "$SCRATCH/hold" &
    server=$!
    exec 7> "$SCRATCH/hold"
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        port=$(tr -d '\r' < "$SCRATCH/$name" | sed -n "s/$pattern/\1/p")
        [ -z "$port" ] || break
        sleep 0.5
    done
    [ -n "$port" ]
    check $? "$name does not listen: $(cat "$SCRATCH/$name")"
}

# stop: the program that was started has to end with success now.
stop()
{
    exec 7>&-
    wait $server
    check $? "$name did not end with success: $(cat "$SCRATCH/$name")"
}

run_node()
{
    start http-server '^\([0-9]*\)$' "${scripts}node.exe" "${scripts}http-server.js" $clients
    node http-clients.js "$port" $clients $body_bytes
    stop
    expect_traffic node.exe "$port" $clients $((2 * clients * body_bytes)) $((2 * clients * body_bytes))
    node udp.js $datagrams $datagram_step
    expect_traffic node.exe 0 0 $((datagrams * (datagrams - 1) * datagram_step)) \
        $((datagrams * (datagrams - 1) * datagram_step))
    node transfer.js $transfer_bytes
    expect_traffic node.exe 0 1 $((2 * transfer_bytes)) $((2 * transfer_bytes))
}

run_esbuild()
{
    start esbuild '.*http:\/\/127.0.0.1:\([0-9]*\)\/.*' "${scripts}esbuild.exe" "--servedir=${scripts}files" \
        --serve=127.0.0.1:0
    node http-get.js "http://127.0.0.1:$port/data.bin" "${scripts}files\\data.bin" $downloads
    stop
    expect_traffic esbuild.exe "$port" 0 0 $((downloads * body_bytes))
}

prepare()
{
    folder=$WINEPREFIX/drive_c/programs
    mkdir -p "$folder/files"
    for program in "$(fetch_node)" \
                   "$(fetch_program @esbuild/win32-x64@0.17.19 esbuild.exe)"; do
        cp "$program" "$folder/" || exit 1
    done
    cp "$tests"/programs/*.js "$folder/" || exit 1
    head -c $body_bytes /dev/urandom > "$folder/files/data.bin"
}

prepare
enable_winelsp
for form in $forms; do
    begin_form "$form"
    run_node
    run_esbuild
    end_form
done
finish
