/*
 * Benchmarks: sockets to measure with
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

/* As often as a benchmark asks: the next one of the same process finds Winsock started. */
void start_winsock(void)
{
    WSADATA data;

    CHECK( !WSAStartup( MAKEWORD( 2, 2 ), &data ));
}

SOCKET make_bound( int type, struct sockaddr_in *addr )
{
    SOCKET s = socket( AF_INET, type, 0 );
    int len = sizeof(*addr);

    CHECK( s != INVALID_SOCKET );
    memset( addr, 0, sizeof(*addr) );
    addr->sin_family = AF_INET;
    addr->sin_addr.s_addr = htonl( INADDR_LOOPBACK );
    CHECK( !bind( s, (struct sockaddr *)addr, sizeof(*addr) ));
    CHECK( !getsockname( s, (struct sockaddr *)addr, &len ));
    return s;
}

SOCKET make_listener( struct sockaddr_in *addr )
{
    SOCKET s = make_bound( SOCK_STREAM, addr );

    CHECK( !listen( s, SOMAXCONN ));
    return s;
}

void make_pair( SOCKET pair[2] )
{
    struct sockaddr_in addr;
    SOCKET listener = make_listener( &addr );
    BOOL on = TRUE;
    int i;

    pair[0] = socket( AF_INET, SOCK_STREAM, 0 );
    CHECK( pair[0] != INVALID_SOCKET );
    CHECK( !connect( pair[0], (struct sockaddr *)&addr, sizeof(addr) ));
    pair[1] = accept( listener, NULL, NULL );
    CHECK( pair[1] != INVALID_SOCKET );
    closesocket( listener );
    for (i = 0; i < 2; i++)
        CHECK( !setsockopt( pair[i], IPPROTO_TCP, TCP_NODELAY, (const char *)&on, sizeof(on) ));
}
