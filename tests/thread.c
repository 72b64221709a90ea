/*
 * Tests of the upcalls that have to do with threads: APCs and blocking hooks
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

static const WSPUPCALLTABLE *get_upcalls( struct test_layer *layer, WORD version )
{
    WSADATA data;
    int ret;

    install_layer( layer, NULL, 0 );
    load_layer( layer );
    ret = WSAStartup( version, &data );
    ok( !ret, "WSAStartup returned %d.\n", ret );
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( layer->control->instance_count == 1, "The provider was not started.\n" );
    if (!layer->control->instance_count) ExitProcess( 1 );
    clear_counts( layer );
    return &layer->control->instances[0].upcalls;
}

/* A thread that APCs are queued to: it waits, first not alertably, then alertably. */
struct target
{
    const WSPUPCALLTABLE *upcalls;
    HANDLE thread, ready, alert, finish;
    WSATHREADID id;
    LONG count;         /* of APCs that ran */
    DWORD_PTR contexts[16];
    DWORD thread_ids[16];
};

static struct target *current_target;

static void CALLBACK apc_function( DWORD_PTR context )
{
    LONG index = InterlockedIncrement( &current_target->count ) - 1;

    if (index >= 16) return;
    current_target->contexts[index] = context;
    current_target->thread_ids[index] = GetCurrentThreadId();
}

static DWORD WINAPI target_thread( void *arg )
{
    struct target *target = arg;
    WSATHREADID id;
    int error = 0;

    ok( !target->upcalls->lpWPUOpenCurrentThread( &id, &error ), "WPUOpenCurrentThread failed, error %d.\n", error );
    target->id = id;
    memset( &id, 0xcc, sizeof(id) );    /* the value is what counts, not the place */
    SetEvent( target->ready );
    WaitForSingleObject( target->alert, 20000 );
    while (WaitForSingleObjectEx( target->finish, 20000, TRUE ) == WAIT_IO_COMPLETION) {}
    return 0;
}

static DWORD start_target( struct target *target, const WSPUPCALLTABLE *upcalls )
{
    DWORD id;

    memset( target, 0, sizeof(*target) );
    target->upcalls = upcalls;
    target->ready = CreateEventW( NULL, TRUE, FALSE, NULL );
    target->alert = CreateEventW( NULL, TRUE, FALSE, NULL );
    target->finish = CreateEventW( NULL, TRUE, FALSE, NULL );
    target->thread = CreateThread( NULL, 0, target_thread, target, 0, &id );
    current_target = target;
    ok( !WaitForSingleObject( target->ready, 10000 ), "The thread does not start.\n" );
    return id;
}

static void finish_target( struct target *target )
{
    SetEvent( target->finish );
    ok( !WaitForSingleObject( target->thread, 10000 ), "The thread does not end.\n" );
}

/* Also closes the thread's id right after queueing, from another thread than the one that opened it (§4.10). */
static void test_queue_apc(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, MAKEWORD( 2, 2 ) );
    DWORD_PTR first = (DWORD_PTR)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210);
    struct target target;
    WSATHREADID copy;
    int i, error = 0;
    DWORD thread_id;

    thread_id = start_target( &target, upcalls );
    for (i = 0; i < 5; i++)
    {
        copy = target.id;
        ok( !upcalls->lpWPUQueueApc( &copy, apc_function, first + i, &error ),
            "WPUQueueApc failed, error %d.\n", error );
        memset( &copy, 0xcc, sizeof(copy) );
    }
    copy = target.id;
    ok( !upcalls->lpWPUCloseThread( &copy, &error ), "WPUCloseThread failed, error %d.\n", error );
    SleepEx( 50, TRUE );
    ok( !target.count, "%ld APCs ran without an alertable wait of the thread.\n", target.count );
    SetEvent( target.alert );
    for (i = 0; i < 500 && target.count < 5; i++) Sleep( 10 );
    ok( target.count == 5, "%ld APCs ran.\n", target.count );
    for (i = 0; i < 5; i++)
    {
        ok( target.contexts[i] == first + i, "Got context %#Ix, expected %#Ix.\n", target.contexts[i], first + i );
        ok( target.thread_ids[i] == thread_id, "APC %d ran in another thread.\n", i );
    }
    finish_target( &target );
    WSACleanup();
}

static void test_bad_apc(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, MAKEWORD( 2, 2 ) );
    WSATHREADID zero = {0}, garbage;
    struct target target;
    int error;

    memset( &garbage, 0xcc, sizeof(garbage) );
    start_target( &target, upcalls );
