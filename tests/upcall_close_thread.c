/*
 * Tests of WPUCloseThread
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

static DWORD WINAPI open_id( void *arg )
{
    struct { const WSPUPCALLTABLE *upcalls; WSATHREADID id; } *params = arg;

    return params->upcalls->lpWPUOpenCurrentThread( &params->id, NULL );
}

/* The id of a thread that has ended is closed by another one. A thread cannot start while the loader is locked. */
static void check_other_thread( const WSPUPCALLTABLE *upcalls )
{
    struct { const WSPUPCALLTABLE *upcalls; WSATHREADID id; } params = {upcalls, {0}};
    HANDLE thread = CreateThread( NULL, 0, open_id, &params, 0, NULL );
    DWORD flags;
    int error;

    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    CloseHandle( thread );
    EXPECT_SUCCESS( !upcalls->lpWPUCloseThread( &params.id, &error ));
    ok( !GetHandleInformation( params.id.ThreadHandle, &flags ), "The handle is open.\n" );
}

/* Closes what was opened, once, by whatever copy (§4.10); anything else is refused and left alone. */
static void CDECL probe_close( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    WSATHREADID id, copy, zero = {0}, garbage, forged;
    DWORD flags;
    int error;

    (void)catalog_id;
    ok( !upcalls->lpWPUOpenCurrentThread( &id, &error ), "WPUOpenCurrentThread failed, error %d.\n", error );
    copy = id;
    memset( &id, 0xcc, sizeof(id) );
    EXPECT_SUCCESS( !upcalls->lpWPUCloseThread( &copy, &error ));
    ok( !GetHandleInformation( copy.ThreadHandle, &flags ), "The handle is open.\n" );
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &copy, &error ), SOCKET_ERROR, WSAEINVAL );
    ok( !upcalls->lpWPUOpenCurrentThread( &id, NULL ), "WPUOpenCurrentThread failed.\n" );
    ok( !upcalls->lpWPUCloseThread( &id, NULL ), "WPUCloseThread failed.\n" );

    memset( &garbage, 0xcc, sizeof(garbage) );
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &zero, &error ), SOCKET_ERROR, WSAEINVAL );
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &garbage, &error ), SOCKET_ERROR, WSAEINVAL );
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( upcalls->lpWPUCloseThread( NULL, NULL ) == SOCKET_ERROR, "It succeeded.\n" );

    forged.ThreadHandle = CreateEventW( NULL, TRUE, FALSE, NULL );
    forged.Reserved = copy.Reserved;
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &forged, &error ), SOCKET_ERROR, WSAEINVAL );
    ok( CloseHandle( forged.ThreadHandle ), "The event was closed.\n" );
    if (can_make_sockets( context )) check_other_thread( upcalls );
}

static void test_close(void)
{
    run_probe( LAYER_IFS, probe_close );
}

static void CALLBACK no_completion( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)error; (void)size; (void)overlapped; (void)flags;
}

/* The id that came with a call is not the layer's to close. */
static void test_passed_id(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    OVERLAPPED overlapped = {0};
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD flags = 0;
    WSATHREADID id;
    int error;
    SOCKET s;

    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( WSARecv( s, &buf, 1, NULL, &flags, &overlapped, no_completion ) == SOCKET_ERROR, "WSARecv succeeded.\n" );
    id = layer.control->last_thread;
    ok( id.ThreadHandle != NULL, "Got no thread.\n" );
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &id, &error ), SOCKET_ERROR, WSAEINVAL );
    ok( GetThreadId( id.ThreadHandle ) == GetCurrentThreadId(), "The handle was closed.\n" );
    closesocket( s );
    WSACleanup();
}

/* WSANOTINITIALISED: no provider has been started (§4.10). The id was opened when one was. */
static void test_not_initialised(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    WSATHREADID id;
    SOCKET s;
    int error;

    ok( !upcalls->lpWPUOpenCurrentThread( &id, &error ), "WPUOpenCurrentThread failed, error %d.\n", error );
    WSACleanup();
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &id, &error ), SOCKET_ERROR, WSANOTINITIALISED );
    ok( upcalls->lpWPUCloseThread( &id, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    start_winsock();
    EXPECT_FAILURE( upcalls->lpWPUCloseThread( &id, &error ), SOCKET_ERROR, WSANOTINITIALISED );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    EXPECT_SUCCESS( !upcalls->lpWPUCloseThread( &id, &error ));
    closesocket( s );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "close", test_close },
    { "passed_id", test_passed_id },
    { "not_initialised", test_not_initialised },
};

START_TEST(upcall_close_thread)
{
    run_cases( "upcall_close_thread", cases, ARRAY_SIZE(cases) );
}
