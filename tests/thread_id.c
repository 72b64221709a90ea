/*
 * Tests of how providers name threads
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

#define WAIT_TIME 20000     /* milliseconds that a thread waits for another */

static const WSPUPCALLTABLE *upcalls;

static WSATHREADID open_thread_id(void)
{
    WSATHREADID id = {0};
    int error = 0;

    ok( !upcalls->lpWPUOpenCurrentThread( &id, &error ), "WPUOpenCurrentThread failed, error %d.\n", error );
    ok( id.ThreadHandle != NULL, "Got no thread handle.\n" );
    return id;
}

static void close_thread_id( WSATHREADID id )
{
    int error = 0;

    ok( !upcalls->lpWPUCloseThread( &id, &error ), "WPUCloseThread failed, error %d.\n", error );
}

static void check_close_fails( WSATHREADID id )
{
    int error = 0;

    ok( upcalls->lpWPUCloseThread( &id, &error ) == SOCKET_ERROR, "WPUCloseThread succeeded.\n" );
    ok( error == WSAEINVAL, "Got error %d.\n", error );
}

static LONG apc_count;

static void CALLBACK count_apc( DWORD_PTR context )
{
    (void)context;
    InterlockedIncrement( &apc_count );
}

static int queue_apc( WSATHREADID id )
{
    int error = 0;

    return upcalls->lpWPUQueueApc( &id, count_apc, 0, &error ) ? error : 0;
}

static void join( HANDLE thread )
{
    ok( !WaitForSingleObject( thread, WAIT_TIME ), "The thread hangs.\n" );
    CloseHandle( thread );
}

/* --- closing --- */

static DWORD WINAPI close_thread( void *arg )
{
    close_thread_id( *(WSATHREADID *)arg );
    return 0;
}

/* Each opening is one to close, once, by any thread and through any copy; a closed one is nobody's. */
static void test_close(void)
{
    struct test_layer layer;
    WSATHREADID ids[3], garbage;
    unsigned int i;

    upcalls = get_upcalls( &layer, 0 );
    for (i = 0; i < ARRAY_SIZE(ids); i++) ids[i] = open_thread_id();
    join( CreateThread( NULL, 0, close_thread, &ids[1], 0, NULL ));
    ok( queue_apc( ids[1] ) == WSAEFAULT, "A closed id was accepted.\n" );
    check_close_fails( ids[1] );
    ok( !queue_apc( ids[0] ) && !queue_apc( ids[2] ), "The other ids were closed, too.\n" );

    /* the value of the handle is used again, for the same thread */
    garbage = ids[1];
    ids[1] = open_thread_id();
    check_close_fails( garbage );
    ok( queue_apc( garbage ) == WSAEFAULT, "A closed id was accepted.\n" );
    ok( !queue_apc( ids[1] ), "The new id was closed.\n" );

    /* real handles and numbers, of things that are no opened ids */
    garbage = ids[0];
    garbage.Reserved = 0;
    check_close_fails( garbage );
    garbage.Reserved = ids[1].Reserved;
    check_close_fails( garbage );
    garbage.Reserved = ids[0].Reserved | ~(DWORD_PTR)0 << 16;
    check_close_fails( garbage );
    ok( queue_apc( garbage ) == WSAEFAULT, "A wrong number was accepted.\n" );
    garbage = ids[0];
    garbage.ThreadHandle = NULL;
    check_close_fails( garbage );
    garbage.ThreadHandle = GetCurrentThread();
    check_close_fails( garbage );
    ok( queue_apc( garbage ) == WSAEFAULT, "A wrong handle was accepted.\n" );
    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        ok( !queue_apc( ids[i] ), "Id %u is not valid.\n", i );
        close_thread_id( ids[i] );
    }
    while (SleepEx( 0, TRUE ) == WAIT_IO_COMPLETION) {}
    ok( apc_count == 6, "%ld APCs ran.\n", apc_count );
    WSACleanup();
}

/* --- ids of threads that have ended --- */

struct visitor
{
    WSATHREADID id;
    DWORD thread_id;        /* of the thread that stays; the others end at once */
    HANDLE start, open, opened, finish;
    BOOL by_call;           /* the id comes with an overlapped call */
    struct test_layer *layer;
    SOCKET socket;
};

static void CALLBACK no_completion( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)error; (void)size; (void)overlapped; (void)flags;
}

