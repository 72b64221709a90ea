/*
 * Tests of WPUSetEvent
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

static void check_bad_events( const WSPUPCALLTABLE *upcalls )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL ), limited = NULL, bad[] =
    {
        NULL, (HANDLE)1, INVALID_HANDLE_VALUE, (HANDLE)0x12345678, GetCurrentThread(),
        CreateMutexW( NULL, FALSE, NULL ),
    };
    unsigned int i;
    int error;

    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        winetest_push_context( "handle %p", bad[i] );
        EXPECT_FAILURE( upcalls->lpWPUSetEvent( bad[i], &error ), FALSE, WSA_INVALID_HANDLE );
        ok( !upcalls->lpWPUSetEvent( bad[i], NULL ), "WPUSetEvent succeeded.\n" );
        winetest_pop_context();
    }
    CloseHandle( bad[5] );

    DuplicateHandle( GetCurrentProcess(), event, GetCurrentProcess(), &limited, SYNCHRONIZE, FALSE, 0 );
    ok( limited != NULL, "DuplicateHandle failed, error %lu.\n", GetLastError() );
    EXPECT_FAILURE( upcalls->lpWPUSetEvent( limited, &error ), FALSE, WSA_INVALID_HANDLE );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event changed.\n" );
    CloseHandle( limited );
    CloseHandle( event );
    EXPECT_FAILURE( upcalls->lpWPUSetEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
}

static void check_sockets( const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    SOCKET base = unlayered_socket( SOCK_STREAM ), own;
    int error;

    own = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, &error );
    ok( own != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    EXPECT_FAILURE( upcalls->lpWPUSetEvent( (HANDLE)base, &error ), FALSE, WSA_INVALID_HANDLE );
    EXPECT_FAILURE( upcalls->lpWPUSetEvent( (HANDLE)own, &error ), FALSE, WSA_INVALID_HANDLE );
    upcalls->lpWPUCloseSocketHandle( own, &error );
    closesocket( base );
}

/* WSA_INVALID_HANDLE for whatever is no event (§4.3). */
static void CDECL probe_set_event( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    int error;

    EXPECT_SUCCESS( upcalls->lpWPUSetEvent( event, &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event did not change.\n" );
    EXPECT_SUCCESS( upcalls->lpWPUSetEvent( event, &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event changed again.\n" );
    ResetEvent( event );
    ok( upcalls->lpWPUSetEvent( event, NULL ), "WPUSetEvent failed.\n" );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event did not change.\n" );

    ResetEvent( event );
    EXPECT_SUCCESS( upcalls->lpWPUSetEvent( (HANDLE)((ULONG_PTR)event | 1), &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event with a low bit did not change.\n" );
    CloseHandle( event );

    check_bad_events( upcalls );
    if (can_make_sockets( context )) check_sockets( upcalls, catalog_id );
}

static void test_set_event(void)
{
    run_probe( 0, probe_set_event );
}

static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );

    WSACleanup();
    probe_set_event( TESTLSP_IN_DETACH, upcalls, layer.tcp_id );
}

static const struct test_case cases[] =
{
    { "set_event", test_set_event },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_set_event)
{
    run_cases( "upcall_set_event", cases, ARRAY_SIZE(cases) );
}
