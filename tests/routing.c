/*
 * Tests of which provider function each Winsock function ends in
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

#include "util.h"

/* A layer is installed as IFS or non-IFS; each call for its sockets has to arrive at its function, once, with the
 * arguments as the application gave them. */

static void install_and_start( struct test_layer *layer, unsigned int flags )
{
    install_layer( layer, NULL, flags );
    load_layer( layer );
    start_winsock();
}

static void check_success( const char *function, int ret )
{
    ok( !ret, "%s failed, error %d.\n", function, WSAGetLastError() );
}

static void check_creation( struct test_layer *layer )
{
    WSAPROTOCOL_INFOA infoA;
    SOCKET s;

    s = socket( AF_INET, SOCK_STREAM, 0 );
    expect_args( layer, TESTLSP_SOCKET, AF_INET, SOCK_STREAM, 0, layer->tcp_id, 0, 0, WSA_FLAG_OVERLAPPED );
    expect_args( layer, TESTLSP_STARTUP, MAKEWORD( 2, 2 ) );
    ok( take_count( layer, TESTLSP_STARTUP ) == 1, "WSPStartup was not called once.\n" );
    expect_call( layer, TESTLSP_SOCKET );
    ok( WSADuplicateSocketA( s, GetCurrentProcessId(), &infoA ) != SOCKET_ERROR,
        "WSADuplicateSocketA failed, error %d.\n", WSAGetLastError() );
    expect_args( layer, TESTLSP_DUPLICATE_SOCKET, s, GetCurrentProcessId() );
    expect_call( layer, TESTLSP_DUPLICATE_SOCKET );
    check_success( "closesocket", closesocket( s ));
    expect_args( layer, TESTLSP_CLOSE_SOCKET, s );
    expect_call( layer, TESTLSP_CLOSE_SOCKET );

    s = WSASocketW( AF_INET, SOCK_STREAM, IPPROTO_TCP, NULL, 0, 0 );
    expect_args( layer, TESTLSP_SOCKET, AF_INET, SOCK_STREAM, IPPROTO_TCP, layer->tcp_id, 0, 0, 0 );
    expect_call( layer, TESTLSP_SOCKET );
    closesocket( s );
    clear_counts( layer );

    s = WSASocketA( AF_INET, SOCK_STREAM, 0, NULL, 0, WSA_FLAG_OVERLAPPED );
    expect_args( layer, TESTLSP_SOCKET, AF_INET, SOCK_STREAM, 0, layer->tcp_id, 0, 0, WSA_FLAG_OVERLAPPED );
    expect_call( layer, TESTLSP_SOCKET );
    closesocket( s );
    clear_counts( layer );
}

static int CALLBACK accept_all( WSABUF *caller, WSABUF *caller_data, QOS *qos, QOS *group_qos, WSABUF *callee,
                                WSABUF *callee_data, GROUP *group, DWORD_PTR context )
{
    (void)caller; (void)caller_data; (void)qos; (void)group_qos; (void)callee; (void)callee_data; (void)group;
    ok( context == 0x4711, "Got context %#Ix.\n", context );
    return CF_ACCEPT;
}

