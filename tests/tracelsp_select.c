/*
 * Tests of the events of accepted sockets through the sample layer
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
#include "util_tracelsp.h"
#include "winuser.h"

/* A socket that is accepted has the selection of the listening one (§5.1). Each event is told once, with the name of
 * the accepted socket, in the order in which they came, as without a layer. The first ones may come before accept()
 * returns. */

#define WM_SOCKET   (WM_USER + 1)
#define CONNECTIONS 200
#define MAX_EVENTS  8
#define EVENTS      (FD_ACCEPT | FD_READ | FD_WRITE | FD_CLOSE)

struct connection
{
    SOCKET client, server;
    unsigned int count;
    LPARAM events[MAX_EVENTS];
};

static struct connection connections[CONNECTIONS];
static unsigned int accepted_count, unknown_count, accept_count;

static struct connection *find_connection( SOCKET s )
{
    unsigned int i;

    for (i = 0; i < accepted_count; i++) if (connections[i].server == s) return &connections[i];
    return NULL;
}

static void add_event( const MSG *msg )
{
    struct connection *connection = find_connection( msg->wParam );

    if (WSAGETSELECTEVENT(msg->lParam) == FD_ACCEPT) accept_count++;
    else if (!connection) unknown_count++;
    else if (connection->count < MAX_EVENTS) connection->events[connection->count++] = msg->lParam;
}

/* Takes messages until none has come for a time in milliseconds. */
static void take_messages( HWND hwnd, DWORD quiet )
{
    MSG msg;

    do
    {
        while (PeekMessageW( &msg, hwnd, WM_SOCKET, WM_SOCKET, PM_REMOVE )) add_event( &msg );
    }
    while (MsgWaitForMultipleObjects( 0, NULL, FALSE, quiet, QS_POSTMESSAGE ) == WAIT_OBJECT_0);
}

/* How many events of a kind there are for a connection. */
static unsigned int count_events( const struct connection *connection, int event )
{
    unsigned int i, count = 0;

    for (i = 0; i < connection->count; i++) if (WSAGETSELECTEVENT(connection->events[i]) == event) count++;
    return count;
}

/* How many connections have not been told of an event as often as expected. */
static unsigned int count_wrong( int event, unsigned int expected )
{
    unsigned int i, wrong = 0;

    for (i = 0; i < CONNECTIONS; i++) if (count_events( &connections[i], event ) != expected) wrong++;
    return wrong;
}

static void expect_events( HWND hwnd, int event, unsigned int expected )
{
    DWORD end = GetTickCount() + 10000;
    unsigned int wrong;

    do take_messages( hwnd, 200 );
    while ((wrong = count_wrong( event, expected )) && (int)(end - GetTickCount()) > 0);
    ok( !wrong, "%u connections have not event %#x %u times.\n", wrong, event, expected );
}

static SOCKET selecting_listener( HWND hwnd, struct sockaddr_in *addr )
{
    SOCKET listener = bound_socket( SOCK_STREAM, addr );

    ok( !listen( listener, CONNECTIONS ), "listen failed, error %d.\n", WSAGetLastError() );
    ok( !WSAAsyncSelect( listener, hwnd, WM_SOCKET, EVENTS ), "WSAAsyncSelect failed, error %d.\n",
        WSAGetLastError() );
    return listener;
}

/* What the client does before it is accepted. */
static void send_byte( struct connection *connection )
{
    ok( send( connection->client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
}

static void reset( struct connection *connection )
{
    struct linger linger = {1, 0};

    setsockopt( connection->client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger) );
    closesocket( connection->client );
    connection->client = INVALID_SOCKET;
}

static void accept_connections( HWND hwnd, void (*act)( struct connection *connection ) )
{
    struct connection *connection = connections;
    struct sockaddr_in addr;
    SOCKET listener = selecting_listener( hwnd, &addr );
    unsigned int i;

    memset( connections, 0, sizeof(connections) );
    accepted_count = unknown_count = accept_count = 0;
    for (i = 0; i < CONNECTIONS; i++, connection++)
    {
        connection->client = socket( AF_INET, SOCK_STREAM, 0 );
        ok( !connect( connection->client, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n",
            WSAGetLastError() );
        act( connection );
        connection->server = accept( listener, NULL, NULL );
        ok( connection->server != INVALID_SOCKET, "accept failed, error %d.\n", WSAGetLastError() );
        accepted_count++;
    }
    closesocket( listener );
}

static void close_connections( HWND hwnd )
{
    unsigned int i;

    ok( !unknown_count, "%u messages are for other sockets.\n", unknown_count );
    ok( accept_count, "There is no message for the listening socket.\n" );
    for (i = 0; i < CONNECTIONS; i++)
    {
        closesocket( connections[i].server );
        if (connections[i].client != INVALID_SOCKET) closesocket( connections[i].client );
    }
    take_messages( hwnd, 200 );
}

static unsigned int count_bad_order(void)
{
    unsigned int i, wrong = 0;

    for (i = 0; i < CONNECTIONS; i++)
        if (connections[i].count && WSAGETSELECTEVENT(connections[i].events[connections[i].count - 1]) != FD_CLOSE)
            wrong++;
    return wrong;
}

static void check_data( HWND hwnd )
{
    unsigned int i;
    char buffer;

    accept_connections( hwnd, send_byte );
    expect_events( hwnd, FD_READ, 1 );
    expect_events( hwnd, FD_WRITE, 1 );
    expect_events( hwnd, FD_CLOSE, 0 );

    /* The selection goes on. */
    for (i = 0; i < CONNECTIONS; i++)
    {
        ok( recv( connections[i].server, &buffer, 1, 0 ) == 1, "recv failed, error %d.\n", WSAGetLastError() );
        send_byte( &connections[i] );
    }
    expect_events( hwnd, FD_READ, 2 );
    close_connections( hwnd );
}

static void check_reset( HWND hwnd )
{
    accept_connections( hwnd, reset );
    expect_events( hwnd, FD_CLOSE, 1 );
    ok( !count_bad_order(), "%u connections have an event after FD_CLOSE.\n", count_bad_order() );
    close_connections( hwnd );
}

static void test_select( const WCHAR *kind )
{
    HWND hwnd = CreateWindowExW( 0, L"Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );

    (void)kind;
    ok( hwnd != NULL, "CreateWindow failed, error %lu.\n", GetLastError() );
    check_data( hwnd );
    check_reset( hwnd );
    DestroyWindow( hwnd );
}

START_TEST(tracelsp_select)
{
    run_kinds( "tracelsp_select", test_select );
}