#define CHECK_FAULT( id, function ) \
    do \
    { \
        error = 0; \
        ok( upcalls->lpWPUQueueApc( id, function, 1, &error ) == SOCKET_ERROR, "WPUQueueApc succeeded.\n" ); \
        ok( error == WSAEFAULT, "Got error %d.\n", error ); \
    } while (0)
    CHECK_FAULT( NULL, apc_function );
    CHECK_FAULT( &zero, apc_function );
    CHECK_FAULT( &garbage, apc_function );
    CHECK_FAULT( &target.id, NULL );
    SetEvent( target.alert );
    finish_target( &target );
    CHECK_FAULT( &target.id, apc_function );
#undef CHECK_FAULT
    ok( !target.count, "%ld APCs ran.\n", target.count );

    ok( !upcalls->lpWPUCloseThread( &target.id, &error ), "WPUCloseThread failed, error %d.\n", error );
    error = 0;
    ok( upcalls->lpWPUOpenCurrentThread( NULL, &error ) == SOCKET_ERROR, "WPUOpenCurrentThread succeeded.\n" );
    ok( error == WSAEFAULT, "Got error %d.\n", error );
    error = 0;
    ok( upcalls->lpWPUCloseThread( NULL, &error ) == SOCKET_ERROR, "WPUCloseThread succeeded.\n" );
    ok( error == WSAEFAULT, "Got error %d.\n", error );
    upcalls->lpWPUCloseThread( &garbage, &error );
    upcalls->lpWPUCloseThread( &zero, &error );
    WSACleanup();
}

struct queue
{
    const WSPUPCALLTABLE *upcalls;
    WSATHREADID id;
    int error;
};

static DWORD WINAPI queue_thread( void *arg )
{
    struct queue *queue = arg;

    queue->upcalls->lpWPUQueueApc( &queue->id, apc_function, 0x4711, &queue->error );
    return 0;
}

static void CALLBACK no_completion( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)error; (void)size; (void)overlapped; (void)flags;
}

/* The id that an overlapped call brings along can be used after the call, and by other threads (§2.7). */
static void test_passed_id(void)
{
    struct test_layer layer;
    struct queue queue = {get_upcalls( &layer, MAKEWORD( 2, 2 ) ), {0}, 0};
    OVERLAPPED overlapped = {0};
    struct target target = {0};
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    SOCKET client, server;
    DWORD flags = 0;
    HANDLE thread;

    current_target = &target;
    tcp_pair( &client, &server );
    layer.control->fail_function = TESTLSP_RECV;
    layer.control->fail_error = WSAEACCES;
    layer.control->fail_count = 1;
    ok( WSARecv( server, &buf, 1, NULL, &flags, &overlapped, no_completion ) == SOCKET_ERROR &&
        WSAGetLastError() == WSAEACCES, "Got error %d.\n", WSAGetLastError() );
    queue.id = layer.control->last_thread;
    ok( queue.id.ThreadHandle != NULL, "Got no thread.\n" );
    thread = CreateThread( NULL, 0, queue_thread, &queue, 0, NULL );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    CloseHandle( thread );
    ok( !queue.error, "WPUQueueApc failed, error %d.\n", queue.error );
    ok( !target.count, "The APC ran.\n" );
    ok( SleepEx( 1000, TRUE ) == WAIT_IO_COMPLETION, "No APC was run.\n" );
    ok( target.count == 1 && target.contexts[0] == 0x4711, "%ld APCs ran, the first with %#Ix.\n", target.count,
        target.contexts[0] );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

/* --- blocking hooks --- */

static unsigned int hook_calls, hook_busy;
static BOOL hook_cancels;
static BOOL hook_saw_blocking;
static int cancel_result;

static INT_PTR CALLBACK hook(void)
{
    hook_calls++;
    hook_saw_blocking = WSAIsBlocking();
    if (hook_cancels) cancel_result = WSACancelBlockingCall();
    return hook_calls < hook_busy;
}

static void test_query_callback(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, MAKEWORD( 2, 2 ) );
    LPBLOCKINGCALLBACK callback = (LPBLOCKINGCALLBACK)0xdead;
    DWORD_PTR context;
    int error = 0;

    ok( !upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, &callback, &context, &error ), "Got error %d.\n", error );
    ok( !callback, "Got callback %p without a hook.\n", callback );
    ok( upcalls->lpWPUQueryBlockingCallback( 0xdeadbeef, &callback, &context, &error ) == SOCKET_ERROR,
        "Succeeded for an unknown entry.\n" );
    ok( error == WSAEINVAL, "Got error %d.\n", error );
    ok( upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, NULL, &context, &error ) == SOCKET_ERROR,
        "Succeeded without a place for the callback.\n" );
    ok( error == WSAEFAULT, "Got error %d.\n", error );
    error = 0;
    ok( upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, &callback, NULL, &error ) == SOCKET_ERROR,
        "Succeeded without a place for the context.\n" );
    ok( error == WSAEFAULT, "Got error %d.\n", error );
    WSACleanup();
}

