/*
 * Tests of WSAConnectByList and WSAConnectByName, and of the same through the sample layer
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

#include "util_tracelsp.h"

/* Wine 8.0's headers lack it. */
BOOL WINAPI WSAConnectByList( SOCKET s, SOCKET_ADDRESS_LIST *list, DWORD *local_len, struct sockaddr *local,
                              DWORD *remote_len, struct sockaddr *remote, const struct timeval *timeout,
                              WSAOVERLAPPED *reserved );

static BOOL has_layer;

/* The layer, if there is one, was asked to connect to the address. */
static void expect_connect( const struct sockaddr_in *addr )
{
    char text[40], *lines;

    if (!has_layer) return;
    snprintf( text, sizeof(text), "ConnectEx 127.0.0.1:%u ", ntohs( addr->sin_port ) );
    lines = read_trace();
    expect_line( lines, text, "-> " );
    free( lines );
}

struct list_of_2
{
    SOCKET_ADDRESS_LIST list;
    SOCKET_ADDRESS second;
};

static void set_list( struct list_of_2 *list, struct sockaddr_in *first, struct sockaddr_in *second )
{
    list->list.iAddressCount = second ? 2 : 1;
    list->list.Address[0].lpSockaddr = (struct sockaddr *)first;
    list->list.Address[0].iSockaddrLength = sizeof(*first);
    list->second.lpSockaddr = (struct sockaddr *)second;
    list->second.iSockaddrLength = sizeof(*second);
}

/* The address of a port that nobody listens on. */
static struct sockaddr_in refusing_addr(void)
{
    struct sockaddr_in addr;

    closesocket( bound_socket( SOCK_STREAM, &addr ) );
    return addr;
}

static void test_second_address(void)
{
    struct sockaddr_in refusing = refusing_addr(), addr, local, remote;
    DWORD local_len = sizeof(local), remote_len = sizeof(remote);
    SOCKET listener = bound_socket( SOCK_STREAM, &addr ), s, server;
    struct timeval timeout = {10, 0};
    struct list_of_2 list;
    u_long yes = 1, no = 0;
    BOOL ret;

    listen( listener, 1 );
    set_list( &list, &refusing, &addr );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ioctlsocket( s, FIONBIO, &yes );    /* it waits all the same */
    ret = WSAConnectByList( s, &list.list, &local_len, (struct sockaddr *)&local, &remote_len,
                            (struct sockaddr *)&remote, &timeout, NULL );
    ok( ret, "WSAConnectByList failed, error %d.\n", WSAGetLastError() );
    ok( remote_len == sizeof(remote) && remote.sin_port == addr.sin_port, "Got port %#x.\n", remote.sin_port );
    ok( local_len == sizeof(local) && local.sin_addr.s_addr == htonl( INADDR_LOOPBACK ), "Got address %#lx.\n",
        local.sin_addr.s_addr );
    ioctlsocket( s, FIONBIO, &no );
    server = ret ? accept( listener, NULL, NULL ) : INVALID_SOCKET;
    if (ret) check_echo( s, server );
    expect_connect( &refusing );
    expect_connect( &addr );
    closesocket( server );
    closesocket( s );
    closesocket( listener );
}

static void test_refused(void)
{
    struct sockaddr_in refusing = refusing_addr();
    struct list_of_2 list;
    SOCKET s;
    BOOL ret;

    set_list( &list, &refusing, NULL );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ret = WSAConnectByList( s, &list.list, NULL, NULL, NULL, NULL, NULL, NULL );
    ok( !ret && WSAGetLastError() == WSAECONNREFUSED, "Got %d, error %d.\n", ret, WSAGetLastError() );
    expect_connect( &refusing );
    ret = WSAConnectByList( s, NULL, NULL, NULL, NULL, NULL, NULL, NULL );
    ok( !ret && WSAGetLastError() == WSAEINVAL, "Got %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( s );
    s = socket( AF_INET, SOCK_DGRAM, 0 );
    ret = WSAConnectByList( s, &list.list, NULL, NULL, NULL, NULL, NULL, NULL );
    ok( !ret && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( s );
}

/* A listening socket whose queue is full does not answer. */
static void test_timeout(void)
{
    struct timeval timeout = {0, 300000};
    struct sockaddr_in addr;
    SOCKET listener = bound_socket( SOCK_STREAM, &addr ), fillers[4], s;
    struct list_of_2 list;
    unsigned int i;
    ULONGLONG time;
    char port[8];
    u_long yes = 1;
    BOOL ret;

    listen( listener, 0 );
    for (i = 0; i < ARRAY_SIZE(fillers); i++)
    {
        fillers[i] = socket( AF_INET, SOCK_STREAM, 0 );
        ioctlsocket( fillers[i], FIONBIO, &yes );
        connect( fillers[i], (struct sockaddr *)&addr, sizeof(addr) );
    }

    set_list( &list, &addr, &addr );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    time = GetTickCount64();
    ret = WSAConnectByList( s, &list.list, NULL, NULL, NULL, NULL, &timeout, NULL );
    time = GetTickCount64() - time;
    ok( !ret && WSAGetLastError() == WSAETIMEDOUT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( time >= 300 && time < 5000, "It took %u ms.\n", (unsigned int)time );
    expect_connect( &addr );
    closesocket( s );

    snprintf( port, sizeof(port), "%u", ntohs( addr.sin_port ) );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    time = GetTickCount64();
    ret = WSAConnectByNameA( s, "127.0.0.1", port, NULL, NULL, NULL, NULL, &timeout, NULL );
    time = GetTickCount64() - time;
    ok( !ret && WSAGetLastError() == WSAETIMEDOUT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( time >= 300 && time < 5000, "It took %u ms.\n", (unsigned int)time );
    closesocket( s );

    for (i = 0; i < ARRAY_SIZE(fillers); i++) closesocket( fillers[i] );
    closesocket( listener );
}

static void test_name( BOOL unicode )
{
    struct timeval timeout = {10, 0};
    struct sockaddr_in addr, remote = {0};
    SOCKET listener = bound_socket( SOCK_STREAM, &addr ), s, server;
    DWORD len = sizeof(remote);
    WCHAR portW[8];
    char port[8];
    BOOL ret;

    listen( listener, 1 );
    snprintf( port, sizeof(port), "%u", ntohs( addr.sin_port ) );
    wsprintfW( portW, L"%u", ntohs( addr.sin_port ) );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    if (unicode)
        ret = WSAConnectByNameW( s, L"localhost", portW, NULL, NULL, &len, (struct sockaddr *)&remote, &timeout,
                                 NULL );
    else
        ret = WSAConnectByNameA( s, "localhost", port, NULL, NULL, &len, (struct sockaddr *)&remote, &timeout, NULL );
    ok( ret, "WSAConnectByName failed, error %d.\n", WSAGetLastError() );
    ok( remote.sin_port == addr.sin_port && remote.sin_addr.s_addr == addr.sin_addr.s_addr,
        "Got address %#lx, port %#x.\n", remote.sin_addr.s_addr, remote.sin_port );
    expect_connect( &addr );
    server = ret ? accept( listener, NULL, NULL ) : INVALID_SOCKET;
    if (ret) check_echo( s, server );
    closesocket( server );
    closesocket( s );
    closesocket( listener );
}

static void test_connect( const WCHAR *kind )
{
    has_layer = kind != NULL;
    test_second_address();
    test_refused();
    test_timeout();
    test_name( FALSE );
    test_name( TRUE );
}

START_TEST(connect_list)
{
    run_kinds( "connect_list", test_connect );
}
