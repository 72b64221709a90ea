/*
 * Tests of WPUModifyIFSHandle
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

static void check_owner( SOCKET s, struct test_layer *layer, BOOL expected )
{
    int type, len = sizeof(type);

    clear_counts( layer );
    ok( !getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) == !expected, "Got error %d.\n",
        WSAGetLastError() );
    ok( layer->control->counts[TESTLSP_GET_SOCK_OPT] == expected, "The layer was called %ld times.\n",
        layer->control->counts[TESTLSP_GET_SOCK_OPT] );
}

/* The latest caller owns the handle (§4.7); the layer itself does not know this one, and says so. */
static void test_owner(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    SOCKET s = unlayered_socket( SOCK_STREAM );
    int error;

    check_owner( s, &layer, FALSE );
    EXPECT_SUCCESS( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, s, &error ) == s );
    check_owner( s, &layer, TRUE );
    EXPECT_SUCCESS( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, s, &error ) == s );
    check_owner( s, &layer, TRUE );
    EXPECT_FAILURE( upcalls->lpWPUModifyIFSHandle( 0xdeadbeef, s, &error ), INVALID_SOCKET, WSAEINVAL );
    check_owner( s, &layer, TRUE );
    EXPECT_SUCCESS( upcalls->lpWPUModifyIFSHandle( base.dwCatalogEntryId, s, &error ) == s );
    check_owner( s, &layer, FALSE );
    EXPECT_FAILURE( upcalls->lpWPUModifyIFSHandle( 0xdeadbeef, s, &error ), INVALID_SOCKET, WSAEINVAL );
    check_owner( s, &layer, FALSE );
    closesocket( s );
    WSACleanup();
}

/* The base registers the sockets below a non-IFS layer, which nobody takes over: a program that gets hold of one is
 * served by the base, which only the layer has started until then (§15.3). */
static void test_lower_handle(void)
{
    struct test_layer layer;
    int type, len = sizeof(type);
    SOCKET s, lower;

    get_upcalls( &layer, 0 );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    lower = layer.control->last_lower;
    clear_counts( &layer );
    ok( !getsockopt( lower, SOL_SOCKET, SO_TYPE, (char *)&type, &len ), "getsockopt failed, error %d.\n",
        WSAGetLastError() );
    ok( type == SOCK_STREAM, "Got type %d.\n", type );
    ok( !sum_counts( &layer ), "The layer was called.\n" );
    closesocket( s );
    WSACleanup();
}

/* The same for select, which asks the owner before it calls it. */
static void test_lower_handle_select(void)
{
    struct timeval no_time = {0};
    struct test_layer layer;
    fd_set set;
    SOCKET s;

    get_upcalls( &layer, 0 );
    s = socket( AF_INET, SOCK_DGRAM, 0 );
    FD_ZERO( &set );
    FD_SET( layer.control->last_lower, &set );
    clear_counts( &layer );
    ok( select( 0, NULL, &set, NULL, &no_time ) == 1, "select failed, error %d.\n", WSAGetLastError() );
    ok( FD_ISSET( layer.control->last_lower, &set ), "The set has another socket.\n" );
    ok( !sum_counts( &layer ), "The layer was called.\n" );
    closesocket( s );
    WSACleanup();
}

/* WSAPoll goes to a lower handle by itself when the upper layer leaves the question to the lower one. */
static void test_lower_layer_poll(void)
{
    WSAPOLLFD fd = {0, POLLOUT, 0};
    struct test_layer layer, lower;
    WCHAR path[MAX_PATH];
    SOCKET s;

    copy_test_layer( L"testlsp2.dll", path );
    install_layer( &lower, path, 0 );
    load_layer( &lower );
    get_upcalls( &layer, 0 );
    layer.control->no_claim = TRUE;
    fd.fd = s = socket( AF_INET, SOCK_DGRAM, 0 );
    ok( WSAPoll( &fd, 1, 0 ) == 1, "WSAPoll failed, error %d.\n", WSAGetLastError() );
    ok( fd.revents == POLLOUT, "Got events %#x.\n", fd.revents );
    closesocket( s );
    WSACleanup();
}

