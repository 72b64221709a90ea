/*
 * Tests of wsock32.dll, the Winsock 1.1 of old programs, over the sample layer
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
#include "nspapi.h"
#include "winuser.h"

#define WM_SOCKET (WM_USER + 1)

static HMODULE wsock32;

/* Old programs import by ordinal. */
static void *get_ordinal( unsigned int ordinal )
{
    void *ret = (void *)GetProcAddress( wsock32, (char *)(ULONG_PTR)ordinal );

    ok( ret != NULL, "There is no ordinal %u.\n", ordinal );
    return ret;
}

static void *get_function( const char *name )
{
    void *ret = (void *)GetProcAddress( wsock32, name );

    ok( ret != NULL, "There is no %s.\n", name );
    return ret;
}

/* What wsock32 does not do itself is our ws2_32's and mswsock's, not that of Wine's own Winsock beside it. */
static void check_forwards(void)
{
    static const struct
    {
        unsigned int ordinal;
        const char *name, *module;
    } forwards[] =
    {
        { 1, "accept", "ws2_32.dll" },
        { 3, "closesocket", "ws2_32.dll" },
        { 18, "select", "ws2_32.dll" },
        { 23, "socket", "ws2_32.dll" },
        { 52, "gethostbyname", "ws2_32.dll" },
        { 101, "WSAAsyncSelect", "ws2_32.dll" },
        { 115, "WSAStartup", "ws2_32.dll" },
        { 151, "__WSAFDIsSet", "ws2_32.dll" },
        { 1140, "TransmitFile", "mswsock.dll" },
        { 1141, "AcceptEx", "mswsock.dll" },
        { 1142, "GetAcceptExSockaddrs", "mswsock.dll" },
    };
    unsigned int i;
    void *func;

    for (i = 0; i < ARRAY_SIZE(forwards); i++)
    {
        func = (void *)GetProcAddress( LoadLibraryA( forwards[i].module ), forwards[i].name );
        ok( func && get_ordinal( forwards[i].ordinal ) == func, "%s is not that of %s.\n", forwards[i].name,
            forwards[i].module );
        ok( get_function( forwards[i].name ) == func, "%s is not that of ordinal %u.\n", forwards[i].name,
            forwards[i].ordinal );
    }
}

static void check_names(void)
{
    typeof(gethostbyname) *p_gethostbyname = get_ordinal( 52 );
    typeof(getservbyname) *p_getservbyname = get_ordinal( 55 );
    typeof(getprotobyname) *p_getprotobyname = get_ordinal( 53 );
    unsigned int (WINAPI *p_inet_network)( const char * ) = get_ordinal( 1100 );
    void (WINAPI *p_s_perror)( const char * ) = get_ordinal( 1108 );
    int (WINAPI *pGetTypeByNameA)( const char *, GUID * ) = get_function( "GetTypeByNameA" );
    struct hostent *host;
    struct servent *serv;
    struct protoent *proto;
    GUID guid;
    int ret;

    host = p_gethostbyname( "localhost" );
    ok( host && *(DWORD *)host->h_addr_list[0] == htonl( INADDR_LOOPBACK ), "Got another address.\n" );
    serv = p_getservbyname( "http", "tcp" );
    ok( serv && serv->s_port == htons( 80 ), "Got another port.\n" );
    proto = p_getprotobyname( "udp" );
    ok( proto && proto->p_proto == IPPROTO_UDP, "Got another protocol.\n" );
    ok( p_inet_network( "127.0.0.1" ) == 0x7f000001, "Got network %#x.\n", p_inet_network( "127.0.0.1" ) );
    p_s_perror( "nothing" );
    SetLastError( 0xdeadbeef );
    ret = pGetTypeByNameA( "http", &guid );
    ok( ret == SOCKET_ERROR && GetLastError() == ERROR_CALL_NOT_IMPLEMENTED, "Got %d, error %lu.\n", ret,
        GetLastError() );
}

