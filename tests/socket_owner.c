/*
 * Who owns a socket whose handle is closed, taken over or used again
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

static void install_and_start( struct test_layer *layer, unsigned int flags )
{
    install_layer( layer, NULL, flags );
    load_layer( layer );
    start_winsock();
}

/* Starts the layer, and the base for ws2_32 itself. The upcalls are those of the layer's first instance. */
static const WSPUPCALLTABLE *start_layer( struct test_layer *layer, unsigned int flags )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );

    install_and_start( layer, flags );
    closesocket( WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, 0 ) );
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ) );
    ok( layer->control->instance_count == 1, "The provider was not started.\n" );
    return &layer->control->instances[0].upcalls;
}

static LONG read_long( LONG *value )
{
    return InterlockedCompareExchange( value, 0, 0 );
}

static BOOL is_socket( SOCKET s )
{
    int type, len = sizeof(type);

    return !getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len );
}

/* --- closing --- */

static DWORD WINAPI close_thread( void *arg )
{
    return closesocket( *(SOCKET *)arg );
}

/* Opens sockets until one has a value, which becomes free at some time. The others are closed. */
static BOOL take_value( SOCKET wanted )
{
    SOCKET s[8];
    unsigned int i, j, count;
    BOOL ret = FALSE;

    for (i = 0; i < 100 && !ret; i++)
    {
        for (count = 0; count < ARRAY_SIZE(s) && !ret; count++)
            ret = (s[count] = socket( AF_INET, SOCK_STREAM, 0 )) == wanted;
        for (j = 0; j < count; j++) if (s[j] != wanted) closesocket( s[j] );
        if (!ret) Sleep( 10 );
    }
    return ret;
}

/* A thread is on its way back from WSPCloseSocket while another closes the next socket of the same provider with the
 * same value; and that close fails, so that the socket has to be the layer's as before (§5.2). */
static void test_two_closes(void)
{
    struct test_layer layer;
    HANDLE thread;
    SOCKET s;
    int ret;

    install_and_start( &layer, LAYER_IFS );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    layer.control->close_delay = 1000;
    thread = CreateThread( NULL, 0, close_thread, &s, 0, NULL );
    while (!layer.control->counts[TESTLSP_CLOSE_SOCKET]) Sleep( 1 );
    Sleep( 200 );
    layer.control->close_delay = 0;
    ok( take_value( s ), "The value was not used again.\n" );
    ok( WaitForSingleObject( thread, 0 ) == WAIT_TIMEOUT, "The first close returned too early.\n" );

    layer.control->close_delay = 2000;
    layer.control->close_error = WSAEWOULDBLOCK;
    ret = closesocket( s );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ok( !WaitForSingleObject( thread, 0 ), "The first close has not returned before the second.\n" );
    layer.control->close_delay = layer.control->close_error = 0;

    clear_counts( &layer );
    ok( is_socket( s ), "getsockopt failed, error %d.\n", WSAGetLastError() );
    expect_call( &layer, TESTLSP_GET_SOCK_OPT );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    expect_call( &layer, TESTLSP_CLOSE_SOCKET );
    CloseHandle( thread );
    WSACleanup();
}

static DWORD WINAPI close_handle_thread( void *arg )
{
    const struct test_layer *layer = arg;
    int error = 0;

    layer->control->instances[0].upcalls.lpWPUCloseSocketHandle( layer->control->events[0].socket, &error );
    return error;
}

/* A layer may keep a handle for seconds after closesocket(): until it closes it the value, the context and the port
 * are the handle's, whatever the application opens and closes (§15.4). */
