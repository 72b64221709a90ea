/*
 * Tests of the asynchronous database functions of Winsock 1.1 beside the sample layer
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
#include "winuser.h"

#define WM_RESULT (WM_USER + 1)
#define WM_SOCKET (WM_USER + 2)

/* Wide enough for any of the structures with what they point to, and aligned for them. */
union result
{
    char buffer[MAXGETHOSTSTRUCT];
    struct hostent host;
    struct servent serv;
    struct protoent proto;
};

/* Waits for a message, which is all 0 if none comes. */
#define expect_message( hwnd, type, msg ) expect_message_( __LINE__, hwnd, type, msg )
static void expect_message_( unsigned int line, HWND hwnd, UINT type, MSG *msg )
{
    DWORD end = GetTickCount() + 10000;
    BOOL found;

    while (!(found = PeekMessageW( msg, hwnd, type, type, PM_REMOVE )) && (int)(end - GetTickCount()) > 0)
        MsgWaitForMultipleObjects( 0, NULL, FALSE, 100, QS_POSTMESSAGE );
    ok_(__FILE__, line)( found, "There is no message.\n" );
    if (!found) memset( msg, 0, sizeof(*msg) );
}

/* The result of a request comes as a message: the request's handle, its error, and the size of the result. */
#define expect_result( hwnd, request, error, size ) expect_result_( __LINE__, hwnd, request, error, size )
static void expect_result_( unsigned int line, HWND hwnd, HANDLE request, int error, WORD *size )
{
    MSG msg;

    ok_(__FILE__, line)( request != NULL, "The request failed, error %d.\n", WSAGetLastError() );
    expect_message_( line, hwnd, WM_RESULT, &msg );
    ok_(__FILE__, line)( msg.wParam == (WPARAM)request, "Got the handle %#Ix, expected %p.\n", msg.wParam, request );
    ok_(__FILE__, line)( WSAGETASYNCERROR(msg.lParam) == error, "Got error %d.\n", WSAGETASYNCERROR(msg.lParam) );
    if (size) *size = WSAGETASYNCBUFLEN(msg.lParam);
}

static void check_host( const struct hostent *host )
{
    ok( host->h_addrtype == AF_INET && host->h_length == 4, "Got family %d, length %d.\n", host->h_addrtype,
        host->h_length );
    ok( host->h_addr_list[0] && *(DWORD *)host->h_addr_list[0] == htonl( INADDR_LOOPBACK ),
        "Got another address.\n" );
}

