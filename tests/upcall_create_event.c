/*
 * Tests of WPUCreateEvent
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

/* Manual-reset, not signalled, of this process only, and a new one each time (§4.2). */
static void CDECL probe_event( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    HANDLE event = NULL, other = NULL;
    DWORD flags = 0;
    int error;

    (void)context;
    (void)catalog_id;
    EXPECT_SUCCESS( (event = upcalls->lpWPUCreateEvent( &error )) != WSA_INVALID_EVENT );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    ok( SetEvent( event ), "SetEvent failed, error %lu.\n", GetLastError() );
    ok( !WaitForSingleObject( event, 0 ), "The event is not signalled.\n" );
    ok( !WaitForSingleObject( event, 0 ), "The event was reset by a wait.\n" );
    ok( GetHandleInformation( event, &flags ), "GetHandleInformation failed, error %lu.\n", GetLastError() );
    ok( !flags, "Got handle flags %#lx.\n", flags );

    other = upcalls->lpWPUCreateEvent( NULL );
    ok( other && other != event, "Got event %p after %p.\n", other, event );
    ok( WaitForSingleObject( other, 0 ) == WAIT_TIMEOUT, "The second event is signalled.\n" );
    ok( CloseHandle( other ), "CloseHandle failed, error %lu.\n", GetLastError() );
    ok( CloseHandle( event ), "CloseHandle failed, error %lu.\n", GetLastError() );
}

static void test_event(void)
{
    run_probe( LAYER_IFS, probe_event );
}

static void test_event_non_ifs(void)
{
    run_probe( 0, probe_event );
}

static const struct test_case cases[] =
{
    { "event", test_event },
    { "event_non_ifs", test_event_non_ifs },
};

START_TEST(upcall_create_event)
{
    run_cases( "upcall_create_event", cases, ARRAY_SIZE(cases) );
}