/* The entries are those of WSAEnumProtocols(), the chains of the layer included. */
static void check_protocols(void)
{
    int (WINAPI *pEnumProtocolsW)( int *, void *, DWORD * ) = get_function( "EnumProtocolsW" );
    DWORD size = 0, expected_size = 0;
    WSAPROTOCOL_INFOW *expected;
    PROTOCOL_INFOW *infos;
    int i, ret, count;

    WSAEnumProtocolsW( NULL, NULL, &expected_size );
    expected = malloc( expected_size );
    count = WSAEnumProtocolsW( NULL, expected, &expected_size );
    ret = pEnumProtocolsW( NULL, NULL, &size );
    ok( ret == SOCKET_ERROR && size, "Got %d, size %lu.\n", ret, size );
    infos = malloc( size );
    ret = pEnumProtocolsW( NULL, infos, &size );
    ok( ret == count && count > 0, "Got %d entries, expected %d.\n", ret, count );
    for (i = 0; i < ret && i < count; i++)
    {
        ok( !wcscmp( infos[i].lpProtocol, expected[i].szProtocol ), "Entry %d is %s.\n", i,
            wine_dbgstr_w(infos[i].lpProtocol) );
        ok( infos[i].iAddressFamily == expected[i].iAddressFamily && infos[i].iSocketType == expected[i].iSocketType
            && infos[i].iProtocol == expected[i].iProtocol, "Entry %d has family %d, type %d, protocol %d.\n", i,
            infos[i].iAddressFamily, infos[i].iSocketType, infos[i].iProtocol );
    }
    free( infos );
    free( expected );
}

/* The options of level IPPROTO_IP have other numbers in Winsock 1.1 than in 2. */
static void check_options(void)
{
    static const struct
    {
        int name, name2, value;
    } options[] =
    {
        { 3, IP_MULTICAST_TTL, 7 },
        { 4, IP_MULTICAST_LOOP, 0 },
        { 7, IP_TTL, 33 },
        { 9, IP_DONTFRAGMENT, 1 },
    };
    typeof(setsockopt) *p_setsockopt = get_ordinal( 21 );
    typeof(getsockopt) *p_getsockopt = get_ordinal( 7 );
    struct ip_mreq mreq = { { .s_addr = htonl( 0xe0000165 ) }, { .s_addr = htonl( INADDR_LOOPBACK ) } };
    SOCKET s = bound_socket( SOCK_DGRAM, NULL );
    DWORD addr = htonl( INADDR_LOOPBACK );
    int ret, value, len;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(options); i++)
    {
        winetest_push_context( "option %d", options[i].name );
        ret = p_setsockopt( s, IPPROTO_IP, options[i].name, (char *)&options[i].value, sizeof(int) );
        ok( !ret, "setsockopt failed, error %d.\n", WSAGetLastError() );
        value = 0xdead;
        len = sizeof(value);
        ret = getsockopt( s, IPPROTO_IP, options[i].name2, (char *)&value, &len );
        ok( !ret && value == options[i].value, "Got %d for option %d of Winsock 2.\n", value, options[i].name2 );
        value = 0xdead;
        len = sizeof(value);
        ret = p_getsockopt( s, IPPROTO_IP, options[i].name, (char *)&value, &len );
        ok( !ret && value == options[i].value, "Got %d.\n", value );
        winetest_pop_context();
    }

    ret = p_setsockopt( s, IPPROTO_IP, 2 /* IP_MULTICAST_IF */, (char *)&addr, sizeof(addr) );
    ok( !ret, "setsockopt failed, error %d.\n", WSAGetLastError() );
    len = sizeof(value);
    ret = getsockopt( s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&value, &len );
    ok( !ret && value == (int)addr, "Got the address %#x.\n", value );
    ret = p_setsockopt( s, IPPROTO_IP, 5 /* IP_ADD_MEMBERSHIP */, (char *)&mreq, sizeof(mreq) );
    ok( !ret, "setsockopt failed, error %d.\n", WSAGetLastError() );
    ret = setsockopt( s, IPPROTO_IP, IP_DROP_MEMBERSHIP, (char *)&mreq, sizeof(mreq) );
    ok( !ret, "The socket is not a member, error %d.\n", WSAGetLastError() );
    closesocket( s );
}

