/*
 * Tests of WPUOpenCurrentThread
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

static void CALLBACK count_call( DWORD_PTR context )
{
    ++*(LONG *)context;
}

/* The ids that a thread opens are its own, and each stays usable until it is closed (§4.10). */
static void CDECL probe_open( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    WSATHREADID ids[2];
    LONG calls = 0;
    int error;

    (void)context;
    (void)catalog_id;
    EXPECT_SUCCESS( !upcalls->lpWPUOpenCurrentThread( &ids[0], &error ));
    ok( ids[0].ThreadHandle && ids[0].ThreadHandle != GetCurrentThread(), "Got handle %p.\n", ids[0].ThreadHandle );
    ok( GetThreadId( ids[0].ThreadHandle ) == GetCurrentThreadId(), "Got the handle of thread %lx.\n",
        GetThreadId( ids[0].ThreadHandle ));
    ok( !upcalls->lpWPUOpenCurrentThread( &ids[1], NULL ), "WPUOpenCurrentThread failed.\n" );
    ok( !upcalls->lpWPUQueueApc( &ids[0], count_call, (DWORD_PTR)&calls, &error ), "Got error %d.\n", error );
    ok( !upcalls->lpWPUCloseThread( &ids[0], &error ), "WPUCloseThread failed, error %d.\n", error );
    ok( !upcalls->lpWPUQueueApc( &ids[1], count_call, (DWORD_PTR)&calls, &error ), "Got error %d.\n", error );
    ok( !calls, "An APC ran.\n" );
    SleepEx( 0, TRUE );
    ok( calls == 2, "%ld APCs ran.\n", calls );
    ok( !upcalls->lpWPUCloseThread( &ids[1], &error ), "WPUCloseThread failed, error %d.\n", error );

    EXPECT_FAILURE( upcalls->lpWPUOpenCurrentThread( NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( upcalls->lpWPUOpenCurrentThread( NULL, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
}

static void test_open(void)
{
    run_probe( LAYER_IFS, probe_open );
}

/* WSANOTINITIALISED: no provider has been started (§4.10). The table was kept from before. */
static void test_not_initialised(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    WSATHREADID id = {(HANDLE)0x1234, 0x5678};
    SOCKET s;
    int error;

    WSACleanup();
    EXPECT_FAILURE( upcalls->lpWPUOpenCurrentThread( &id, &error ), SOCKET_ERROR, WSANOTINITIALISED );
    ok( upcalls->lpWPUOpenCurrentThread( &id, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    start_winsock();
    EXPECT_FAILURE( upcalls->lpWPUOpenCurrentThread( &id, &error ), SOCKET_ERROR, WSANOTINITIALISED );
    ok( id.ThreadHandle == (HANDLE)0x1234 && id.Reserved == 0x5678, "The id was written to.\n" );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    EXPECT_SUCCESS( !upcalls->lpWPUOpenCurrentThread( &id, &error ));
    EXPECT_SUCCESS( !upcalls->lpWPUCloseThread( &id, &error ));
    closesocket( s );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "open", test_open },
    { "not_initialised", test_not_initialised },
};

START_TEST(upcall_open_current_thread)
{
    run_cases( "upcall_open_current_thread", cases, ARRAY_SIZE(cases) );
}
