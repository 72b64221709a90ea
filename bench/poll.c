/*
 * Benchmarks: looking at many sockets
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

/* The last socket has a datagram, so nothing waits. */

#define MAX_CROWD 1024

struct crowd
{
    unsigned int count;
    SOCKET sockets[MAX_CROWD];
};

/* An fd_set that has room; Wine's headers do not let FD_SETSIZE be set. */
struct big_set
{
    u_int fd_count;
    SOCKET fd_array[MAX_CROWD];
};

static void make_crowd( struct crowd *crowd, unsigned int count )
{
    struct sockaddr_in addr;
    unsigned int i;
    char byte = 0;

    start_winsock();
    crowd->count = count;
    for (i = 0; i < count; i++) crowd->sockets[i] = make_bound( SOCK_DGRAM, &addr );
    CHECK( sendto( crowd->sockets[0], &byte, 1, 0, (struct sockaddr *)&addr, sizeof(addr) ) == 1 );
}

static void close_crowd( struct crowd *crowd )
{
    while (crowd->count) closesocket( crowd->sockets[--crowd->count] );
}

static void poll_crowd( void *context, unsigned int count )
{
    static WSAPOLLFD fds[MAX_CROWD];
    const struct crowd *crowd = context;
    unsigned int i;

    while (count--)
    {
        for (i = 0; i < crowd->count; i++)
        {
            fds[i].fd = crowd->sockets[i];
            fds[i].events = POLLRDNORM;
        }
        CHECK( WSAPoll( fds, crowd->count, -1 ) == 1 );
    }
}

static void select_crowd( void *context, unsigned int count )
{
    static struct big_set read;
    const struct crowd *crowd = context;

    while (count--)
    {
        read.fd_count = crowd->count;
        memcpy( read.fd_array, crowd->sockets, crowd->count * sizeof(SOCKET) );
        CHECK( select( 0, (fd_set *)&read, NULL, NULL, NULL ) == 1 );
    }
}

static double bench_crowd( void (*func)( void *context, unsigned int count ), unsigned int count )
{
    static struct crowd crowd;
    double ret;

    make_crowd( &crowd, count );
    ret = measure( func, &crowd, 2 );
    close_crowd( &crowd );
    return ret;
}

static double bench_poll_1(void)
{
    return bench_crowd( poll_crowd, 1 );
}

static double bench_poll_64(void)
{
    return bench_crowd( poll_crowd, 64 );
}

static double bench_poll_1024(void)
{
    return bench_crowd( poll_crowd, 1024 );
}

static double bench_select_1(void)
{
    return bench_crowd( select_crowd, 1 );
}

static double bench_select_64(void)
{
    return bench_crowd( select_crowd, 64 );
}

static double bench_select_1024(void)
{
    return bench_crowd( select_crowd, 1024 );
}

const struct benchmark poll_benchmarks[] =
{
    {"poll_1", bench_poll_1},
    {"poll_64", bench_poll_64},
    {"poll_1024", bench_poll_1024},
    {"select_1", bench_select_1},
    {"select_64", bench_select_64},
    {"select_1024", bench_select_1024},
    {0}
};
