/*
 * Tests of WPUQuerySocketHandleContext
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

static void check_not_ours( const WSPUPCALLTABLE *upcalls, SOCKET s )
{
    DWORD_PTR value = 0x1234;
    int error;

    winetest_push_context( "handle %#Ix", s );
    EXPECT_FAILURE( upcalls->lpWPUQuerySocketHandleContext( s, &value, &error ), SOCKET_ERROR, WSAENOTSOCK );
    ok( value == 0x1234, "The context was set to %#Ix.\n", value );
    EXPECT_FAILURE( upcalls->lpWPUQuerySocketHandleContext( s, NULL, &error ), SOCKET_ERROR, WSAENOTSOCK );
    ok( upcalls->lpWPUQuerySocketHandleContext( s, &value, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    winetest_pop_context();
}

/* WSAENOTSOCK for all but open handles of WPUCreateSocketHandle (§4.5). */
static void CDECL probe_query( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    DWORD_PTR wanted = (DWORD_PTR)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210), value = 0;
    SOCKET s = upcalls->lpWPUCreateSocketHandle( catalog_id, wanted, NULL ), foreign[NON_SOCKET_COUNT], base;
    unsigned int i;
    int error;

    EXPECT_SUCCESS( !upcalls->lpWPUQuerySocketHandleContext( s, &value, &error ));
    ok( value == wanted, "Got context %#Ix, expected %#Ix.\n", value, wanted );
    ok( !upcalls->lpWPUQuerySocketHandleContext( s, &value, NULL ), "It failed.\n" );
    EXPECT_FAILURE( upcalls->lpWPUQuerySocketHandleContext( s, NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( upcalls->lpWPUQuerySocketHandleContext( s, NULL, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    upcalls->lpWPUCloseSocketHandle( s, NULL );
    check_not_ours( upcalls, s );

    make_non_sockets( foreign );
    for (i = 0; i < ARRAY_SIZE(foreign); i++) check_not_ours( upcalls, foreign[i] );
    free_non_sockets( foreign );
    if (!can_make_sockets( context )) return;
    base = unlayered_socket( SOCK_STREAM );
    check_not_ours( upcalls, base );
    closesocket( base );
}

static void test_query(void)
{
    run_probe( 0, probe_query );
}

/* The handles of one layer tell another one's contexts: the upcall does not know who asks. */
static void test_other_layer(void)
{
    struct test_layer layer, other;
    const WSPUPCALLTABLE *upcalls;
    DWORD_PTR value = 0;
    WCHAR path[MAX_PATH];
    int error;
    SOCKET s;

    copy_test_layer( L"testlsp2.dll", path );
    install_layer( &other, path, 0 );
    load_layer( &other );
    upcalls = get_upcalls( &layer, 0 );
    ok( other.control->instance_count == 1, "The lower layer was not started.\n" );
    s = other.control->instances[0].upcalls.lpWPUCreateSocketHandle( other.tcp_id, 0x4711, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    EXPECT_SUCCESS( !upcalls->lpWPUQuerySocketHandleContext( s, &value, &error ));
    ok( value == 0x4711, "Got context %#Ix.\n", value );
    upcalls->lpWPUCloseSocketHandle( s, &error );
    WSACleanup();
}

static void test_many(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET sockets[1000];
    DWORD_PTR i, value;
    int error = 0;

    for (i = 0; i < ARRAY_SIZE(sockets); i++)
    {
        sockets[i] = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i + 1, &error );
        ok( sockets[i] != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    }
    for (i = 0; i < ARRAY_SIZE(sockets); i++)
    {
        value = 0;
        ok( !upcalls->lpWPUQuerySocketHandleContext( sockets[i], &value, &error ), "Got error %d.\n", error );
        ok( value == i + 1, "Got context %#Ix, expected %#Ix.\n", value, i + 1 );
        if (i & 1) ok( !upcalls->lpWPUCloseSocketHandle( sockets[i], &error ), "Got error %d.\n", error );
    }
    for (i = 0; i < ARRAY_SIZE(sockets); i++)
        ok( !upcalls->lpWPUQuerySocketHandleContext( sockets[i], &value, &error ) == !(i & 1),
            "Handle %#Ix is %s.\n", sockets[i], i & 1 ? "open" : "closed" );
    WSACleanup();
}

/* A non-IFS layer may keep its handle beyond closesocket(), for as long as it likes (§15.4). */
static void test_half_closed(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s, others[8];
    DWORD_PTR value = 0;
    unsigned int i;
    int error;

    layer.control->keep_handle = TRUE;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    clear_counts( &layer );
    check_all_fail( s, WSAENOTSOCK );
    ok( !sum_counts( &layer ), "The layer was called.\n" );
    for (i = 0; i < ARRAY_SIZE(others); i++)
    {
        others[i] = unlayered_socket( SOCK_STREAM );
        ok( others[i] != s, "The value was used again.\n" );
    }
    EXPECT_SUCCESS( !upcalls->lpWPUQuerySocketHandleContext( s, &value, &error ));
    ok( value != 0, "Got no context.\n" );
    EXPECT_SUCCESS( !upcalls->lpWPUCloseSocketHandle( s, &error ));
    check_not_ours( upcalls, s );
    for (i = 0; i < ARRAY_SIZE(others); i++) closesocket( others[i] );
    WSACleanup();
}

/* The last WSACleanup closes what was left open. */
static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, NULL );
    DWORD flags;

    WSACleanup();
    check_not_ours( upcalls, s );
    ok( !GetHandleInformation( (HANDLE)s, &flags ), "The handle is open.\n" );
}

static const struct test_case cases[] =
{
    { "query", test_query },
    { "other_layer", test_other_layer },
    { "many", test_many },
    { "half_closed", test_half_closed },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_query_socket_handle_context)
{
    run_cases( "upcall_query_socket_handle_context", cases, ARRAY_SIZE(cases) );
}
