/*
 * Benchmarks: making and connecting sockets
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

static void open_and_close( void *context, unsigned int count )
{
    SOCKET s;

    (void)context;
    while (count--)
    {
        CHECK( (s = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET );
        closesocket( s );
    }
}

static double bench_socket(void)
{
    start_winsock();
    return measure( open_and_close, NULL, 2 );
}

struct listener
{
    SOCKET s;
    struct sockaddr_in addr;
};

/* Without lingering no port stays in TIME_WAIT. */
static void connect_and_accept( void *context, unsigned int count )
{
    static const struct linger no_linger = {1, 0};
    const struct listener *listener = context;
    SOCKET client, server;

    while (count--)
    {
        CHECK( (client = socket( AF_INET, SOCK_STREAM, 0 )) != INVALID_SOCKET );
        CHECK( !connect( client, (const struct sockaddr *)&listener->addr, sizeof(listener->addr) ));
        CHECK( (server = accept( listener->s, NULL, NULL )) != INVALID_SOCKET );
        CHECK( !setsockopt( client, SOL_SOCKET, SO_LINGER, (const char *)&no_linger, sizeof(no_linger) ));
        closesocket( client );
        closesocket( server );
    }
}

static double bench_connect(void)
{
    struct listener listener;
    double ret;

    start_winsock();
    listener.s = make_listener( &listener.addr );
    ret = measure( connect_and_accept, &listener, 2 );
    closesocket( listener.s );
    return ret;
}

const struct benchmark socket_benchmarks[] =
{
    {"socket", bench_socket},
    {"connect", bench_connect},
    {0}
};