/* A client that waits for messages, and a server that blocks, in the functions of wsock32. */
static void check_window( SOCKET client, SOCKET server )
{
    typeof(WSAAsyncSelect) *p_WSAAsyncSelect = get_ordinal( 101 );
    typeof(send) *p_send = get_ordinal( 19 );
    typeof(recv) *p_recv = get_ordinal( 16 );
    HWND hwnd = CreateWindowW( L"static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    MSG msg = {0};
    char buffer[8];
    int ret;

    ret = p_WSAAsyncSelect( client, hwnd, WM_SOCKET, FD_READ );
    ok( !ret, "WSAAsyncSelect failed, error %d.\n", WSAGetLastError() );
    ret = p_recv( client, buffer, sizeof(buffer), 0 );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = p_send( server, "window", 6, 0 );
    ok( ret == 6, "send returned %d, error %d.\n", ret, WSAGetLastError() );
    SetTimer( hwnd, 1, 10000, NULL );
    while (GetMessageW( &msg, hwnd, 0, 0 ) > 0 && msg.message != WM_SOCKET && msg.message != WM_TIMER) {}
    ok( msg.message == WM_SOCKET && msg.wParam == client && msg.lParam == FD_READ,
        "Got message %#x, socket %#Ix, event %#Ix.\n", msg.message, msg.wParam, msg.lParam );
    ret = p_recv( client, buffer, sizeof(buffer), 0 );
    ok( ret == 6 && !memcmp( buffer, "window", 6 ), "recv returned %d, error %d.\n", ret, WSAGetLastError() );
    DestroyWindow( hwnd );
}

static void check_traffic(void)
{
    int (WINAPI *pWSARecvEx)( SOCKET, char *, int, int * ) = get_ordinal( 1107 );
    typeof(accept) *p_accept = get_ordinal( 1 );
    typeof(bind) *p_bind = get_ordinal( 2 );
    typeof(closesocket) *p_closesocket = get_ordinal( 3 );
    typeof(connect) *p_connect = get_ordinal( 4 );
    typeof(getpeername) *p_getpeername = get_ordinal( 5 );
    typeof(getsockname) *p_getsockname = get_ordinal( 6 );
    typeof(listen) *p_listen = get_ordinal( 13 );
    typeof(select) *p_select = get_ordinal( 18 );
    typeof(send) *p_send = get_ordinal( 19 );
    typeof(socket) *p_socket = get_ordinal( 23 );
    struct sockaddr_in addr = loopback_addr( 0 ), peer;
    SOCKET listener, client, server;
    struct timeval timeout = { 10, 0 };
    int ret, flags = 0, len = sizeof(addr);
    char buffer[8];
    fd_set set;

    listener = p_socket( AF_INET, SOCK_STREAM, 0 );
    ok( !p_bind( listener, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n", WSAGetLastError() );
    ok( !p_listen( listener, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    ok( !p_getsockname( listener, (struct sockaddr *)&addr, &len ), "getsockname failed.\n" );
    client = p_socket( AF_INET, SOCK_STREAM, 0 );
    ok( !p_connect( client, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n",
        WSAGetLastError() );
    len = sizeof(peer);
    ok( !p_getpeername( client, (struct sockaddr *)&peer, &len ) && peer.sin_port == addr.sin_port,
        "Got port %u.\n", ntohs( peer.sin_port ) );
    server = p_accept( listener, NULL, NULL );
    ok( server != INVALID_SOCKET, "accept failed, error %d.\n", WSAGetLastError() );

    ret = p_send( client, "request", 7, 0 );
    ok( ret == 7, "send returned %d, error %d.\n", ret, WSAGetLastError() );
    FD_ZERO( &set );
    FD_SET( server, &set );
    ret = p_select( 0, &set, NULL, NULL, &timeout );
    ok( ret == 1, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ret = pWSARecvEx( server, buffer, sizeof(buffer), &flags );
    ok( ret == 7 && !memcmp( buffer, "request", 7 ), "WSARecvEx returned %d, error %d.\n", ret, WSAGetLastError() );
    check_window( client, server );
    ok( !p_closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !p_closesocket( server ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !p_closesocket( listener ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ret = p_send( client, "request", 7, 0 );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
}

/* The layer saw "request" one way and "window" the other, and nothing else. */
static void check_trace(void)
{
    char *lines = read_trace();
    DWORD sent = sum_bytes( lines, "WSPSend " ), received = sum_bytes( lines, "WSPRecv " );

    ok( sent == 13, "The layer saw %lu bytes sent.\n", sent );
    ok( received == 13, "The layer saw %lu bytes received.\n", received );
    expect_line( lines, "WSPConnect 127.0.0.1:", "-> 0" );
    expect_line( lines, "WSPAsyncSelect ", "-> 0" );
    expect_line( lines, "WSPSetSockOpt ", "-> 0" );
    free( lines );
}

static void check_wsock32( const WCHAR *kind )
{
    typeof(WSAStartup) *p_WSAStartup;
    typeof(WSACleanup) *p_WSACleanup;
    WSADATA data;
    int ret;

    wsock32 = LoadLibraryA( "wsock32.dll" );
    p_WSAStartup = get_ordinal( 115 );
    p_WSACleanup = get_ordinal( 116 );
    ret = p_WSAStartup( MAKEWORD( 1, 1 ), &data );
    ok( !ret && data.wVersion == MAKEWORD( 1, 1 ), "WSAStartup returned %d, version %#x.\n", ret, data.wVersion );
    check_forwards();
    check_names();
    check_protocols();
    check_options();
    check_traffic();
    ok( !p_WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
    if (kind) check_trace();
}

START_TEST(stack_wsock32)
{
    run_kinds( "stack_wsock32", check_wsock32 );
}