/* Leaves two pairs of connected sockets. */
static void check_connection( struct test_layer *layer, SOCKET clients[2], SOCKET servers[2] )
{
    struct sockaddr_in addr = loopback_addr( 0 ), peer;
    struct sockaddr *sockaddr = (struct sockaddr *)&addr;
    int len = sizeof(addr), peer_len = sizeof(peer);
    SOCKET listener = socket( AF_INET, SOCK_STREAM, 0 );

    clear_counts( layer );
    check_success( "bind", bind( listener, sockaddr, sizeof(addr) ));
    expect_args( layer, TESTLSP_BIND, listener, (ULONG_PTR)sockaddr, sizeof(addr) );
    expect_call( layer, TESTLSP_BIND );
    check_success( "getsockname", getsockname( listener, sockaddr, &len ));
    expect_args( layer, TESTLSP_GET_SOCK_NAME, listener, (ULONG_PTR)sockaddr, (ULONG_PTR)&len );
    expect_call( layer, TESTLSP_GET_SOCK_NAME );
    check_success( "listen", listen( listener, 5 ));
    expect_args( layer, TESTLSP_LISTEN, listener, 5 );
    expect_call( layer, TESTLSP_LISTEN );

    clients[0] = socket( AF_INET, SOCK_STREAM, 0 );
    clients[1] = socket( AF_INET, SOCK_STREAM, 0 );
    clear_counts( layer );
    check_success( "connect", connect( clients[0], sockaddr, sizeof(addr) ));
    expect_args( layer, TESTLSP_CONNECT, clients[0], (ULONG_PTR)sockaddr, sizeof(addr), 0, 0, 0, 0 );
    expect_call( layer, TESTLSP_CONNECT );
    servers[0] = accept( listener, (struct sockaddr *)&peer, &peer_len );
    ok( servers[0] != INVALID_SOCKET, "accept failed, error %d.\n", WSAGetLastError() );
    expect_args( layer, TESTLSP_ACCEPT, listener, (ULONG_PTR)&peer, (ULONG_PTR)&peer_len, 0, 0 );
    expect_call( layer, TESTLSP_ACCEPT );

    check_success( "WSAConnect", WSAConnect( clients[1], sockaddr, sizeof(addr), NULL, NULL, NULL, NULL ));
    expect_args( layer, TESTLSP_CONNECT, clients[1], (ULONG_PTR)sockaddr, sizeof(addr), 0, 0, 0, 0 );
    expect_call( layer, TESTLSP_CONNECT );
    servers[1] = WSAAccept( listener, NULL, NULL, accept_all, 0x4711 );
    ok( servers[1] != INVALID_SOCKET, "WSAAccept failed, error %d.\n", WSAGetLastError() );
    expect_args( layer, TESTLSP_ACCEPT, listener, 0, 0, (ULONG_PTR)accept_all, 0x4711 );
    expect_call( layer, TESTLSP_ACCEPT );

    check_success( "getpeername", getpeername( servers[0], (struct sockaddr *)&peer, &peer_len ));
    expect_args( layer, TESTLSP_GET_PEER_NAME, servers[0], (ULONG_PTR)&peer, (ULONG_PTR)&peer_len );
    expect_call( layer, TESTLSP_GET_PEER_NAME );
    closesocket( listener );
    clear_counts( layer );
}