/* The lower one of two IFS layers takes over the handle of the upper one. Only the upper one has started it before. */
static void test_other_layer(void)
{
    struct test_layer layer, lower;
    WCHAR path[MAX_PATH];
    int error;
    SOCKET s;

    copy_test_layer( L"testlsp2.dll", path );
    install_layer( &lower, path, LAYER_IFS );
    load_layer( &lower );
    get_upcalls( &layer, LAYER_IFS );
    ok( lower.control->instance_count == 1, "The lower layer was not started.\n" );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    EXPECT_SUCCESS( lower.control->instances[0].upcalls.lpWPUModifyIFSHandle( lower.tcp_id, s, &error ) == s );
    clear_counts( &layer );
    clear_counts( &lower );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( take_count( &lower, TESTLSP_CLOSE_SOCKET ) == 1, "The lower layer was not called.\n" );
    ok( !sum_counts( &layer ), "The upper layer was called.\n" );
    WSACleanup();
}

/* The handle comes back as it was, whatever kind of kernel object it is: nobody asks (§4.7). */
static void CDECL probe_modify( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    SOCKET s = (SOCKET)CreateEventW( NULL, TRUE, FALSE, NULL );
    SOCKET bad_sockets[] = {INVALID_SOCKET, 0, 0x12345678, ~(SOCKET)0 - 3, (SOCKET)GetCurrentThread()};
    DWORD bad_ids[] = {0, 0xdeadbeef, 0xffffffff, get_late_id()};
    DWORD_PTR value;
    unsigned int i;
    int error;

    (void)context;
    EXPECT_SUCCESS( upcalls->lpWPUModifyIFSHandle( catalog_id, s, &error ) == s );
    EXPECT_SUCCESS( upcalls->lpWPUModifyIFSHandle( catalog_id, s, &error ) == s );
    ok( upcalls->lpWPUModifyIFSHandle( catalog_id, s, NULL ) == s, "WPUModifyIFSHandle failed.\n" );
    EXPECT_FAILURE( upcalls->lpWPUQuerySocketHandleContext( s, &value, &error ), SOCKET_ERROR, WSAENOTSOCK );
    for (i = 0; i < ARRAY_SIZE(bad_ids); i++)
    {
        winetest_push_context( "id %lu", bad_ids[i] );
        EXPECT_FAILURE( upcalls->lpWPUModifyIFSHandle( bad_ids[i], s, &error ), INVALID_SOCKET, WSAEINVAL );
        ok( upcalls->lpWPUModifyIFSHandle( bad_ids[i], s, NULL ) == INVALID_SOCKET, "It succeeded.\n" );
        winetest_pop_context();
    }
    for (i = 0; i < ARRAY_SIZE(bad_sockets); i++)
    {
        winetest_push_context( "handle %#Ix", bad_sockets[i] );
        EXPECT_FAILURE( upcalls->lpWPUModifyIFSHandle( catalog_id, bad_sockets[i], &error ), INVALID_SOCKET,
                        WSAEINVAL );
        winetest_pop_context();
    }
    ok( SetEvent( (HANDLE)s ), "The handle does not work, error %lu.\n", GetLastError() );
    CloseHandle( (HANDLE)s );
}

static void test_modify(void)
{
    run_probe( LAYER_IFS, probe_modify );
}

static void test_modify_non_ifs(void)
{
    run_probe( 0, probe_modify );
}

static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    int error;

    WSACleanup();
    EXPECT_FAILURE( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, 4, &error ), INVALID_SOCKET, WSAEINVAL );
}

static const struct test_case cases[] =
{
    { "owner", test_owner },
    { "lower_handle", test_lower_handle },
    { "lower_handle_select", test_lower_handle_select },
    { "lower_layer_poll", test_lower_layer_poll },
    { "other_layer", test_other_layer },
    { "modify", test_modify },
    { "modify_non_ifs", test_modify_non_ifs },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_modify_ifs_handle)
{
    run_cases( "upcall_modify_ifs_handle", cases, ARRAY_SIZE(cases) );
}