static void test_half_closed(void)
{
    ULONGLONG end = GetTickCount64() + 2500;
    OVERLAPPED overlapped = {0}, *got = NULL;
    const WSPUPCALLTABLE *upcalls;
    DWORD_PTR context, found;
    struct test_layer layer;
    unsigned int i, same = 0;
    DWORD ret = 1, size = 0, flags;
    HANDLE port, thread;
    ULONG_PTR key = 0;
    SOCKET s, other;
    int error;

    upcalls = start_layer( &layer, 0 );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    port = CreateIoCompletionPort( (HANDLE)s, NULL, 7, 0 );
    ok( !upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ), "Got error %d.\n", error );
    layer.control->keep_handle = TRUE;
    clear_counts( &layer );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( layer.control->events[0].socket == s, "The layer closed socket %#Ix.\n", layer.control->events[0].socket );
    layer.control->keep_handle = FALSE;

    for (i = 0; i < 200 || GetTickCount64() < end; i++)
    {
        other = socket( AF_INET, i % 2 ? SOCK_STREAM : SOCK_DGRAM, 0 );
        if (other == s) same++;
        closesocket( other );
    }
    ok( !same, "The value was given to %u other sockets.\n", same );
    ok( !upcalls->lpWPUQuerySocketHandleContext( s, &found, &error ), "Got error %d.\n", error );
    ok( found == context, "Got context %#Ix, expected %#Ix.\n", found, context );
    ok( !is_socket( s ) && WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    ok( closesocket( s ) == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    ok( !WPUCompleteOverlappedRequest( s, &overlapped, 0, 5, &error ), "Got error %d.\n", error );
    ok( GetQueuedCompletionStatus( port, &size, &key, &got, 5000 ), "Got error %lu.\n", GetLastError() );
    ok( got == &overlapped && key == 7 && size == 5, "Got %p, key %Iu, %lu bytes.\n", got, key, size );

    layer.control->events[0].socket = s;
    thread = CreateThread( NULL, 0, close_handle_thread, &layer, 0, NULL );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &ret );
    ok( !ret, "WPUCloseSocketHandle failed, error %lu.\n", ret );
    ok( upcalls->lpWPUQuerySocketHandleContext( s, &found, &error ), "A closed handle has context %#Ix.\n", found );
    ok( !GetHandleInformation( (HANDLE)s, &flags ), "The handle is still open.\n" );
    CloseHandle( thread );
    CloseHandle( port );
    WSACleanup();
}

/* --- taking over --- */

/* A non-IFS handle that is open is no kernel handle of a socket, and cannot become one. */
static void test_own_handle(void)
{
    const WSPUPCALLTABLE *upcalls;
    struct test_layer layer;
    DWORD base_id, flags;
    DWORD_PTR context;
    int error = 0;
    SOCKET s;

    upcalls = start_layer( &layer, 0 );
    base_id = get_base_entry( AF_INET, SOCK_STREAM ).dwCatalogEntryId;
    s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 0x1234, &error );
    ok( s != INVALID_SOCKET, "Got error %d.\n", error );
    SetLastError( 0xdead );
    ok( upcalls->lpWPUModifyIFSHandle( base_id, s, &error ) == INVALID_SOCKET && error == WSAEINVAL,
        "Got error %d.\n", error );
    ok( GetLastError() == 0xdead, "The last error is %lu.\n", GetLastError() );
    ok( !upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ) && context == 0x1234, "Got context %#Ix.\n",
        context );
    ok( !upcalls->lpWPUCloseSocketHandle( s, &error ), "Got error %d.\n", error );
    ok( !GetHandleInformation( (HANDLE)s, &flags ), "The handle is still open.\n" );
    WSACleanup();
}

#define OWNER_MAKERS 2
#define OWNER_ROUNDS 500
#define RECENT       16

struct owner_stress
{
    const WSPUPCALLTABLE *upcalls;
    DWORD ids[2];
    LONG makers;            /* that are still running */
    SOCKET recent[RECENT];
    LONG failed, wrong_error;
    LONG moves, calls;
};

/* A socket of our own answers until we close it, whoever owns it at the time. */
static DWORD WINAPI make_sockets( void *arg )
{
    struct owner_stress *stress = arg;
    unsigned int i;
    SOCKET s;

    for (i = 0; i < OWNER_ROUNDS; i++)
    {
        if ((s = socket( AF_INET, SOCK_STREAM, 0 )) == INVALID_SOCKET)
        {
            InterlockedIncrement( &stress->failed );
            continue;
        }
        stress->recent[i % RECENT] = s;
        if (!is_socket( s )) InterlockedIncrement( &stress->failed );
        if (i % 4 == 0) SwitchToThread();
        if (closesocket( s )) InterlockedIncrement( &stress->failed );
    }
    InterlockedDecrement( &stress->makers );
    return 0;
}

/* Two providers in turn, for whatever the values are just then. */
static DWORD WINAPI move_sockets( void *arg )
{
    struct owner_stress *stress = arg;
    unsigned int i;
    int error;
    SOCKET s;

    for (i = 0; read_long( &stress->makers ); i++)
    {
        if (i % 64 == 0) SwitchToThread();
        if (!(s = stress->recent[i / 2 % RECENT])) continue;
        if (stress->upcalls->lpWPUModifyIFSHandle( stress->ids[i % 2], s, &error ) == s)
            InterlockedIncrement( &stress->moves );
        else
            InterlockedIncrement( &stress->failed );
    }
    return 0;
}

