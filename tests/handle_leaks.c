/*
 * Tests that upcalls leave no handles behind
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

#include "util_probe.h"

#define ROUNDS        10000
#define HANDLE_VALUES 4096
#define WAIT_TIME     20000     /* milliseconds that a thread waits for another */

static const WSPUPCALLTABLE *upcalls;

static unsigned int apc_count;

static void CALLBACK count_apc( DWORD_PTR context )
{
    (void)context;
    apc_count++;
}

static void open_and_close( unsigned int rounds )
{
    WSATHREADID id;
    int ret, error = 0;

    while (rounds--)
    {
        ret = upcalls->lpWPUOpenCurrentThread( &id, &error );
        ok( !ret, "WPUOpenCurrentThread failed, error %d.\n", error );
        ret = upcalls->lpWPUQueueApc( &id, count_apc, 0, &error );
        ok( !ret, "WPUQueueApc failed, error %d.\n", error );
        ret = upcalls->lpWPUCloseThread( &id, &error );
        ok( !ret, "WPUCloseThread failed, error %d.\n", error );
        while (SleepEx( 0, TRUE ) == WAIT_IO_COMPLETION) {}
    }
}

static void test_ids(void)
{
    struct test_layer layer;
    unsigned int before, after;

    upcalls = get_upcalls( &layer, 0 );
    open_and_close( 1 );
    before = count_handles( HANDLE_VALUES );
    open_and_close( ROUNDS );
    after = count_handles( HANDLE_VALUES );
    ok( apc_count == ROUNDS + 1, "%u APCs ran.\n", apc_count );
    ok( after == before, "There are %u handles, there were %u.\n", after, before );
    WSACleanup();
}

#define SENDS_A_THREAD 20

struct sender
{
    struct sockaddr_in addr;
    SOCKET socket;
    LONG done;
};

static void CALLBACK send_done( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    struct sender *sender = overlapped->hEvent;

    (void)flags;
    ok( !error && size == 1, "Got error %lu, %lu bytes.\n", error, size );
    sender->done++;
}

/* The datagrams go to the socket itself, where nobody reads them. */
static DWORD WINAPI send_thread( void *arg )
{
    struct sender *sender = arg;
    OVERLAPPED overlapped[SENDS_A_THREAD] = {{0}};
    LONG i, last = sender->done + SENDS_A_THREAD;
    WSABUF buf = {1, (char *)"x"};
    int ret;

    for (i = 0; i < SENDS_A_THREAD; i++)
    {
        overlapped[i].hEvent = sender;
        ret = WSASendTo( sender->socket, &buf, 1, NULL, 0, (struct sockaddr *)&sender->addr, sizeof(sender->addr),
                         &overlapped[i], send_done );
        ok( !ret || WSAGetLastError() == WSA_IO_PENDING, "WSASendTo failed, error %d.\n", WSAGetLastError() );
    }
    while (sender->done < last && SleepEx( WAIT_TIME, TRUE ) == WAIT_IO_COMPLETION) {}
    return 0;
}

/* Threads that come, make overlapped calls and go. */
static void test_threads(void)
{
    struct sender sender = {0};
    struct test_layer layer;
    unsigned int i, before = 0, after;
    HANDLE thread;

    upcalls = get_upcalls( &layer, 0 );
    sender.socket = bound_socket( SOCK_DGRAM, &sender.addr );
    for (i = 0; i <= ROUNDS / SENDS_A_THREAD; i++)
    {
        thread = CreateThread( NULL, 0, send_thread, &sender, 0, NULL );
        ok( !WaitForSingleObject( thread, WAIT_TIME ), "The thread hangs.\n" );
        CloseHandle( thread );
        if (!i) before = count_handles( HANDLE_VALUES );
    }
    after = count_handles( HANDLE_VALUES );
    ok( sender.done == ROUNDS + SENDS_A_THREAD, "%ld calls were completed.\n", sender.done );
    ok( after == before, "There are %u handles, there were %u.\n", after, before );
    closesocket( sender.socket );
    WSACleanup();
}

static void make_and_close( struct test_layer *layer, unsigned int rounds )
{
    int ret, error = 0;

    while (rounds--)
    {
        OVERLAPPED overlapped = {.Internal = WSS_OPERATION_IN_PROGRESS};
        SOCKET s = upcalls->lpWPUCreateSocketHandle( layer->tcp_id, rounds, &error );

        ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
        ret = WPUCompleteOverlappedRequest( s, &overlapped, rounds & 1 ? WSAECONNRESET : 0, 0, &error );
        ok( !ret, "WPUCompleteOverlappedRequest failed, error %d.\n", error );
        ret = upcalls->lpWPUCloseSocketHandle( s, &error );
        ok( !ret, "WPUCloseSocketHandle failed, error %d.\n", error );
    }
}

static void test_sockets(void)
{
    struct test_layer layer;
    unsigned int before, after;

    upcalls = get_upcalls( &layer, 0 );
    make_and_close( &layer, 2 );
    before = count_handles( HANDLE_VALUES );
    make_and_close( &layer, ROUNDS );
    after = count_handles( HANDLE_VALUES );
    ok( after == before, "There are %u handles, there were %u.\n", after, before );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "ids", test_ids },
    { "threads", test_threads },
    { "sockets", test_sockets },
};

START_TEST(handle_leaks)
{
    run_cases( "handle_leaks", cases, ARRAY_SIZE(cases) );
}