static DWORD WINAPI query_in_thread( void *arg )
{
    struct test_layer *layer = arg;
    LPBLOCKINGCALLBACK callback = (LPBLOCKINGCALLBACK)0xdead;
    DWORD_PTR context;
    int error;

    layer->control->instances[0].upcalls.lpWPUQueryBlockingCallback( layer->tcp_id, &callback, &context, &error );
    return callback != NULL;
}

/* The adapter calls the hook until it finds no more work, and says FALSE only after a cancellation (§7). */
static void test_hook(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, MAKEWORD( 1, 1 ) );
    LPBLOCKINGCALLBACK callback = NULL;
    DWORD_PTR context;
    DWORD ret = 1;
    HANDLE thread;
    int error = 0;

    ok( WSASetBlockingHook( hook ) != NULL, "WSASetBlockingHook failed, error %d.\n", WSAGetLastError() );
    ok( !upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, &callback, &context, &error ), "Got error %d.\n", error );
    ok( callback && (void *)callback != (void *)hook, "Got callback %p.\n", callback );
    if (!callback) return;

    thread = CreateThread( NULL, 0, query_in_thread, &layer, 0, NULL );
    WaitForSingleObject( thread, 10000 );
    GetExitCodeThread( thread, &ret );
    ok( !ret, "Another thread got the hook.\n" );
    CloseHandle( thread );

    ok( !WSAIsBlocking(), "WSAIsBlocking returned TRUE.\n" );
    hook_busy = 3;
    ok( callback( context ), "The callback returned FALSE.\n" );
    ok( hook_calls == 3, "The hook was called %u times.\n", hook_calls );
    ok( hook_saw_blocking, "WSAIsBlocking returned FALSE in the hook.\n" );
    ok( callback( context ), "The callback returned FALSE.\n" );
    ok( hook_calls == 4, "The hook was called %u times.\n", hook_calls );

    hook_cancels = TRUE;
    ok( !callback( context ), "The callback returned TRUE.\n" );
    ok( !cancel_result, "WSACancelBlockingCall failed.\n" );
    ok( take_count( &layer, TESTLSP_CANCEL_BLOCKING_CALL ) == 1, "WSPCancelBlockingCall was not called.\n" );
    ok( !WSAUnhookBlockingHook(), "WSAUnhookBlockingHook failed, error %d.\n", WSAGetLastError() );
    ok( !upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, &callback, &context, &error ), "Got error %d.\n", error );
    ok( !callback, "Got callback %p without a hook.\n", callback );
    ok( WSACancelBlockingCall() == SOCKET_ERROR && WSAGetLastError() == WSAEINVAL, "Got error %d.\n",
        WSAGetLastError() );
    WSACleanup();
}

/* A program of Winsock 1.1 waits for data, and its hook gives up. */
static void test_blocking_recv(void)
{
    int timeout = 1000;
    struct test_layer layer;
    SOCKET client, server;
    char byte;

    get_upcalls( &layer, MAKEWORD( 1, 1 ) );
    tcp_pair( &client, &server );
    ok( !setsockopt( server, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout) ),
        "setsockopt failed, error %d.\n", WSAGetLastError() );
    ok( WSASetBlockingHook( hook ) != NULL, "WSASetBlockingHook failed, error %d.\n", WSAGetLastError() );
    hook_cancels = TRUE;
    ok( recv( server, &byte, 1, 0 ) == SOCKET_ERROR, "recv succeeded.\n" );
    ok( WSAGetLastError() == WSAEINTR, "Got error %d.\n", WSAGetLastError() );
    ok( hook_calls > 0, "The hook was not called.\n" );

    hook_cancels = FALSE;
    ok( send( client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( recv( server, &byte, 1, 0 ) == 1, "recv failed, error %d.\n", WSAGetLastError() );
    WSAUnhookBlockingHook();
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "queue_apc", test_queue_apc },
    { "bad_apc", test_bad_apc },
    { "passed_id", test_passed_id },
    { "query_callback", test_query_callback },
    { "hook", test_hook },
    { "blocking_recv", test_blocking_recv },
};

START_TEST(thread)
{
    run_cases( "thread", cases, ARRAY_SIZE(cases) );
}
