/*
 * Benchmarks: sending and receiving
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#include "bench.h"

#define STREAM_SIZE 65536

/* --- a byte there and back, between two threads --- */

static DWORD WINAPI echo_thread( void *arg )
{
    SOCKET s = (SOCKET)arg;
    char byte;

    while (recv( s, &byte, 1, 0 ) == 1) send( s, &byte, 1, 0 );
    return 0;
}

static void pingpong( void *context, unsigned int count )
{
    SOCKET s = *(SOCKET *)context;
    char byte = 0;

    while (count--)
    {
        CHECK( send( s, &byte, 1, 0 ) == 1 );
        CHECK( recv( s, &byte, 1, 0 ) == 1 );
    }
}

static double bench_pingpong(void)
{
    SOCKET pair[2];
    HANDLE thread;
    double ret;

    start_winsock();
    make_pair( pair );
    thread = CreateThread( NULL, 0, echo_thread, (void *)pair[1], 0, NULL );
    CHECK( thread != NULL );
    ret = measure( pingpong, &pair[0], 2 );
    closesocket( pair[0] );
    WaitForSingleObject( thread, INFINITE );
    CloseHandle( thread );
    closesocket( pair[1] );
    return ret;
}

/* --- 64 KiB --- */

static void stream( void *context, unsigned int count )
{
    static char data[STREAM_SIZE];
    SOCKET *pair = context;
    int left, len;

    while (count--)
    {
        CHECK( send( pair[0], data, STREAM_SIZE, 0 ) == STREAM_SIZE );
        for (left = STREAM_SIZE; left; left -= len)
        {
            len = recv( pair[1], data, left, 0 );
            CHECK( len > 0 );
        }
    }
}

/* One thread does both, so the buffers have to take all of it. */
static double bench_stream(void)
{
    int size = 4 * STREAM_SIZE;
    SOCKET pair[2];
    double ret;

    start_winsock();
    make_pair( pair );
    CHECK( !setsockopt( pair[0], SOL_SOCKET, SO_SNDBUF, (const char *)&size, sizeof(size) ));
    CHECK( !setsockopt( pair[1], SOL_SOCKET, SO_RCVBUF, (const char *)&size, sizeof(size) ));
    ret = measure( stream, pair, 2 );
    closesocket( pair[0] );
    closesocket( pair[1] );
    return ret;
}

/* --- datagrams --- */

struct datagrams
{
    SOCKET s;
    struct sockaddr_in addr;
};

static void udp( void *context, unsigned int count )
{
    const struct datagrams *datagrams = context;
    struct sockaddr_in from;
    char byte = 0;
    int len;

    while (count--)
    {
        CHECK( sendto( datagrams->s, &byte, 1, 0, (const struct sockaddr *)&datagrams->addr,
                       sizeof(datagrams->addr) ) == 1 );
        len = sizeof(from);
        CHECK( recvfrom( datagrams->s, &byte, 1, 0, (struct sockaddr *)&from, &len ) == 1 );
    }
}

static double bench_udp(void)
{
    struct datagrams datagrams;
    double ret;

    start_winsock();
    datagrams.s = make_bound( SOCK_DGRAM, &datagrams.addr );
    ret = measure( udp, &datagrams, 2 );
    closesocket( datagrams.s );
    return ret;
}

const struct benchmark data_benchmarks[] =
{
    {"pingpong", bench_pingpong},
    {"stream", bench_stream},
    {"udp", bench_udp},
    {0}
};
