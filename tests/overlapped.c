/*
 * Tests of overlapped I/O through a layer
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

/* The ways to be notified. Each test runs with each, through an IFS and through a non-IFS layer. */
enum notification
{
    BY_EVENT,
    BY_PORT,
    BY_ROUTINE,
};

/* A pair of connected sockets, and what the operations on its server end complete with. */
struct io
{
    struct test_layer layer;
    enum notification notification;
    SOCKET client, server;
    HANDLE port;
};

/* One operation. */
struct op
{
    OVERLAPPED overlapped;
    struct io *io;
    BOOL done;          /* the routine was called, or a packet was seen */
    DWORD error, size, flags;
    char buffer[32];
};

static void CALLBACK routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    struct op *op = CONTAINING_RECORD( overlapped, struct op, overlapped );

    ok( !op->done, "The routine was called twice.\n" );
    op->done = TRUE;
    op->error = error;
    op->size = size;
    op->flags = flags;
}

static void open_sockets( struct io *io )
{
    tcp_pair( &io->client, &io->server );
    if (io->notification != BY_PORT) return;
    io->port = CreateIoCompletionPort( (HANDLE)io->server, NULL, 0x4711, 0 );
    ok( io->port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
}

static void close_sockets( struct io *io )
{
    closesocket( io->client );
    closesocket( io->server );
    if (io->port) CloseHandle( io->port );
}

static void open_io( struct io *io, unsigned int flags, enum notification notification )
{
    memset( io, 0, sizeof(*io) );
    io->notification = notification;
    install_layer( &io->layer, NULL, flags );
    load_layer( &io->layer );
    start_winsock();
    open_sockets( io );
}

static void close_io( struct io *io )
{
    close_sockets( io );
    ok( !io->layer.control->bad_contexts, "%ld contexts were wrong.\n", io->layer.control->bad_contexts );
    WSACleanup();
}

static void init_op( struct op *op, struct io *io )
{
    memset( op, 0, sizeof(*op) );
    op->io = io;
    if (io->notification == BY_EVENT) op->overlapped.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL );
}

static LPWSAOVERLAPPED_COMPLETION_ROUTINE get_routine( const struct io *io )
{
    return io->notification == BY_ROUTINE ? routine : NULL;
}

/* Waits for a completion of any operation by a packet. */
static struct op *next_packet( struct io *io, DWORD timeout )
{
    OVERLAPPED *overlapped = NULL;
    ULONG_PTR key = 0;
    struct op *op;
    DWORD size;
    BOOL ret;

    ret = GetQueuedCompletionStatus( io->port, &size, &key, &overlapped, timeout );
    if (!overlapped) return NULL;
    ok( key == 0x4711, "Got key %#Ix.\n", key );
    op = CONTAINING_RECORD( overlapped, struct op, overlapped );
    ok( !op->done, "There are two packets.\n" );
    op->done = TRUE;
    op->size = size;
    op->error = ret ? 0 : GetLastError();
    return op;
}

static BOOL is_notified( struct op *op, DWORD timeout )
{
    switch (op->io->notification)
    {
    case BY_EVENT:
        return !WaitForSingleObject( op->overlapped.hEvent, timeout );
    case BY_PORT:
        return op->done || next_packet( op->io, timeout );
    case BY_ROUTINE:
        if (!op->done) SleepEx( timeout, TRUE );
        return op->done;
    }
    return FALSE;
}

/* The notification comes, and WSAGetOverlappedResult says the same. */
static void check_completion( struct op *op, SOCKET s, DWORD size, DWORD error )
{
    DWORD got_size = 0xdead, flags = 0xdead;
    BOOL ret;

    ok( is_notified( op, 5000 ), "There is no notification.\n" );
    if (op->io->notification == BY_ROUTINE) ok( op->error == error, "The routine got error %lu.\n", op->error );
    if (op->io->notification != BY_EVENT) ok( op->size == size, "Got %lu bytes, expected %lu.\n", op->size, size );
    ret = WSAGetOverlappedResult( s, &op->overlapped, &got_size, FALSE, &flags );
    ok( ret == !error, "WSAGetOverlappedResult returned %d, error %d.\n", ret, WSAGetLastError() );
    if (error) ok( (DWORD)WSAGetLastError() == error, "Got error %d, expected %lu.\n", WSAGetLastError(), error );
    else ok( got_size == size, "Got %lu bytes, expected %lu.\n", got_size, size );
    if (op->overlapped.hEvent) CloseHandle( op->overlapped.hEvent );
}

