/*
 * Tests of WPUQueryBlockingCallback
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

/* A program of Winsock 2 has no hook, whatever it sets; hook.c has those of Winsock 1.1 (§4.14, §7). */
static void CDECL probe_query( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    LPBLOCKINGCALLBACK unset = (LPBLOCKINGCALLBACK)0xdead, callback = unset;
    DWORD bad_ids[] = {0, 0xdeadbeef, 0xffffffff, get_late_id()};
    DWORD_PTR value = 0xdead;
    unsigned int i;
    int error;

    (void)context;
    EXPECT_SUCCESS( !upcalls->lpWPUQueryBlockingCallback( catalog_id, &callback, &value, &error ));
    ok( !callback, "Got callback %p.\n", callback );
    ok( !value, "Got context %#Ix.\n", value );
    callback = unset;
    ok( !upcalls->lpWPUQueryBlockingCallback( catalog_id, &callback, &value, NULL ), "It failed.\n" );
    ok( !callback, "Got callback %p.\n", callback );

    callback = unset;
    value = 0xdead;
    for (i = 0; i < ARRAY_SIZE(bad_ids); i++)
    {
        winetest_push_context( "id %lu", bad_ids[i] );
        EXPECT_FAILURE( upcalls->lpWPUQueryBlockingCallback( bad_ids[i], &callback, &value, &error ), SOCKET_ERROR,
                        WSAEINVAL );
        EXPECT_FAILURE( upcalls->lpWPUQueryBlockingCallback( bad_ids[i], NULL, NULL, &error ), SOCKET_ERROR,
                        WSAEINVAL );
        ok( upcalls->lpWPUQueryBlockingCallback( bad_ids[i], &callback, &value, NULL ) == SOCKET_ERROR,
            "It succeeded.\n" );
        winetest_pop_context();
    }
    EXPECT_FAILURE( upcalls->lpWPUQueryBlockingCallback( catalog_id, NULL, &value, &error ), SOCKET_ERROR, WSAEFAULT );
    EXPECT_FAILURE( upcalls->lpWPUQueryBlockingCallback( catalog_id, &callback, NULL, &error ), SOCKET_ERROR,
                    WSAEFAULT );
    ok( upcalls->lpWPUQueryBlockingCallback( catalog_id, NULL, NULL, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    ok( callback == unset && value == 0xdead, "A failing call wrote %p, %#Ix.\n", callback, value );
}

static void test_query(void)
{
    run_probe( LAYER_IFS, probe_query );
}

static LONG hook_calls;

static INT_PTR CALLBACK hook(void)
{
    hook_calls++;
    return FALSE;
}

static void test_winsock_2(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );

    ok( WSASetBlockingHook( hook ) != NULL, "WSASetBlockingHook failed, error %d.\n", WSAGetLastError() );
    probe_query( TESTLSP_IN_CALL, upcalls, layer.tcp_id );
    ok( !hook_calls, "The hook was called.\n" );
    WSACleanup();
}

/* A program of Winsock 1.1 that sets no hook gets none. */
static void test_winsock_1(void)
{
    struct test_layer layer;
    WSADATA data;
    SOCKET s;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    ok( !WSAStartup( MAKEWORD( 1, 1 ), &data ), "WSAStartup failed.\n" );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    probe_query( TESTLSP_IN_CALL, &layer.control->instances[0].upcalls, layer.tcp_id );
    closesocket( s );
    WSACleanup();
}

static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    LPBLOCKINGCALLBACK callback;
    DWORD_PTR value;
    int error;

    WSACleanup();
    EXPECT_FAILURE( upcalls->lpWPUQueryBlockingCallback( layer.tcp_id, &callback, &value, &error ), SOCKET_ERROR,
                    WSAEINVAL );
}

static const struct test_case cases[] =
{
    { "query", test_query },
    { "winsock_2", test_winsock_2 },
    { "winsock_1", test_winsock_1 },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_query_blocking_callback)
{
    run_cases( "upcall_query_blocking_callback", cases, ARRAY_SIZE(cases) );
}