/* Makes an overlapped call, which fails at once, and returns the id that it brought along. */
static WSATHREADID get_passed_id( struct test_layer *layer, SOCKET s )
{
    OVERLAPPED overlapped = {0};
    DWORD flags = 0;
    char byte;
    WSABUF buf = {1, &byte};

    layer->control->fail_function = TESTLSP_RECV;
    layer->control->fail_error = WSAEACCES;
    layer->control->fail_count = 1;
    ok( WSARecv( s, &buf, 1, NULL, &flags, &overlapped, no_completion ) == SOCKET_ERROR, "WSARecv succeeded.\n" );
    ok( WSAGetLastError() == WSAEACCES, "Got error %d.\n", WSAGetLastError() );
    return layer->control->last_thread;
}

static DWORD WINAPI visitor_thread( void *arg )
{
    struct visitor *visitor = arg;

    if (WaitForSingleObject( visitor->start, WAIT_TIME )) return 1;
    if (GetCurrentThreadId() != visitor->thread_id) return 0;
    if (WaitForSingleObject( visitor->open, WAIT_TIME )) return 1;
    visitor->id = visitor->by_call ? get_passed_id( visitor->layer, visitor->socket ) : open_thread_id();
    SetEvent( visitor->opened );
    ok( !WaitForSingleObject( visitor->finish, WAIT_TIME ), "The thread hangs.\n" );
    while (SleepEx( 0, TRUE ) == WAIT_IO_COMPLETION) {}
    return 0;
}

static void end_visitor( struct visitor *visitor, HANDLE thread )
{
    SetEvent( visitor->finish );
    join( thread );
}

/* Takes the free handle values below one, which is then the next that the process gives out if it is free. */
static unsigned int fill_handles( HANDLE wanted, HANDLE *handles, unsigned int max )
{
    unsigned int count;

    for (count = 0; count < max; count++)
    {
        handles[count] = CreateEventW( NULL, TRUE, FALSE, NULL );
        if (handles[count] < wanted) continue;
        CloseHandle( handles[count] );
        break;
    }
    return count;
}

#define BATCH 32

/* Starts threads until one has the thread id of a thread that has ended; the others end. */
static HANDLE find_same_thread( struct visitor *visitor )
{
    HANDLE threads[BATCH], found = NULL;
    unsigned int i, round;
    DWORD id;

    for (round = 0; round < 4096 / BATCH && !found; round++)
    {
        for (i = 0; i < BATCH; i++)
        {
            threads[i] = CreateThread( NULL, 0, visitor_thread, visitor, 0, &id );
            if (id == visitor->thread_id) break;
        }
        if (i < BATCH) found = threads[i];
        SetEvent( visitor->start );
        while (i--) join( threads[i] );
        ResetEvent( visitor->start );
    }
    return found;
}

/* Gives a new thread the thread id of one that has ended, and the new one's id the handle value of the other's. */
static HANDLE make_double( struct visitor *visitor, const struct visitor *first )
{
    HANDLE thread, other, handles[256], process = GetCurrentProcess();
    unsigned int count;

    visitor->thread_id = first->thread_id;
    if (!(thread = find_same_thread( visitor ))) return NULL;
    SetEvent( visitor->start );
    if (thread == first->id.ThreadHandle)   /* which is wanted free; DUPLICATE_CLOSE_SOURCE would keep the value */
    {
        DuplicateHandle( process, thread, process, &other, 0, FALSE, DUPLICATE_SAME_ACCESS );
        CloseHandle( thread );
        thread = other;
    }
    count = fill_handles( first->id.ThreadHandle, handles, ARRAY_SIZE(handles) );
    SetEvent( visitor->open );
    ok( !WaitForSingleObject( visitor->opened, WAIT_TIME ), "The thread hangs.\n" );
    while (count--) CloseHandle( handles[count] );
    return thread;
}

static void init_visitor( struct visitor *visitor, BOOL by_call, struct test_layer *layer, SOCKET s )
{
    memset( visitor, 0, sizeof(*visitor) );
    visitor->start = CreateEventW( NULL, TRUE, FALSE, NULL );
    visitor->open = CreateEventW( NULL, TRUE, FALSE, NULL );
    visitor->opened = CreateEventW( NULL, TRUE, FALSE, NULL );
    visitor->finish = CreateEventW( NULL, TRUE, FALSE, NULL );
    visitor->by_call = by_call;
    visitor->layer = layer;
    visitor->socket = s;
}

