/*
 * Tests of how a provider completes overlapped calls
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

#include "util_complete.h"

/* --- WPUCompleteOverlappedRequest --- */

/* Without a port: the fields, and the event if there is one. */
static void test_complete_event(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), tagged = (HANDLE)((ULONG_PTR)event | 1);
    struct test_layer layer;
    OVERLAPPED overlapped;
    SOCKET s = make_handle( &layer );
    DWORD size;

    overlapped = in_progress( event );
    complete( s, &overlapped, 0, 100 );
    check_fields( &overlapped, 100, STATUS_SUCCESS, event );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );
    ok( GetOverlappedResult( (HANDLE)s, &overlapped, &size, TRUE ), "Got error %lu.\n", GetLastError() );
    ok( size == 100, "Got %lu bytes.\n", size );

    ResetEvent( event );
    overlapped = in_progress( tagged );
    complete( s, &overlapped, 0, 0 );
    check_fields( &overlapped, 0, STATUS_SUCCESS, tagged );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );

    overlapped = in_progress( NULL );
    complete( s, &overlapped, 0, 7 );
    check_fields( &overlapped, 7, STATUS_SUCCESS, NULL );
    CloseHandle( event );
    WSACleanup();
}

static void test_complete_port(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), tagged = (HANDLE)((ULONG_PTR)event | 1), port;
    static const DWORD sizes[] = {0, 1, 4095, 4096, 65536, 100000, 16 << 20};
    ULONG_PTR key = (ULONG_PTR)(((ULONGLONG)0x89abcdef << 32) | 0x12345678);
    struct test_layer layer;
    OVERLAPPED overlapped;
    SOCKET s = make_handle( &layer );
    unsigned int i;

    port = CreateIoCompletionPort( (HANDLE)s, NULL, key, 0 );
    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        overlapped = in_progress( NULL );
        complete( s, &overlapped, 0, sizes[i] );
        check_packet( port, key, &overlapped, sizes[i], 0 );
        check_fields( &overlapped, sizes[i], STATUS_SUCCESS, NULL );
    }

    overlapped = in_progress( event );
    complete( s, &overlapped, 0, 10 );
    check_packet( port, key, &overlapped, 10, 0 );
    check_fields( &overlapped, 10, STATUS_SUCCESS, event );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );

    ResetEvent( event );
    overlapped = in_progress( tagged );
    complete( s, &overlapped, 0, 11 );
    check_fields( &overlapped, 11, STATUS_SUCCESS, tagged );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );
    check_no_packet( port );
    CloseHandle( event );
    CloseHandle( port );
    WSACleanup();
}

/* The most that one completion reports. A 32-bit process has no room for so much. */
static void test_complete_big(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), port;
    OVERLAPPED overlapped = in_progress( event );
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    int i, ret, error = 0;
    static const DWORD too_big[] = {0x7ffff001, 0x80000000, 0xffffffff};

    port = CreateIoCompletionPort( (HANDLE)s, NULL, 2, 0 );
    for (i = 0; i < 6; i++)
    {
        error = 0;
        ret = WPUCompleteOverlappedRequest( s, &overlapped, i % 2 ? WSAECONNRESET : 0, too_big[i / 2], &error );
        ok( ret == SOCKET_ERROR && error == WSAEINVAL, "%#lx bytes: got %d, error %d.\n", too_big[i / 2], ret, error );
        check_fields( &overlapped, 0xdead, WSS_OPERATION_IN_PROGRESS, event );
    }
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    check_no_packet( port );

    if (sizeof(void *) == 8)
    {
        complete( s, &overlapped, 0, 0x7ffff000 );
        check_packet( port, 2, &overlapped, 0x7ffff000, 0 );
        check_fields( &overlapped, 0x7ffff000, STATUS_SUCCESS, event );
        ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    }
    CloseHandle( event );
    CloseHandle( port );
    WSACleanup();
}

static void test_complete_bad(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    struct test_layer layer;
    OVERLAPPED overlapped;
    SOCKET s = make_handle( &layer ), bad[6];
    unsigned int i;
    int error;

    bad[0] = WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
    bad[1] = (SOCKET)event;
    bad[2] = INVALID_SOCKET;
    bad[3] = 0;
    bad[4] = 0xdeadbeef;
    bad[5] = s;
    error = layer.control->instances[0].upcalls.lpWPUCloseSocketHandle( s, &error );
    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        overlapped = in_progress( event );
        error = 0;
        ok( WPUCompleteOverlappedRequest( bad[i], &overlapped, 0, 1, &error ) == SOCKET_ERROR,
            "Succeeded for handle %#Ix.\n", bad[i] );
        ok( error == WSAEINVAL, "Handle %#Ix: got error %d.\n", bad[i], error );
        check_fields( &overlapped, 0xdead, WSS_OPERATION_IN_PROGRESS, event );
    }
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    s = layer.control->instances[0].upcalls.lpWPUCreateSocketHandle( layer.tcp_id, 1, &error );
    error = 0;
    ok( WPUCompleteOverlappedRequest( s, NULL, 0, 1, &error ) == SOCKET_ERROR, "Succeeded without a structure.\n" );
    ok( error == WSAEINVAL || error == WSAEFAULT, "Got error %d.\n", error );
    ok( WPUCompleteOverlappedRequest( s, NULL, 0, 1, NULL ) == SOCKET_ERROR, "Succeeded without a structure.\n" );
    CloseHandle( event );
    WSACleanup();
}