static void check_hosts( HWND hwnd )
{
    DWORD addr = htonl( INADDR_LOOPBACK );
    union result result;
    HANDLE request;

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetHostByName( hwnd, WM_RESULT, "localhost", result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    check_host( &result.host );

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetHostByAddr( hwnd, WM_RESULT, (char *)&addr, sizeof(addr), AF_INET, result.buffer,
                                     sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    check_host( &result.host );
    ok( !strncmp( result.host.h_name, "localhost", 9 ), "Got the name %s.\n", result.host.h_name );
}

static void check_services( HWND hwnd )
{
    union result result;
    HANDLE request;

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetServByName( hwnd, WM_RESULT, "http", "tcp", result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    ok( result.serv.s_port == htons( 80 ), "Got port %u.\n", ntohs( result.serv.s_port ) );
    ok( !strcmp( result.serv.s_proto, "tcp" ), "Got protocol %s.\n", result.serv.s_proto );

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetServByPort( hwnd, WM_RESULT, htons( 53 ), "udp", result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    ok( !strcmp( result.serv.s_name, "domain" ), "Got service %s.\n", result.serv.s_name );

    request = WSAAsyncGetServByName( hwnd, WM_RESULT, "no-such-service", "tcp", result.buffer, sizeof(result) );
    expect_result( hwnd, request, WSANO_DATA, NULL );
}

static void check_protocols( HWND hwnd )
{
    union result result;
    HANDLE request;

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetProtoByName( hwnd, WM_RESULT, "tcp", result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    ok( result.proto.p_proto == IPPROTO_TCP, "Got protocol %d.\n", result.proto.p_proto );

    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetProtoByNumber( hwnd, WM_RESULT, IPPROTO_UDP, result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    ok( !strcmp( result.proto.p_name, "udp" ), "Got protocol %s.\n", result.proto.p_name );
}

/* The size that a too small buffer is answered with is enough. */
static void check_buffer_size( HWND hwnd )
{
    union result result;
    HANDLE request;
    WORD size = 0;

    request = WSAAsyncGetServByName( hwnd, WM_RESULT, "http", "tcp", result.buffer, 1 );
    expect_result( hwnd, request, WSAENOBUFS, &size );
    ok( size > sizeof(result.serv), "Got size %u.\n", size );
    memset( &result, 0, sizeof(result) );
    request = WSAAsyncGetServByName( hwnd, WM_RESULT, "http", "tcp", result.buffer, size );
    expect_result( hwnd, request, 0, NULL );
    ok( result.serv.s_port == htons( 80 ), "Got port %u.\n", ntohs( result.serv.s_port ) );
}

/* Each of several requests at once has its own handle, buffer and message. */
static void check_several( HWND hwnd )
{
    static const int protocols[] = { IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP };
    union result results[ARRAY_SIZE(protocols)];
    HANDLE requests[ARRAY_SIZE(protocols)];
    unsigned int i, j;
    MSG msg;

    memset( results, 0, sizeof(results) );
    for (i = 0; i < ARRAY_SIZE(protocols); i++)
        requests[i] = WSAAsyncGetProtoByNumber( hwnd, WM_RESULT, protocols[i], results[i].buffer,
                                                sizeof(results[i]) );
    for (i = 0; i < ARRAY_SIZE(protocols); i++)
    {
        expect_message( hwnd, WM_RESULT, &msg );
        for (j = 0; j < ARRAY_SIZE(protocols); j++) if (msg.wParam == (WPARAM)requests[j]) break;
        ok( j < ARRAY_SIZE(protocols), "Got the handle %#Ix again, or that of no request.\n", msg.wParam );
        if (j == ARRAY_SIZE(protocols)) continue;
        requests[j] = NULL;
        ok( results[j].proto.p_proto == protocols[j], "Got protocol %d.\n", results[j].proto.p_proto );
    }
}

/* No message comes for a request that was cancelled, and none can be cancelled that does not exist: Wine's functions
 * do not know their requests (8.0), and cancel nothing. */
static void check_cancel( HWND hwnd )
{
    union result result;
    HANDLE request;
    MSG msg;
    int ret;

    request = WSAAsyncGetHostByName( hwnd, WM_RESULT, "localhost", result.buffer, sizeof(result) );
    ok( request != NULL, "The request failed, error %d.\n", WSAGetLastError() );
    ret = WSACancelAsyncRequest( request );
    ok( !ret, "WSACancelAsyncRequest failed, error %d.\n", WSAGetLastError() );
    Sleep( 500 );
    todo_wine
    ok( !PeekMessageW( &msg, hwnd, WM_RESULT, WM_RESULT, PM_REMOVE ), "Got a message.\n" );
    ret = WSACancelAsyncRequest( request );
    todo_wine
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEINVAL, "Got %d, error %d.\n", ret, WSAGetLastError() );
}

/* The messages of a socket come to the same window, by way of the layer. */
static void check_socket_message( HWND hwnd, const WCHAR *kind )
{
    union result result;
    SOCKET client, server;
    HANDLE request;
    char *lines;
    MSG msg;

    tcp_pair( &client, &server );
    ok( !WSAAsyncSelect( server, hwnd, WM_SOCKET, FD_READ ), "WSAAsyncSelect failed, error %d.\n",
        WSAGetLastError() );
    request = WSAAsyncGetProtoByName( hwnd, WM_RESULT, "udp", result.buffer, sizeof(result) );
    expect_result( hwnd, request, 0, NULL );
    ok( !PeekMessageW( &msg, hwnd, WM_SOCKET, WM_SOCKET, PM_REMOVE ), "Got a message before there is data.\n" );
    ok( send( client, "data", 4, 0 ) == 4, "send failed, error %d.\n", WSAGetLastError() );
    request = WSAAsyncGetProtoByName( hwnd, WM_RESULT, "udp", result.buffer, sizeof(result) );
    expect_message( hwnd, WM_SOCKET, &msg );
    ok( msg.wParam == server && msg.lParam == FD_READ, "Got socket %#Ix, event %#Ix.\n", msg.wParam, msg.lParam );
    expect_result( hwnd, request, 0, NULL );
    closesocket( client );
    closesocket( server );
    if (!kind) return;
    lines = read_trace();
    expect_line( lines, "WSPAsyncSelect ", "-> 0" );
    free( lines );
}

static void check_requests( const WCHAR *kind )
{
    HWND hwnd = CreateWindowW( L"static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );

    ok( hwnd != NULL, "CreateWindow failed, error %lu.\n", GetLastError() );
    check_hosts( hwnd );
    check_services( hwnd );
    check_protocols( hwnd );
    check_buffer_size( hwnd );
    check_several( hwnd );
    check_socket_message( hwnd, kind );
    check_cancel( hwnd );
    DestroyWindow( hwnd );
}

START_TEST(stack_async)
{
    run_kinds( "stack_async", check_requests );
}
