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

/* --- the order in which another thread sees what happens --- */

struct watch
{
    OVERLAPPED overlapped;
    HANDLE go;
    LONG bad_size, bad_status;
};

#define WATCH_ROUNDS 2000

static DWORD WINAPI watch_thread( void *arg )
{
    struct watch *watch = arg;
    volatile ULONG_PTR *status = &watch->overlapped.Internal;
    int i;

    for (i = 0; i < WATCH_ROUNDS; i++)
    {
        if (WaitForSingleObject( watch->overlapped.hEvent, 10000 )) return 0;
        if (*status == WSS_OPERATION_IN_PROGRESS) watch->bad_status++;
        if (watch->overlapped.InternalHigh != 99) watch->bad_size++;
        watch->overlapped.InternalHigh = 0;
        *status = WSS_OPERATION_IN_PROGRESS;
        ResetEvent( watch->overlapped.hEvent );
        SetEvent( watch->go );
    }
    return i;
}

/* Who wakes on the event finds the status and the count (§4.8). */
static void test_complete_order(void)
{
    struct watch watch = {.bad_size = 0};
    struct test_layer layer;
    SOCKET s = make_handle( &layer );
    DWORD rounds = 0;
    HANDLE thread;
    int i, error;

    watch.overlapped = in_progress( CreateEventW( NULL, TRUE, FALSE, NULL ));
    watch.go = CreateEventW( NULL, FALSE, TRUE, NULL );
    thread = CreateThread( NULL, 0, watch_thread, &watch, 0, NULL );
    for (i = 0; i < WATCH_ROUNDS; i++)
    {
        if (WaitForSingleObject( watch.go, 10000 )) break;
        WPUCompleteOverlappedRequest( s, &watch.overlapped, 0, 99, &error );
    }
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &rounds );
    ok( rounds == WATCH_ROUNDS, "Got %lu rounds.\n", rounds );
    ok( !watch.bad_status, "The event came %ld times before the status.\n", watch.bad_status );
    ok( !watch.bad_size, "The event came %ld times before the count.\n", watch.bad_size );
    WSACleanup();
}

struct completion
{
    SOCKET s;
    OVERLAPPED *overlapped;
};

static DWORD WINAPI complete_thread( void *arg )
{
    struct completion *completion = arg;
    int error = 0;

    WPUCompleteOverlappedRequest( completion->s, completion->overlapped, 0, 42, &error );
    return error;
}

/* A layer completes from its own threads, and after the application's closesocket() (§15.4). */
static void test_complete_after_close(void)
{
    struct test_layer layer;
    OVERLAPPED overlapped = in_progress( NULL );
    struct completion completion = {0, &overlapped};
    HANDLE port, thread;
    DWORD ret = 1;
    int error;
    SOCKET s;

    make_handle( &layer );
    layer.control->keep_handle = TRUE;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 5, 0 );
    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );

    completion.s = s;
    thread = CreateThread( NULL, 0, complete_thread, &completion, 0, NULL );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &ret );
    ok( !ret, "WPUCompleteOverlappedRequest failed, error %lu.\n", ret );
    check_packet( port, 5, &overlapped, 42, 0 );
    check_fields( &overlapped, 42, STATUS_SUCCESS, NULL );

    ok( !layer.control->instances[0].upcalls.lpWPUCloseSocketHandle( s, &error ), "Got error %d.\n", error );
    error = 0;
    ok( WPUCompleteOverlappedRequest( s, &overlapped, 0, 1, &error ) == SOCKET_ERROR,
        "Succeeded for a closed handle.\n" );
    ok( error == WSAEINVAL, "Got error %d.\n", error );
    check_no_packet( port );
    CloseHandle( thread );
    CloseHandle( port );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "event", test_complete_event },
    { "port", test_complete_port },
    { "bad", test_complete_bad },
    { "order", test_complete_order },
    { "after_close", test_complete_after_close },
};

START_TEST(complete)
{
    run_cases( "complete", cases, ARRAY_SIZE(cases) );
}