struct completion
{
    SOCKET s;
    OVERLAPPED *overlapped;
    DWORD error, size;
};

static DWORD WINAPI complete_thread( void *arg )
{
    struct completion *completion = arg;
    int error = 0;

    WPUCompleteOverlappedRequest( completion->s, completion->overlapped, completion->error, completion->size, &error );
    return error;
}

static void complete_in_thread( struct completion *completion )
{
    HANDLE thread = CreateThread( NULL, 0, complete_thread, completion, 0, NULL );
    DWORD ret = 1;

    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &ret );
    ok( !ret, "WPUCompleteOverlappedRequest failed, error %lu.\n", ret );
    CloseHandle( thread );
}

/* Each way to be notified, with a success and a failure, from this thread and from another one. */
static void check_notifications( SOCKET s, HANDLE port )
{
    enum { NONE, PLAIN, TAGGED, NULL_TAGGED, EVENT_COUNT } kind;
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), events[EVENT_COUNT];
    struct completion completion = {s, NULL, 0, 0};
    OVERLAPPED overlapped;
    int i;

    events[NONE] = NULL;
    events[PLAIN] = event;
    events[TAGGED] = (HANDLE)((ULONG_PTR)event | 1);
    events[NULL_TAGGED] = (HANDLE)1;
    for (i = 0; i < EVENT_COUNT * 4; i++)
    {
        kind = i / 4;
        winetest_push_context( "event %d, failure %d, thread %d", kind, i & 1, i & 2 );
        ResetEvent( event );
        overlapped = in_progress( events[kind] );
        completion.overlapped = &overlapped;
        completion.error = i & 1 ? WSAECONNRESET : 0;
        completion.size = i & 1 ? 0 : i / 2;
        if (i & 2) complete_in_thread( &completion );
        else complete( s, &overlapped, completion.error, completion.size );

        check_fields( &overlapped, completion.size, i & 1 ? STATUS_CONNECTION_RESET : STATUS_SUCCESS, events[kind] );
        ok( (WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0) == (kind == PLAIN || kind == TAGGED),
            "The state of the event is wrong.\n" );
        if (port && kind < TAGGED)
            check_packet( port, 5, &overlapped, completion.size, i & 1 ? ERROR_NETNAME_DELETED : 0 );
        else if (port) check_no_packet( port );
        winetest_pop_context();
    }
    CloseHandle( event );
}

static void test_complete_notifications(void)
{
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    HANDLE port;

    check_notifications( s, NULL );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 5, 0 );
    check_notifications( s, port );
    CloseHandle( port );
    check_notifications( s, NULL );     /* nobody takes the packets */
    WSACleanup();
}

/* Between the application's closesocket() and WPUCloseSocketHandle (§15.4) all is as before, and after it nothing. */
static void test_complete_after_close(void)
{
    OVERLAPPED overlapped = in_progress( NULL );
    struct test_layer layer;
    HANDLE port;
    int error;
    SOCKET s;

    make_handle( &layer );
    layer.control->keep_handle = TRUE;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 5, 0 );
    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    check_notifications( s, port );

    ok( !layer.control->instances[0].upcalls.lpWPUCloseSocketHandle( s, &error ), "Got error %d.\n", error );
    error = 0;
    ok( WPUCompleteOverlappedRequest( s, &overlapped, 0, 1, &error ) == SOCKET_ERROR,
        "Succeeded for a closed handle.\n" );
    ok( error == WSAEINVAL, "Got error %d.\n", error );
    check_fields( &overlapped, 0xdead, WSS_OPERATION_IN_PROGRESS, NULL );
    check_no_packet( port );
    CloseHandle( port );
    WSACleanup();
}

/* For tests/server-calls.sh. */
#define MARK_ROUNDS 10

static void complete_marked( const char *name, SOCKET s, HANDLE event, DWORD error, DWORD size )
{
    OVERLAPPED overlapped = in_progress( event );
    int i, code;

    mark( name );
    for (i = 0; i < MARK_ROUNDS; i++)
        ok( !WPUCompleteOverlappedRequest( s, &overlapped, error, size, &code ) == (size <= 0x7ffff000),
            "%s: got error %d.\n", name, code );
    mark( "end" );
}

static void test_complete_marked(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), tagged = (HANDLE)((ULONG_PTR)event | 1), port;
    struct test_layer layer;
    SOCKET s = make_handle( &layer );

    complete_marked( "first", s, event, 0, 1 );     /* asks for the file descriptor */
    complete_marked( "success", s, NULL, 0, 1 );
    complete_marked( "failure", s, NULL, WSAECONNRESET, 0 );
    complete_marked( "unsupported", s, NULL, WSAEOPNOTSUPP, 0 );
    complete_marked( "event", s, event, 0, 1 );
    complete_marked( "event_failure", s, event, WSAECONNRESET, 0 );
    complete_marked( "event_only", s, tagged, 0, 1 );
    complete_marked( "refusal", s, event, 0, 0x7ffff001 );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 1, 0 );
    complete_marked( "port", s, NULL, 0, 1 );
    complete_marked( "port_and_event", s, event, 0, 1 );
    CloseHandle( port );
    CloseHandle( event );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "event", test_complete_event },
    { "port", test_complete_port },
    { "notifications", test_complete_notifications },
    { "big", test_complete_big },
    { "bad", test_complete_bad },
    { "after_close", test_complete_after_close },
    { "marked", test_complete_marked },
};

START_TEST(complete)
{
    run_cases( "complete", cases, ARRAY_SIZE(cases) );
}
