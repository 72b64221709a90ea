/*
 * Tests of iphlpapi in a process with the sample layer
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
#include "iphlpapi.h"

/* Asks a function of iphlpapi for a table; the caller frees it. NULL after a failed check. */
static void *get_table( const char *name, DWORD (*query)( void *table, DWORD *size ) )
{
    DWORD size = 0, ret;
    void *table = NULL;

    while ((ret = query( table, &size )) == ERROR_INSUFFICIENT_BUFFER)
    {
        free( table );
        table = malloc( size );
    }
    ok( !ret, "%s returned %lu.\n", name, ret );
    if (!ret) return table;
    free( table );
    return NULL;
}

static void *get_function( const char *name )
{
    return GetProcAddress( LoadLibraryA( "iphlpapi.dll" ), name );
}

static DWORD query_tcp( void *table, DWORD *size )
{
    typeof(GetTcpTable) *pGetTcpTable = get_function( "GetTcpTable" );

    return pGetTcpTable( table, size, FALSE );
}

static DWORD query_listeners( void *table, DWORD *size )
{
    typeof(GetExtendedTcpTable) *pGetExtendedTcpTable = get_function( "GetExtendedTcpTable" );

    return pGetExtendedTcpTable( table, size, FALSE, AF_INET, TCP_TABLE_OWNER_PID_LISTENER, 0 );
}

static DWORD query_udp( void *table, DWORD *size )
{
    typeof(GetUdpTable) *pGetUdpTable = get_function( "GetUdpTable" );

    return pGetUdpTable( table, size, FALSE );
}

/* Whether the system lists a connection of IPv4 with these ports in network order; the remote one is 0 for a socket
 * that listens, or has no peer. */
static BOOL find_tcp_row( DWORD state, unsigned short local, unsigned short remote )
{
    MIB_TCPTABLE *table = get_table( "GetTcpTable", query_tcp );
    BOOL found = FALSE;
    DWORD i;

    for (i = 0; table && i < table->dwNumEntries; i++)
        if (table->table[i].State == state && (unsigned short)table->table[i].dwLocalPort == local
            && (state == MIB_TCP_STATE_LISTEN || (unsigned short)table->table[i].dwRemotePort == remote))
            found = TRUE;
    free( table );
    return found;
}

/* The other function for it, as programs use it to look up who listens: Wine 8.0 lists the process as 0, for any
 * socket. */
static BOOL find_listener( unsigned short port )
{
    MIB_TCPTABLE_OWNER_PID *table = get_table( "GetExtendedTcpTable", query_listeners );
    BOOL found = FALSE;
    DWORD i;

    for (i = 0; table && i < table->dwNumEntries; i++)
        if ((unsigned short)table->table[i].dwLocalPort == port) found = TRUE;
    free( table );
    return found;
}

static BOOL find_udp_row( unsigned short port )
{
    MIB_UDPTABLE *table = get_table( "GetUdpTable", query_udp );
    BOOL found = FALSE;
    DWORD i;

    for (i = 0; table && i < table->dwNumEntries; i++)
        if ((unsigned short)table->table[i].dwLocalPort == port) found = TRUE;
    free( table );
    return found;
}

static unsigned short get_port( SOCKET s )
{
    struct sockaddr_in addr = {0};
    int len = sizeof(addr);

    ok( !getsockname( s, (struct sockaddr *)&addr, &len ), "getsockname failed, error %d.\n", WSAGetLastError() );
    return addr.sin_port;
}

/* What the layer's sockets do is listed as the base provider's below them does it, from the first moment to the
 * last. */
static void check_tables(void)
{
    SOCKET listener, client, server, datagram;
    unsigned short port, client_port;
    struct sockaddr_in addr;
    BOOL found;

    listener = bound_socket( SOCK_STREAM, &addr );
    port = addr.sin_port;
    found = find_tcp_row( MIB_TCP_STATE_LISTEN, port, 0 );
    ok( !found, "The port is listed before listen().\n" );
    ok( !listen( listener, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    found = find_tcp_row( MIB_TCP_STATE_LISTEN, port, 0 );
    ok( found, "The port is not listed.\n" );
    client = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !connect( client, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n", WSAGetLastError() );
    server = accept( listener, NULL, NULL );
    client_port = get_port( client );
    found = find_listener( port );
    ok( found, "The port is not listed.\n" );
    found = find_tcp_row( MIB_TCP_STATE_ESTAB, port, client_port );
    ok( found, "The server is not listed.\n" );
    found = find_tcp_row( MIB_TCP_STATE_ESTAB, client_port, port );
    ok( found, "The client is not listed.\n" );
    closesocket( client );
    closesocket( server );
    closesocket( listener );
    found = find_tcp_row( MIB_TCP_STATE_LISTEN, port, 0 );
    ok( !found, "The port is listed after closesocket().\n" );

    datagram = bound_socket( SOCK_DGRAM, &addr );
    found = find_udp_row( addr.sin_port );
    ok( found, "The port is not listed.\n" );
    closesocket( datagram );
    found = find_udp_row( addr.sin_port );
    ok( !found, "The port is listed after closesocket().\n" );
}

static void check_adapters(void)
{
    typeof(GetAdaptersAddresses) *pGetAdaptersAddresses = get_function( "GetAdaptersAddresses" );
    IP_ADAPTER_ADDRESSES *adapters = NULL, *adapter;
    IP_ADAPTER_UNICAST_ADDRESS *unicast;
    BOOL found = FALSE;
    ULONG size = 0;
    DWORD ret;

    while ((ret = pGetAdaptersAddresses( AF_UNSPEC, 0, NULL, adapters, &size )) == ERROR_BUFFER_OVERFLOW)
    {
        free( adapters );
        adapters = malloc( size );
    }
    ok( !ret, "GetAdaptersAddresses returned %lu.\n", ret );
    for (adapter = ret ? NULL : adapters; adapter; adapter = adapter->Next)
        for (unicast = adapter->FirstUnicastAddress; unicast; unicast = unicast->Next)
        {
            const struct sockaddr_in *addr = (struct sockaddr_in *)unicast->Address.lpSockaddr;

            if (addr->sin_family == AF_INET && addr->sin_addr.s_addr == htonl( INADDR_LOOPBACK )) found = TRUE;
        }
    ok( found, "There is no loopback adapter.\n" );
    free( adapters );
}

/* That the sockets are the layer's is in its trace. */
static void check_system( const WCHAR *kind )
{
    char *lines;

    check_tables();
    check_adapters();
    if (!kind) return;
    lines = read_trace();
    expect_line( lines, "WSPListen ", "-> 0" );
    expect_line( lines, "WSPAccept ", "-> s=" );
    free( lines );
}

START_TEST(stack_iphlpapi)
{
    run_kinds( "stack_iphlpapi", check_system );
}