static void check_stream_transfer( struct test_layer *layer, SOCKET client, SOCKET server )
{
    char data[8] = "1234567", received[8] = {0};
    WSABUF buffers[2] = {{4, data}, {4, data + 4}}, in[2] = {{4, received}, {4, received + 4}};
    DWORD size, flags = 0;
    int ret;

    ret = send( client, data, sizeof(data), 0 );
    ok( ret == sizeof(data), "send returned %d, error %d.\n", ret, WSAGetLastError() );
    expect_args( layer, TESTLSP_SEND, client, (ULONG_PTR)data, sizeof(data), 1, 0, 0, 0 );
    expect_call( layer, TESTLSP_SEND );
    ret = recv( server, received, sizeof(received), MSG_PEEK );
    ok( ret == sizeof(received), "recv returned %d, error %d.\n", ret, WSAGetLastError() );
    expect_args( layer, TESTLSP_RECV, server, (ULONG_PTR)received, sizeof(received), 1 );
    expect_call( layer, TESTLSP_RECV );
    ok( !memcmp( data, received, sizeof(data) ), "Got other data.\n" );

    memset( received, 0, sizeof(received) );
    check_success( "WSARecv", WSARecv( server, in, 2, &size, &flags, NULL, NULL ));
    ok( size == sizeof(data), "Got %lu bytes.\n", size );
    ok( !memcmp( data, received, sizeof(data) ), "Got other data.\n" );
    expect_args( layer, TESTLSP_RECV, server, (ULONG_PTR)received, 4, 2, (ULONG_PTR)&flags, 0, 0 );
    expect_call( layer, TESTLSP_RECV );

    check_success( "WSASend", WSASend( server, buffers, 2, &size, 0, NULL, NULL ));
    ok( size == sizeof(data), "Sent %lu bytes.\n", size );
    expect_args( layer, TESTLSP_SEND, server, (ULONG_PTR)data, 4, 2, 0, 0, 0 );
    expect_call( layer, TESTLSP_SEND );
    memset( received, 0, sizeof(received) );
    ret = recv( client, received, sizeof(received), 0 );
    ok( ret == sizeof(received), "recv returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( !memcmp( data, received, sizeof(data) ), "Got other data.\n" );
    clear_counts( layer );
}

static void check_shutdown( struct test_layer *layer, SOCKET clients[2], SOCKET servers[2] )
{
    char byte;

    check_success( "shutdown", shutdown( clients[0], SD_SEND ));
    expect_args( layer, TESTLSP_SHUTDOWN, clients[0], SD_SEND );
    expect_call( layer, TESTLSP_SHUTDOWN );
    ok( !recv( servers[0], &byte, 1, 0 ), "recv did not see the end.\n" );
    clear_counts( layer );

    check_success( "WSASendDisconnect", WSASendDisconnect( clients[1], NULL ));
    expect_args( layer, TESTLSP_SEND_DISCONNECT, clients[1], 0 );
    expect_call( layer, TESTLSP_SEND_DISCONNECT );
    check_success( "WSARecvDisconnect", WSARecvDisconnect( servers[1], NULL ));
    expect_args( layer, TESTLSP_RECV_DISCONNECT, servers[1], 0 );
    expect_call( layer, TESTLSP_RECV_DISCONNECT );
}

static void check_stream( unsigned int flags )
{
    SOCKET clients[2], servers[2];
    struct test_layer layer;
    unsigned int i;

    install_and_start( &layer, flags );
    check_creation( &layer );
    check_connection( &layer, clients, servers );
    for (i = 0; i < 2; i++) check_stream_transfer( &layer, clients[i], servers[i] );
    check_shutdown( &layer, clients, servers );
    for (i = 0; i < 2; i++)
    {
        check_success( "closesocket", closesocket( clients[i] ));
        check_success( "closesocket", closesocket( servers[i] ));
    }
    ok( take_count( &layer, TESTLSP_CLOSE_SOCKET ) == 4, "WSPCloseSocket was not called for each.\n" );
    ok( !layer.control->bad_contexts, "%ld contexts were wrong.\n", layer.control->bad_contexts );
    WSACleanup();
}

static void check_datagrams( unsigned int flags )
{
    char data[8] = "abcdefg", received[8] = {0};
    WSABUF out = {sizeof(data), data}, in = {sizeof(received), received};
    struct sockaddr_in addr, from;
    struct sockaddr *sockaddr = (struct sockaddr *)&addr;
    int ret, len = sizeof(from);
    struct test_layer layer;
    DWORD size, recv_flags = 0;
    SOCKET s, s2;

    install_and_start( &layer, flags );
    s = bound_socket( SOCK_DGRAM, &addr );
    s2 = bound_socket( SOCK_DGRAM, NULL );
    expect_args( &layer, TESTLSP_SOCKET, AF_INET, SOCK_DGRAM, 0, layer.udp_id, 0, 0, WSA_FLAG_OVERLAPPED );
    clear_counts( &layer );

    ret = sendto( s2, data, sizeof(data), 0, sockaddr, sizeof(addr) );
    ok( ret == sizeof(data), "sendto returned %d, error %d.\n", ret, WSAGetLastError() );
    expect_args( &layer, TESTLSP_SEND_TO, s2, (ULONG_PTR)data, sizeof(data), 1, 0, (ULONG_PTR)sockaddr,
                 sizeof(addr), 0 );
    expect_call( &layer, TESTLSP_SEND_TO );
    ret = recvfrom( s, received, sizeof(received), 0, (struct sockaddr *)&from, &len );
    ok( ret == sizeof(data), "recvfrom returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( !memcmp( data, received, sizeof(data) ), "Got other data.\n" );
    expect_args( &layer, TESTLSP_RECV_FROM, s, (ULONG_PTR)received, sizeof(received), 1, (ULONG_PTR)&from,
                 (ULONG_PTR)&len, 0, 0 );
    expect_call( &layer, TESTLSP_RECV_FROM );

    memset( received, 0, sizeof(received) );
    check_success( "WSASendTo", WSASendTo( s2, &out, 1, &size, 0, sockaddr, sizeof(addr), NULL, NULL ));
    expect_args( &layer, TESTLSP_SEND_TO, s2, (ULONG_PTR)data, sizeof(data), 1, 0, (ULONG_PTR)sockaddr,
                 sizeof(addr), 0 );
    expect_call( &layer, TESTLSP_SEND_TO );
    check_success( "WSARecvFrom", WSARecvFrom( s, &in, 1, &size, &recv_flags, (struct sockaddr *)&from, &len, NULL,
                                               NULL ));
    ok( size == sizeof(data) && !memcmp( data, received, sizeof(data) ), "Got %lu bytes or other data.\n", size );
    expect_args( &layer, TESTLSP_RECV_FROM, s, (ULONG_PTR)received, sizeof(received), 1, (ULONG_PTR)&from,
                 (ULONG_PTR)&len, 0, 0 );
    expect_call( &layer, TESTLSP_RECV_FROM );
    closesocket( s );
    closesocket( s2 );
    WSACleanup();
}

static void check_options( struct test_layer *layer, SOCKET s )
{
    int value = 1, len = sizeof(value), info_len;
    OVERLAPPED overlapped = {0};
    WSAPROTOCOL_INFOW info;
    DWORD size, flags;
    u_long count = 0;
    SOCKET base;

    check_success( "setsockopt", setsockopt( s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, sizeof(value) ));
    expect_args( layer, TESTLSP_SET_SOCK_OPT, s, SOL_SOCKET, SO_KEEPALIVE, (ULONG_PTR)&value, sizeof(value) );
    expect_call( layer, TESTLSP_SET_SOCK_OPT );
    check_success( "getsockopt", getsockopt( s, SOL_SOCKET, SO_KEEPALIVE, (char *)&value, &len ));
    expect_args( layer, TESTLSP_GET_SOCK_OPT, s, SOL_SOCKET, SO_KEEPALIVE, (ULONG_PTR)&value, (ULONG_PTR)&len );
    expect_call( layer, TESTLSP_GET_SOCK_OPT );
    info_len = sizeof(info);
    check_success( "getsockopt", getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &info_len ));
    ok( info.dwCatalogEntryId == layer->tcp_id, "Got entry %lu, expected %lu.\n", info.dwCatalogEntryId,
        layer->tcp_id );
    expect_call( layer, TESTLSP_GET_SOCK_OPT );

    check_success( "ioctlsocket", ioctlsocket( s, FIONREAD, &count ));
    expect_args( layer, TESTLSP_IOCTL, s, FIONREAD );
    expect_call( layer, TESTLSP_IOCTL );
    check_success( "WSAIoctl", WSAIoctl( s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &size, NULL, NULL ));
    ok( base == layer->control->last_lower, "Got base handle %#Ix, expected %#Ix.\n", base,
        layer->control->last_lower );
    expect_args( layer, TESTLSP_IOCTL, s, SIO_BASE_HANDLE, 0, 0, (ULONG_PTR)&base, sizeof(base), 0, 0 );
    expect_call( layer, TESTLSP_IOCTL );

    ok( WSAGetOverlappedResult( s, &overlapped, &size, FALSE, &flags ), "WSAGetOverlappedResult failed, error %d.\n",
        WSAGetLastError() );
    expect_args( layer, TESTLSP_GET_OVERLAPPED_RESULT, s, (ULONG_PTR)&overlapped, (ULONG_PTR)&size, FALSE,
                 (ULONG_PTR)&flags );
    expect_call( layer, TESTLSP_GET_OVERLAPPED_RESULT );
    WSAGetQOSByName( s, NULL, NULL );
    expect_args( layer, TESTLSP_GET_QOS_BY_NAME, s, 0, 0 );
    expect_call( layer, TESTLSP_GET_QOS_BY_NAME );
}

static void check_notification( struct test_layer *layer, SOCKET s )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    WSANETWORKEVENTS events;
    HWND window;

    window = CreateWindowExW( 0, L"Static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    ok( window != NULL, "CreateWindowEx failed, error %lu.\n", GetLastError() );

    check_success( "WSAEventSelect", WSAEventSelect( s, event, FD_READ ));
    expect_args( layer, TESTLSP_EVENT_SELECT, s, (ULONG_PTR)event, FD_READ );
    expect_call( layer, TESTLSP_EVENT_SELECT );
    check_success( "WSAEnumNetworkEvents", WSAEnumNetworkEvents( s, event, &events ));
    expect_args( layer, TESTLSP_ENUM_NETWORK_EVENTS, s, (ULONG_PTR)event, (ULONG_PTR)&events );
    expect_call( layer, TESTLSP_ENUM_NETWORK_EVENTS );
    check_success( "WSAAsyncSelect", WSAAsyncSelect( s, window, WM_USER, FD_READ | FD_CLOSE ));
    expect_args( layer, TESTLSP_ASYNC_SELECT, s, (ULONG_PTR)window, WM_USER, FD_READ | FD_CLOSE );
    expect_call( layer, TESTLSP_ASYNC_SELECT );
    check_success( "WSAAsyncSelect", WSAAsyncSelect( s, window, 0, 0 ));
    expect_call( layer, TESTLSP_ASYNC_SELECT );

    DestroyWindow( window );
    CloseHandle( event );
}

/* Without a buffer the call fails, and tells the length: Wine's own test finds it so on Windows. */
static void check_address_length( unsigned int flags )
{
    struct sockaddr_in addr = loopback_addr( 80 );
    struct test_layer layer;
    DWORD len = 64;

    install_and_start( &layer, flags );
    SetLastError( 0xdeadbeef );
    ok( WSAAddressToStringW( (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, &len ) == SOCKET_ERROR, "Succeeded.\n" );
    ok( WSAGetLastError() == WSAEFAULT, "Got error %d.\n", WSAGetLastError() );
    ok( len == sizeof("127.0.0.1:80"), "Got length %lu.\n", len );

    len = 64;
    SetLastError( 0xdeadbeef );
    ok( WSAAddressToStringA( (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, &len ) == SOCKET_ERROR, "Succeeded.\n" );
    ok( WSAGetLastError() == WSAEFAULT, "Got error %d.\n", WSAGetLastError() );
    ok( len == sizeof("127.0.0.1:80"), "Got length %lu.\n", len );
    WSACleanup();
}

static void check_misc( unsigned int flags )
{
    struct sockaddr_in addr = loopback_addr( 80 ), result;
    int result_len = sizeof(result);
    WCHAR string[64], text[] = L"127.0.0.1:80";
    DWORD len = ARRAY_SIZE(string);
    struct test_layer layer;
    SOCKET client, server;

    install_and_start( &layer, flags );
    check_success( "WSAAddressToString", WSAAddressToStringW( (struct sockaddr *)&addr, sizeof(addr), NULL, string,
                                                              &len ));
    ok( !wcscmp( string, text ), "Got %s.\n", wine_dbgstr_w(string) );
    ok( take_count( &layer, TESTLSP_STARTUP ) == 1, "WSPStartup was not called once.\n" );
    expect_args( &layer, TESTLSP_ADDRESS_TO_STRING, (ULONG_PTR)&addr, sizeof(addr), layer.tcp_id, (ULONG_PTR)string,
                 (ULONG_PTR)&len );
    expect_call( &layer, TESTLSP_ADDRESS_TO_STRING );
    check_success( "WSAStringToAddress", WSAStringToAddressW( text, AF_INET, NULL, (struct sockaddr *)&result,
                                                              &result_len ));
    ok( result.sin_addr.s_addr == addr.sin_addr.s_addr && result.sin_port == addr.sin_port, "Got another address.\n" );
    expect_args( &layer, TESTLSP_STRING_TO_ADDRESS, (ULONG_PTR)text, AF_INET, layer.tcp_id, (ULONG_PTR)&result,
                 (ULONG_PTR)&result_len );
    expect_call( &layer, TESTLSP_STRING_TO_ADDRESS );

    tcp_pair( &client, &server );
    clear_counts( &layer );
    check_options( &layer, server );
    check_notification( &layer, server );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static void check_select( struct test_layer *layer, SOCKET ready, SOCKET idle )
{
    WSAPOLLFD fds[2] = {{.fd = idle, .events = POLLRDNORM}, {.fd = ready, .events = POLLRDNORM}};
    struct timeval timeout = {5, 0};
    fd_set read, write;
    int ret;

    FD_ZERO( &read );
    FD_ZERO( &write );
    FD_SET( idle, &read );
    FD_SET( ready, &read );
    FD_SET( idle, &write );
    ret = select( 0, &read, &write, NULL, &timeout );
    ok( ret == 2, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( read.fd_count == 1 && read.fd_array[0] == ready, "Got %u sockets to read.\n", read.fd_count );
    ok( write.fd_count == 1 && write.fd_array[0] == idle, "Got %u sockets to write.\n", write.fd_count );
    ok( take_count( layer, TESTLSP_SELECT ) == 1, "WSPSelect was not called once.\n" );
    clear_counts( layer );

    ret = WSAPoll( fds, 2, 5000 );
    ok( ret == 1, "WSAPoll returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( !fds[0].revents, "Got events %#x.\n", fds[0].revents );
    ok( fds[1].revents == POLLRDNORM, "Got events %#x.\n", fds[1].revents );
    ok( fds[0].fd == idle && fds[1].fd == ready, "The sockets were changed.\n" );
    ok( layer->control->args[TESTLSP_IOCTL][1] == SIO_EXT_POLL, "Got control %#Ix.\n",
        layer->control->args[TESTLSP_IOCTL][1] );
    clear_counts( layer );
}

/* Sets whose sockets are all the layer's go to its WSPSelect as they are, and nobody is asked who claims them: layers
 * that are older than the question count on it. */
static void check_one_owner( struct test_layer *layer, SOCKET ready, SOCKET idle )
{
    struct timeval timeout = {5, 0};
    fd_set read = {.fd_count = 2, .fd_array = {idle, ready}}, write = {.fd_count = 1, .fd_array = {idle}}, except = {0};
    int ret;

    layer->control->no_claim = TRUE;
    clear_counts( layer );
    ret = select( 7, &read, &write, &except, &timeout );
    ok( ret == 2, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( read.fd_count == 1 && read.fd_array[0] == ready, "Got %u sockets to read.\n", read.fd_count );
    ok( write.fd_count == 1 && write.fd_array[0] == idle, "Got %u sockets to write.\n", write.fd_count );
    expect_args( layer, TESTLSP_SELECT, 7, (ULONG_PTR)&read, (ULONG_PTR)&write, (ULONG_PTR)&except,
                 (ULONG_PTR)&timeout );
    expect_call( layer, TESTLSP_SELECT );

    /* an error, and one of the sets only */
    layer->control->fail_function = TESTLSP_SELECT;
    layer->control->fail_error = WSAENETDOWN;
    layer->control->fail_count = 1;
    ret = select( 0, NULL, NULL, &read, NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENETDOWN, "Got %d, error %d.\n", ret, WSAGetLastError() );
    expect_args( layer, TESTLSP_SELECT, 0, 0, 0, (ULONG_PTR)&read, 0 );
    expect_call( layer, TESTLSP_SELECT );
    layer->control->no_claim = FALSE;
}

static void check_send_msg( struct test_layer *layer )
{
    char data[8] = "message", received[8] = {0};
    WSABUF buffer = {sizeof(data), data};
    struct sockaddr_in addr;
    SOCKET s = bound_socket( SOCK_DGRAM, &addr );
    WSAMSG msg = {.name = (struct sockaddr *)&addr, .namelen = sizeof(addr), .lpBuffers = &buffer, .dwBufferCount = 1};
    DWORD size = 0;
    int ret;

    clear_counts( layer );
    check_success( "WSASendMsg", WSASendMsg( s, &msg, 0, &size, NULL, NULL ));
    ok( size == sizeof(data), "Sent %lu bytes.\n", size );
    ok( layer->control->args[TESTLSP_IOCTL][1] == SIO_EXT_SENDMSG, "Got control %#Ix.\n",
        layer->control->args[TESTLSP_IOCTL][1] );
    ret = recv( s, received, sizeof(received), 0 );
    ok( ret == sizeof(data) && !memcmp( data, received, sizeof(data) ), "Got %d bytes or other data.\n", ret );
    closesocket( s );
}

static void check_polling( unsigned int flags )
{
    SOCKET client, server;
    struct test_layer layer;

    install_and_start( &layer, flags );
    tcp_pair( &client, &server );
    ok( send( client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    clear_counts( &layer );
    check_select( &layer, server, client );
    check_one_owner( &layer, server, client );
    check_send_msg( &layer );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

#define IFS_AND_NON_IFS( name ) \
    static void test_##name##_ifs(void) { check_##name( LAYER_IFS ); } \
    static void test_##name##_non_ifs(void) { check_##name( 0 ); }

IFS_AND_NON_IFS( stream )
IFS_AND_NON_IFS( datagrams )
IFS_AND_NON_IFS( misc )
IFS_AND_NON_IFS( address_length )
IFS_AND_NON_IFS( polling )

static const struct test_case cases[] =
{
    { "stream_ifs", test_stream_ifs },
    { "stream_non_ifs", test_stream_non_ifs },
    { "datagrams_ifs", test_datagrams_ifs },
    { "datagrams_non_ifs", test_datagrams_non_ifs },
    { "misc_ifs", test_misc_ifs },
    { "misc_non_ifs", test_misc_non_ifs },
    { "address_length_ifs", test_address_length_ifs },
    { "address_length_non_ifs", test_address_length_non_ifs },
    { "polling_ifs", test_polling_ifs },
    { "polling_non_ifs", test_polling_non_ifs },
};

START_TEST(routing)
{
    run_cases( "routing", cases, ARRAY_SIZE(cases) );
}