/* Of a handle that is just being made into a socket Wine says WSAEINVAL. */
static DWORD WINAPI call_sockets( void *arg )
{
    struct owner_stress *stress = arg;
    unsigned int i;
    int error;

    for (i = 0; read_long( &stress->makers ); i++)
    {
        error = is_socket( stress->recent[i % RECENT] ) ? 0 : WSAGetLastError();
        if (!error) InterlockedIncrement( &stress->calls );
        else if (error != WSAENOTSOCK && error != WSAEINVAL) InterlockedExchange( &stress->wrong_error, error );
    }
    return 0;
}

/* What the threads left behind must not reach a new socket: each is its provider's. */
static void check_owners( struct test_layer *layer, BOOL of_layer )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    SOCKET s[64];
    LONG expected = of_layer ? ARRAY_SIZE(s) : 0;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(s); i++)
        s[i] = of_layer ? socket( AF_INET, SOCK_STREAM, 0 ) : WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, 0 );
    clear_counts( layer );
    for (i = 0; i < ARRAY_SIZE(s); i++)
        ok( is_socket( s[i] ), "%u: getsockopt failed, error %d.\n", i, WSAGetLastError() );
    for (i = 0; i < ARRAY_SIZE(s); i++) closesocket( s[i] );
    ok( layer->control->counts[TESTLSP_GET_SOCK_OPT] == expected, "The layer got %ld calls.\n",
        layer->control->counts[TESTLSP_GET_SOCK_OPT] );
}

static void test_threads(void)
{
    static const LPTHREAD_START_ROUTINE funcs[] =
        {make_sockets, make_sockets, move_sockets, move_sockets, call_sockets, call_sockets};
    struct owner_stress stress = {.makers = OWNER_MAKERS};
    HANDLE threads[ARRAY_SIZE(funcs)];
    struct test_layer layer;
    unsigned int i;
    DWORD ret;

    stress.upcalls = start_layer( &layer, LAYER_IFS );
    stress.ids[0] = layer.tcp_id;
    stress.ids[1] = get_base_entry( AF_INET, SOCK_STREAM ).dwCatalogEntryId;
    for (i = 0; i < ARRAY_SIZE(funcs); i++) threads[i] = CreateThread( NULL, 0, funcs[i], &stress, 0, NULL );
    ret = WaitForMultipleObjects( ARRAY_SIZE(funcs), threads, TRUE, 25000 );
    ok( !ret, "The threads did not end: %#lx.\n", ret );
    for (i = 0; i < ARRAY_SIZE(funcs); i++) CloseHandle( threads[i] );

    trace( "%ld changes of owner, %ld calls for sockets of others\n", stress.moves, stress.calls );
    ok( !stress.failed, "%ld calls failed.\n", stress.failed );
    ok( !stress.wrong_error, "A call had error %ld.\n", stress.wrong_error );
    ok( stress.moves && stress.calls, "The threads did not meet.\n" );
    check_owners( &layer, FALSE );
    check_owners( &layer, TRUE );
    WSACleanup();
}