static void start_recv( struct op *op )
{
    WSABUF buf = {sizeof(op->buffer), op->buffer};
    DWORD flags = 0;
    int ret;

    ret = WSARecv( op->io->server, &buf, 1, NULL, &flags, &op->overlapped, get_routine( op->io ));
    ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "WSARecv failed, error %d.\n", WSAGetLastError() );
}

static void start_send( struct op *op, const char *text )
{
    WSABUF buf = {strlen( text ), op->buffer};
    int ret;

    strcpy( op->buffer, text );
    ret = WSASend( op->io->server, &buf, 1, NULL, 0, &op->overlapped, get_routine( op->io ));
    ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "WSASend failed, error %d.\n", WSAGetLastError() );
}

static void check_transfer( struct io *io )
{
    DWORD size, flags;
    char buffer[16];
    struct op op;
    BOOL ret;

    /* a receive that has to wait */
    init_op( &op, io );
    start_recv( &op );
    ok( !is_notified( &op, 50 ), "The receive is complete before there is data.\n" );
    ret = WSAGetOverlappedResult( io->server, &op.overlapped, &size, FALSE, &flags );
    ok( !ret && WSAGetLastError() == WSA_IO_INCOMPLETE, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( send( io->client, "hello", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
    check_completion( &op, io->server, 5, 0 );
    ok( !memcmp( op.buffer, "hello", 5 ), "Got other data.\n" );

    /* one for which the data is there */
    ok( send( io->client, "again", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
    Sleep( 50 );
    init_op( &op, io );
    start_recv( &op );
    check_completion( &op, io->server, 5, 0 );
    ok( !memcmp( op.buffer, "again", 5 ), "Got other data.\n" );

    init_op( &op, io );
    start_send( &op, "answer" );
    check_completion( &op, io->server, 6, 0 );
    ok( recv( io->client, buffer, sizeof(buffer), 0 ) == 6 && !memcmp( buffer, "answer", 6 ), "Got other data.\n" );

    /* the end of the stream */
    init_op( &op, io );
    start_recv( &op );
    ok( !shutdown( io->client, SD_SEND ), "shutdown failed, error %d.\n", WSAGetLastError() );
    check_completion( &op, io->server, 0, 0 );
}

/* closesocket() ends what is pending, with a notification (§5.2). */
static void check_abort( struct io *io )
{
    struct op op;

    init_op( &op, io );
    start_recv( &op );
    ok( !closesocket( io->server ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( is_notified( &op, 5000 ), "There is no notification.\n" );
    ok( op.overlapped.Internal != WSS_OPERATION_IN_PROGRESS, "The operation is still in progress.\n" );
    if (io->notification != BY_EVENT)
    {
        ok( op.error, "The operation succeeded.\n" );
        /* Wine's server completes it as STATUS_HANDLES_CLOSED */
        todo_wine ok( op.error == WSA_OPERATION_ABORTED, "Got error %lu.\n", op.error );
    }
    if (op.overlapped.hEvent) CloseHandle( op.overlapped.hEvent );
}

/* Several operations at once complete in the order in which they were begun. */
static void check_several( struct io *io )
{
    struct op ops[8];
    char text[4];
    DWORD i;

    for (i = 0; i < ARRAY_SIZE(ops); i++)
    {
        init_op( &ops[i], io );
        start_recv( &ops[i] );
    }
    for (i = 0; i < ARRAY_SIZE(ops); i++)
    {
        text[0] = 'a' + i;
        ok( send( io->client, text, 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
        check_completion( &ops[i], io->server, 1, 0 );
        ok( ops[i].buffer[0] == text[0], "Got %c, expected %c.\n", ops[i].buffer[0], text[0] );
    }
}

static void check_all( unsigned int flags, enum notification notification )
{
    struct io io;

    open_io( &io, flags, notification );
    check_transfer( &io );
    close_sockets( &io );
    open_sockets( &io );
    check_several( &io );
    check_abort( &io );
    close_io( &io );
}

static void check_event( unsigned int flags )
{
    check_all( flags, BY_EVENT );
}

static void check_port( unsigned int flags )
{
    check_all( flags, BY_PORT );
}

static void check_routine( unsigned int flags )
{
    check_all( flags, BY_ROUTINE );
}

/* Event and port together, and the low bit of the event, which says that no packet is wanted. */
static void check_event_and_port( unsigned int flags )
{
    struct io io;
    struct op op;
    HANDLE event;

    open_io( &io, flags, BY_PORT );
    event = CreateEventW( NULL, TRUE, FALSE, NULL );
    init_op( &op, &io );
    op.overlapped.hEvent = event;
    start_recv( &op );
    ok( send( io.client, "abc", 3, 0 ) == 3, "send failed, error %d.\n", WSAGetLastError() );
    ok( is_notified( &op, 5000 ), "There is no packet.\n" );
    ok( op.size == 3, "Got %lu bytes.\n", op.size );
    ok( !WaitForSingleObject( event, 5000 ), "The event is not signalled.\n" );

    init_op( &op, &io );
    op.overlapped.hEvent = (HANDLE)((ULONG_PTR)event | 1);
    start_recv( &op );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event was not reset.\n" );
    ok( send( io.client, "abc", 3, 0 ) == 3, "send failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( event, 5000 ), "The event is not signalled.\n" );
    ok( !is_notified( &op, 100 ), "There is a packet.\n" );
    ok( op.overlapped.InternalHigh == 3, "Got %Iu bytes.\n", op.overlapped.InternalHigh );
    CloseHandle( event );
    close_io( &io );
}

static DWORD WINAPI delayed_send( void *arg )
{
    Sleep( 100 );
    return send( *(SOCKET *)arg, "late", 4, 0 );
}

static void check_wait( unsigned int flags )
{
    DWORD size = 0, ret_flags = 0;
    HANDLE thread;
    struct io io;
    struct op op;

    open_io( &io, flags, BY_EVENT );
    init_op( &op, &io );
    start_recv( &op );
    thread = CreateThread( NULL, 0, delayed_send, &io.client, 0, NULL );
    ok( WSAGetOverlappedResult( io.server, &op.overlapped, &size, TRUE, &ret_flags ), "Got error %d.\n",
        WSAGetLastError() );
    ok( size == 4 && !memcmp( op.buffer, "late", 4 ), "Got %lu bytes or other data.\n", size );
    WaitForSingleObject( thread, 5000 );
    CloseHandle( thread );
    CloseHandle( op.overlapped.hEvent );
    close_io( &io );
}

/* Datagrams, with the sender's address, which is written when the receive completes. */
static void check_datagrams( unsigned int flags )
{
    struct sockaddr_in addr, from_addr, from = {0};
    int ret, len = sizeof(from);
    DWORD size, recv_flags = 0;
    char data[] = "datagram";
    WSABUF in, out = {sizeof(data), data};
    struct io io;
    struct op op, send_op;
    SOCKET s, s2;

    open_io( &io, flags, BY_EVENT );
    s = bound_socket( SOCK_DGRAM, &addr );
    s2 = bound_socket( SOCK_DGRAM, &from_addr );
    init_op( &op, &io );
    in.buf = op.buffer;
    in.len = sizeof(op.buffer);
    ret = WSARecvFrom( s, &in, 1, NULL, &recv_flags, (struct sockaddr *)&from, &len, &op.overlapped, NULL );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "WSARecvFrom returned %d, error %d.\n", ret, WSAGetLastError() );
    init_op( &send_op, &io );
    ret = WSASendTo( s2, &out, 1, &size, 0, (struct sockaddr *)&addr, sizeof(addr), &send_op.overlapped, NULL );
    ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "WSASendTo failed, error %d.\n", WSAGetLastError() );
    check_completion( &send_op, s2, sizeof(data), 0 );
    check_completion( &op, s, sizeof(data), 0 );
    ok( !memcmp( op.buffer, data, sizeof(data) ), "Got other data.\n" );
    ok( from.sin_port == from_addr.sin_port && from.sin_addr.s_addr == from_addr.sin_addr.s_addr,
        "Got another address.\n" );
    closesocket( s );
    closesocket( s2 );
    close_io( &io );
}

/* WSASendMsg goes to the layer as a control that has the OVERLAPPED inside. */
static void check_send_msg( unsigned int flags )
{
    struct sockaddr_in addr;
    WSABUF buf;
    WSAMSG msg = {.name = (struct sockaddr *)&addr, .namelen = sizeof(addr), .lpBuffers = &buf, .dwBufferCount = 1};
    char received[32];
    struct io io;
    struct op op;
    SOCKET s;
    int ret;

    open_io( &io, flags, BY_EVENT );
    s = bound_socket( SOCK_DGRAM, &addr );
    init_op( &op, &io );
    strcpy( op.buffer, "message" );
    buf.buf = op.buffer;
    buf.len = 8;
    ret = WSASendMsg( s, &msg, 0, NULL, &op.overlapped, NULL );
    ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "WSASendMsg failed, error %d.\n", WSAGetLastError() );
    check_completion( &op, s, 8, 0 );
    ret = recv( s, received, sizeof(received), 0 );
    ok( ret == 8 && !memcmp( received, "message", 8 ), "Got %d bytes or other data.\n", ret );
    closesocket( s );
    close_io( &io );
}

static DWORD WINAPI alertable_thread( void *arg )
{
    struct op *op = arg;

    start_recv( op );
    SleepEx( 10000, TRUE );
    return GetCurrentThreadId();
}

static DWORD routine_thread;

static void CALLBACK thread_routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    routine_thread = GetCurrentThreadId();
    routine( error, size, overlapped, flags );
}

/* The routine runs in the thread that began the operation, whichever thread completes it. */
static void check_routine_thread( unsigned int flags )
{
    WSABUF buf;
    DWORD recv_flags = 0, id = 0;
    HANDLE thread;
    struct io io;
    struct op op, own;

    open_io( &io, flags, BY_ROUTINE );
    init_op( &op, &io );
    init_op( &own, &io );
    thread = CreateThread( NULL, 0, alertable_thread, &op, 0, &id );
    Sleep( 50 );
    buf.buf = own.buffer;
    buf.len = sizeof(own.buffer);
    WSARecv( io.server, &buf, 1, NULL, &recv_flags, &own.overlapped, thread_routine );
    ok( send( io.client, "1", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( thread, 5000 ), "The thread was not woken.\n" );
    ok( op.done && !own.done, "Got %d, %d.\n", op.done, own.done );
    ok( send( io.client, "2", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( !own.done, "The routine was called without an alertable wait.\n" );
    ok( SleepEx( 5000, TRUE ) == WAIT_IO_COMPLETION, "The wait was not interrupted.\n" );
    ok( own.done && routine_thread == GetCurrentThreadId(), "The routine ran in thread %#lx.\n", routine_thread );
    CloseHandle( thread );
    close_io( &io );
}

/* A call that fails at once gives no notification. */
static void check_failure( unsigned int flags )
{
    WSABUF buf = {0};
    DWORD recv_flags = 0;
    struct io io;
    struct op op;
    SOCKET s;

    open_io( &io, flags, BY_EVENT );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    init_op( &op, &io );
    buf.buf = op.buffer;
    buf.len = sizeof(op.buffer);
    ok( WSARecv( s, &buf, 1, NULL, &recv_flags, &op.overlapped, NULL ) == SOCKET_ERROR, "WSARecv succeeded.\n" );
    ok( WSAGetLastError() == WSAENOTCONN, "Got error %d.\n", WSAGetLastError() );
    ok( WaitForSingleObject( op.overlapped.hEvent, 50 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    CloseHandle( op.overlapped.hEvent );
    closesocket( s );
    close_io( &io );
}

#define IFS_AND_NON_IFS( name ) \
    static void test_##name##_ifs(void) { check_##name( LAYER_IFS ); } \
    static void test_##name##_non_ifs(void) { check_##name( 0 ); }

IFS_AND_NON_IFS( event )
IFS_AND_NON_IFS( port )
IFS_AND_NON_IFS( routine )
IFS_AND_NON_IFS( event_and_port )
IFS_AND_NON_IFS( wait )
IFS_AND_NON_IFS( datagrams )
IFS_AND_NON_IFS( send_msg )
IFS_AND_NON_IFS( routine_thread )
IFS_AND_NON_IFS( failure )

#define CASE( name ) { #name, test_##name }

static const struct test_case cases[] =
{
    CASE( event_ifs ), CASE( event_non_ifs ),
    CASE( port_ifs ), CASE( port_non_ifs ),
    CASE( routine_ifs ), CASE( routine_non_ifs ),
    CASE( event_and_port_ifs ), CASE( event_and_port_non_ifs ),
    CASE( wait_ifs ), CASE( wait_non_ifs ),
    CASE( datagrams_ifs ), CASE( datagrams_non_ifs ),
    CASE( send_msg_ifs ), CASE( send_msg_non_ifs ),
    CASE( routine_thread_ifs ), CASE( routine_thread_non_ifs ),
    CASE( failure_ifs ), CASE( failure_non_ifs ),
};

START_TEST(overlapped)
{
    run_cases( "overlapped", cases, ARRAY_SIZE(cases) );
}
