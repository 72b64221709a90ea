/*
 * Tests of WPUCloseEvent
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

/* Closes what CloseHandle() closes (§4.1), and is not misled by the low bit. */
static void CDECL probe_close( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    HANDLE event, process;
    int error;

    (void)context;
    (void)catalog_id;
    event = upcalls->lpWPUCreateEvent( NULL );
    EXPECT_SUCCESS( upcalls->lpWPUCloseEvent( event, &error ));
    ok( !SetEvent( event ), "The event is open.\n" );
    EXPECT_FAILURE( upcalls->lpWPUCloseEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    EXPECT_FAILURE( upcalls->lpWPUSetEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    EXPECT_FAILURE( upcalls->lpWPUResetEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    ok( !upcalls->lpWPUCloseEvent( event, NULL ), "WPUCloseEvent succeeded for a closed event.\n" );

    event = CreateEventW( NULL, FALSE, FALSE, NULL );
    ok( upcalls->lpWPUCloseEvent( (HANDLE)((ULONG_PTR)event | 1), NULL ), "WPUCloseEvent failed.\n" );
    ok( !SetEvent( event ), "The event is open.\n" );

    process = OpenProcess( SYNCHRONIZE, FALSE, GetCurrentProcessId() );
    ok( process != NULL, "OpenProcess failed, error %lu.\n", GetLastError() );
    EXPECT_SUCCESS( upcalls->lpWPUCloseEvent( process, &error ));
    ok( WaitForSingleObject( process, 0 ) == WAIT_FAILED, "The process handle is open.\n" );

    EXPECT_FAILURE( upcalls->lpWPUCloseEvent( NULL, &error ), FALSE, WSA_INVALID_HANDLE );
    EXPECT_FAILURE( upcalls->lpWPUCloseEvent( (HANDLE)1, &error ), FALSE, WSA_INVALID_HANDLE );
    EXPECT_FAILURE( upcalls->lpWPUCloseEvent( (HANDLE)0x12345678, &error ), FALSE, WSA_INVALID_HANDLE );
    ok( !upcalls->lpWPUCloseEvent( NULL, NULL ), "WPUCloseEvent succeeded for NULL.\n" );
}

static void test_close(void)
{
    run_probe( LAYER_IFS, probe_close );
}

static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );

    WSACleanup();
    probe_close( TESTLSP_IN_THREAD, upcalls, layer.tcp_id );
}

static const struct test_case cases[] =
{
    { "close", test_close },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_close_event)
{
    run_cases( "upcall_close_event", cases, ARRAY_SIZE(cases) );
}