/* The base is started by the layer only, until the application gets hold of one of its sockets. */
static void test_base_handle(void)
{
    SOCKET client, server, base = INVALID_SOCKET;
    struct timeval timeout = {5, 0};
    struct test_layer layer;
    fd_set set;
    DWORD size;
    int ret;

    install_and_start( &layer, 0 );
    tcp_pair( &client, &server );
    ok( !WSAIoctl( client, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &size, NULL, NULL ), "Got error %d.\n",
        WSAGetLastError() );
    ok( base != client, "Got the same socket.\n" );
    clear_counts( &layer );
    set.fd_count = 1;
    set.fd_array[0] = base;
    ret = select( 0, NULL, &set, NULL, &timeout );
    ok( ret == 1, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( is_socket( base ), "getsockopt failed, error %d.\n", WSAGetLastError() );
    ok( send( base, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( !sum_counts( &layer ), "The layer was called for a socket of the base.\n" );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

/* --- handles that the application closes by CloseHandle() --- */

#define LOST_ROUNDS 1000

struct lost_stress
{
    SOCKET current;
    LONG done, completed;
};

static DWORD WINAPI complete_current( void *arg )
{
    struct lost_stress *stress = arg;
    OVERLAPPED overlapped = {0};
    int error;

    while (!read_long( &stress->done ))
        if (!WPUCompleteOverlappedRequest( stress->current, &overlapped, WSAECONNRESET, 0, &error ))
            InterlockedIncrement( &stress->completed );
    return 0;
}

/* The layer closes the handle of such a socket when it hears of it, or in WSPCleanup. By then the value is a file's. */
static void test_lost_value(void)
{
    const WSPUPCALLTABLE *upcalls;
    struct test_layer layer;
    HANDLE events[8];
    BOOL reused = FALSE;
    unsigned int i;
    DWORD flags;
    int error;
    SOCKET s;

    upcalls = start_layer( &layer, 0 );
    s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error );
    CloseHandle( (HANDLE)s );
    for (i = 0; i < ARRAY_SIZE(events); i++)
        if ((events[i] = CreateEventW( NULL, TRUE, FALSE, NULL )) == (HANDLE)s) reused = TRUE;
    ok( reused, "The value was not used again.\n" );
    ok( !upcalls->lpWPUCloseSocketHandle( s, &error ), "Got error %d.\n", error );
    for (i = 0; i < ARRAY_SIZE(events); i++)
    {
        ok( GetHandleInformation( events[i], &flags ), "Event %u was closed.\n", i );
        CloseHandle( events[i] );
    }
    WSACleanup();
}

/* A completion for a lost handle that is in progress when the value is used again ends without harm for the new
 * handle. A non-IFS handle takes two values; the event leaves a lower one free, so that the second is the lost
 * handle's. */
static void test_lost_threads(void)
{
    const WSPUPCALLTABLE *upcalls;
    struct lost_stress stress = {0};
    struct test_layer layer;
    unsigned int i, failed = 0, reused = 0;
    HANDLE thread, event;
    DWORD flags;
    int error;
    SOCKET s, lost;

    upcalls = start_layer( &layer, 0 );
    thread = CreateThread( NULL, 0, complete_current, &stress, 0, NULL );
    for (i = 0; i < LOST_ROUNDS; i++)
    {
        event = CreateEventW( NULL, TRUE, FALSE, NULL );
        lost = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i, &error );
        InterlockedExchangePointer( (void **)&stress.current, (void *)lost );
        SwitchToThread();
        CloseHandle( (HANDLE)lost );
        CloseHandle( event );
        s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i, &error );
        if (s == lost) reused++;
        SwitchToThread();
        if (!GetHandleInformation( (HANDLE)s, &flags ) || upcalls->lpWPUCloseSocketHandle( s, &error )) failed++;
    }
    InterlockedExchange( &stress.done, 1 );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    CloseHandle( thread );
    trace( "%ld completions, %u values used again\n", stress.completed, reused );
    ok( stress.completed, "The threads did not meet.\n" );
    ok( !failed, "%u times a new handle was closed by somebody else.\n", failed );
    WSACleanup();
}

/* As above, but the value becomes that of a socket of the base, which does not fail for it. */
static void test_lost_to_base(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_DGRAM );
    const WSPUPCALLTABLE *upcalls;
    struct lost_stress stress = {0};
    struct test_layer layer;
    unsigned int i, failed = 0, reused = 0;
    SOCKET s, lost;
    HANDLE thread;
    int error;

    upcalls = start_layer( &layer, 0 );
    thread = CreateThread( NULL, 0, complete_current, &stress, 0, NULL );
    for (i = 0; i < LOST_ROUNDS; i++)
    {
        lost = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i, &error );
        InterlockedExchangePointer( (void **)&stress.current, (void *)lost );
        SwitchToThread();
        CloseHandle( (HANDLE)lost );
        s = WSASocketW( AF_INET, SOCK_DGRAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
        if (s == lost) reused++;
        if (s == INVALID_SOCKET || closesocket( s )) failed++;
    }
    InterlockedExchange( &stress.done, 1 );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    CloseHandle( thread );
    trace( "%ld completions, %u values used again\n", stress.completed, reused );
    ok( stress.completed && reused, "The threads did not meet.\n" );
    ok( !failed, "%u times there was no socket.\n", failed );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "two_closes", test_two_closes },
    { "half_closed", test_half_closed },
    { "own_handle", test_own_handle },
    { "threads", test_threads },
    { "base_handle", test_base_handle },
    { "lost_value", test_lost_value },
    { "lost_threads", test_lost_threads },
    { "lost_to_base", test_lost_to_base },
};

START_TEST(socket_owner)
{
    run_cases( "socket_owner", cases, ARRAY_SIZE(cases) );
}
