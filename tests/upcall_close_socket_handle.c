/*
 * Tests of WPUCloseSocketHandle
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
    int error;

    winetest_push_context( "handle %#Ix", s );
    EXPECT_FAILURE( upcalls->lpWPUCloseSocketHandle( s, &error ), SOCKET_ERROR, WSAENOTSOCK );
    ok( upcalls->lpWPUCloseSocketHandle( s, NULL ) == SOCKET_ERROR, "It succeeded.\n" );
    winetest_pop_context();
}

static void check_base_socket( const WSPUPCALLTABLE *upcalls )
{
    int type, len = sizeof(type);
    SOCKET base = unlayered_socket( SOCK_STREAM );

    check_not_ours( upcalls, base );
    ok( !getsockopt( base, SOL_SOCKET, SO_TYPE, (char *)&type, &len ), "The socket was closed, error %d.\n",
        WSAGetLastError() );
    closesocket( base );
}

/* Closes open handles of WPUCreateSocketHandle, and nothing else (§4.6); each once, and in whatever context. */
static void CDECL probe_close( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    static SOCKET earlier = INVALID_SOCKET;     /* made in the context before this */
    SOCKET s = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, NULL ), foreign[NON_SOCKET_COUNT];
    DWORD_PTR value;
    unsigned int i;
    DWORD flags;
    int error;

    EXPECT_SUCCESS( !upcalls->lpWPUCloseSocketHandle( s, &error ));
    ok( !GetHandleInformation( (HANDLE)s, &flags ), "The handle is open.\n" );
    ok( upcalls->lpWPUQuerySocketHandleContext( s, &value, NULL ) == SOCKET_ERROR, "The context is there.\n" );
    check_not_ours( upcalls, s );
    s = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, NULL );
    ok( !upcalls->lpWPUCloseSocketHandle( s, NULL ), "WPUCloseSocketHandle failed.\n" );

    make_non_sockets( foreign );
    for (i = 0; i < ARRAY_SIZE(foreign); i++) check_not_ours( upcalls, foreign[i] );
    free_non_sockets( foreign );
    if (can_make_sockets( context )) check_base_socket( upcalls );

    if (earlier != INVALID_SOCKET) EXPECT_SUCCESS( !upcalls->lpWPUCloseSocketHandle( earlier, &error ));
    earlier = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, NULL );
    ok( earlier != INVALID_SOCKET, "WPUCreateSocketHandle failed.\n" );
}

static void test_close(void)
{
    run_probe( 0, probe_close );
}

/* The last WSACleanup closes what is left open, so that it is too late then. */
static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, NULL );

    WSACleanup();
    check_not_ours( upcalls, s );
}

static const struct test_case cases[] =
{
    { "close", test_close },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_close_socket_handle)
{
    run_cases( "upcall_close_socket_handle", cases, ARRAY_SIZE(cases) );
}
