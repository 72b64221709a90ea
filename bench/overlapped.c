/*
 * Benchmarks: overlapped calls
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

/* An operation is a WSARecv() that has to wait, the WSASend() that ends the wait, and learning of it. */

#define CALLS 100

struct requests
{
    SOCKET pair[2];
    HANDLE port;
    OVERLAPPED recv, send;
    char byte;
};

static void begin_recv( struct requests *requests, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine )
{
    WSABUF buffer = {1, &requests->byte};
    DWORD flags = 0;

    CHECK( WSARecv( requests->pair[1], &buffer, 1, NULL, &flags, &requests->recv, routine ) == SOCKET_ERROR
           && WSAGetLastError() == WSA_IO_PENDING );
}

static void close_requests( struct requests *requests )
{
    closesocket( requests->pair[0] );
    closesocket( requests->pair[1] );
}

/* --- with a completion port, which learns of the send, too --- */

static void exchange_port( void *context, unsigned int count )
{
    struct requests *requests = context;
    WSABUF buffer = {1, &requests->byte};
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD size;
    int ret, i;

    while (count--)
    {
        begin_recv( requests, NULL );
        ret = WSASend( requests->pair[0], &buffer, 1, NULL, 0, &requests->send, NULL );
        CHECK( !ret || WSAGetLastError() == WSA_IO_PENDING );
        for (i = 0; i < 2; i++)
            CHECK( GetQueuedCompletionStatus( requests->port, &size, &key, &overlapped, INFINITE ));
    }
}

static void open_port( struct requests *requests )
{
    int i;

    start_winsock();
    memset( requests, 0, sizeof(*requests) );
    make_pair( requests->pair );
    CHECK( (requests->port = CreateIoCompletionPort( INVALID_HANDLE_VALUE, NULL, 0, 1 )) );
    for (i = 0; i < 2; i++)
        CHECK( CreateIoCompletionPort( (HANDLE)requests->pair[i], requests->port, 0, 0 ));
}

static void close_port( struct requests *requests )
{
    close_requests( requests );
    CloseHandle( requests->port );
}

static double bench_port(void)
{
    struct requests requests;
    double ret;

    open_port( &requests );
    ret = measure( exchange_port, &requests, 2 );
    close_port( &requests );
    return ret;
}

/* Between two marks in what WINEDEBUG=+server shows. Returns how many overlapped calls there are. */
static double bench_port_calls(void)
{
    struct requests requests;

    open_port( &requests );
    exchange_port( &requests, CALLS );
    CloseHandle( OpenEventA( SYNCHRONIZE, FALSE, "winelsp bench begin" ));
    exchange_port( &requests, CALLS );
    CloseHandle( OpenEventA( SYNCHRONIZE, FALSE, "winelsp bench end" ));
    close_port( &requests );
    return 2 * CALLS;
}

/* --- with an event --- */

static void exchange_event( void *context, unsigned int count )
{
    struct requests *requests = context;
    DWORD size, flags;

    while (count--)
    {
        begin_recv( requests, NULL );
        CHECK( send( requests->pair[0], &requests->byte, 1, 0 ) == 1 );
        CHECK( WSAGetOverlappedResult( requests->pair[1], &requests->recv, &size, TRUE, &flags ));
    }
}

static double bench_event(void)
{
    struct requests requests = {0};
    double ret;

    start_winsock();
    make_pair( requests.pair );
    CHECK( (requests.recv.hEvent = WSACreateEvent()) );
    ret = measure( exchange_event, &requests, 2 );
    close_requests( &requests );
    WSACloseEvent( requests.recv.hEvent );
    return ret;
}

/* --- with a completion routine --- */

static void CALLBACK done_routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)overlapped;
    (void)flags;
    CHECK( !error && size == 1 );
}

static void exchange_routine( void *context, unsigned int count )
{
    struct requests *requests = context;

    while (count--)
    {
        begin_recv( requests, done_routine );
        CHECK( send( requests->pair[0], &requests->byte, 1, 0 ) == 1 );
        CHECK( SleepEx( INFINITE, TRUE ) == WAIT_IO_COMPLETION );
    }
}

static double bench_routine(void)
{
    struct requests requests = {0};
    double ret;

    start_winsock();
    make_pair( requests.pair );
    ret = measure( exchange_routine, &requests, 2 );
    close_requests( &requests );
    return ret;
}

const struct benchmark overlapped_benchmarks[] =
{
    {"port", bench_port},
    {"port_calls", bench_port_calls},
    {"event", bench_event},
    {"routine", bench_routine},
    {0}
};