/* An old id names nobody, not even the thread that was given both the thread id and the handle value of the first. */
static void check_ended( BOOL by_call )
{
    struct visitor first, second;
    struct test_layer layer;
    SOCKET client, server;
    HANDLE thread;

    upcalls = get_upcalls( &layer, 0 );
    tcp_pair( &client, &server );
    init_visitor( &second, by_call, &layer, server );
    init_visitor( &first, by_call, &layer, server );
    thread = CreateThread( NULL, 0, visitor_thread, &first, 0, &first.thread_id );
    SetEvent( first.start );
    SetEvent( first.open );
    ok( !WaitForSingleObject( first.opened, WAIT_TIME ), "The thread hangs.\n" );
    if (!by_call) close_thread_id( first.id );
    end_visitor( &first, thread );
    ok( queue_apc( first.id ) == WSAEFAULT, "The id of a thread that ended was accepted.\n" );

    thread = make_double( &second, &first );
    ok( thread && second.id.ThreadHandle == first.id.ThreadHandle,
        "No thread was given the same thread id and handle.\n" );
    if (!thread) return;
    ok( queue_apc( first.id ) == WSAEFAULT, "The id of a thread that ended names another thread.\n" );
    check_close_fails( first.id );
    ok( !queue_apc( second.id ), "The id of the second thread was not accepted.\n" );
    end_visitor( &second, thread );
    ok( apc_count == 1, "%ld APCs ran.\n", apc_count );
    WSACleanup();
}

static void test_ended_opened(void)
{
    check_ended( FALSE );
}

static void test_ended_passed(void)
{
    check_ended( TRUE );
}

/* --- the order of APCs --- */

#define QUEUE_THREADS 8
#define QUEUE_APCS    100

static struct
{
    WSATHREADID id;
    HANDLE ready, alert;
    DWORD_PTR contexts[QUEUE_THREADS * QUEUE_APCS];
    DWORD thread_id;
    LONG count, foreign;
} target;

static void CALLBACK note_apc( DWORD_PTR context )
{
    if (GetCurrentThreadId() != target.thread_id) target.foreign++;
    if (target.count < QUEUE_THREADS * QUEUE_APCS) target.contexts[target.count] = context;
    target.count++;
}

static DWORD WINAPI target_thread( void *arg )
{
    (void)arg;
    target.id = open_thread_id();
    SetEvent( target.ready );
    ok( !WaitForSingleObject( target.alert, WAIT_TIME ), "The thread hangs.\n" );
    Sleep( 20 );
    ok( WaitForSingleObjectEx( target.ready, 0, FALSE ) == WAIT_OBJECT_0, "The wait failed.\n" );
    ok( !target.count, "%ld APCs ran without an alertable wait.\n", target.count );
    while (SleepEx( 0, TRUE ) == WAIT_IO_COMPLETION) {}
    return 0;
}

static DWORD WINAPI queue_thread( void *arg )
{
    DWORD_PTR first = (DWORD_PTR)arg * QUEUE_APCS;
    int i, ret, error = 0;

    for (i = 0; i < QUEUE_APCS; i++)
    {
        WSATHREADID copy = target.id;

        ret = upcalls->lpWPUQueueApc( &copy, note_apc, first + i, &error );
        ok( !ret, "WPUQueueApc failed, error %d.\n", error );
        memset( &copy, 0xcc, sizeof(copy) );
    }
    return 0;
}

/* Every APC runs once, and those of one thread run in the order in which it queued them, although the id was closed
 * meanwhile. */
static void test_order(void)
{
    DWORD_PTR next[QUEUE_THREADS] = {0};
    HANDLE threads[QUEUE_THREADS], thread;
    struct test_layer layer;
    LONG i, disorder = 0;

    upcalls = get_upcalls( &layer, 0 );
    target.ready = CreateEventW( NULL, TRUE, FALSE, NULL );
    target.alert = CreateEventW( NULL, TRUE, FALSE, NULL );
    thread = CreateThread( NULL, 0, target_thread, NULL, 0, &target.thread_id );
    ok( !WaitForSingleObject( target.ready, WAIT_TIME ), "The thread hangs.\n" );
    for (i = 0; i < QUEUE_THREADS; i++)
        threads[i] = CreateThread( NULL, 0, queue_thread, (void *)(DWORD_PTR)i, 0, NULL );
    for (i = 0; i < QUEUE_THREADS; i++) join( threads[i] );
    close_thread_id( target.id );
    SetEvent( target.alert );
    join( thread );

    ok( target.count == QUEUE_THREADS * QUEUE_APCS, "%ld APCs ran.\n", target.count );
    ok( !target.foreign, "%ld APCs ran in another thread.\n", target.foreign );
    for (i = 0; i < target.count && i < QUEUE_THREADS * QUEUE_APCS; i++)
    {
        DWORD_PTR from = target.contexts[i] / QUEUE_APCS;

        if (from >= QUEUE_THREADS || target.contexts[i] % QUEUE_APCS != next[from]++) disorder++;
    }
    ok( !disorder, "%ld APCs ran out of order.\n", disorder );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "close", test_close },
    { "ended_opened", test_ended_opened },
    { "ended_passed", test_ended_passed },
    { "order", test_order },
};

START_TEST(thread_id)
{
    run_cases( "thread_id", cases, ARRAY_SIZE(cases) );
}
