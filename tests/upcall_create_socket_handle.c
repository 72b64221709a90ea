/*
 * Tests of WPUCreateSocketHandle
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

static void check_unknown_ids( const WSPUPCALLTABLE *upcalls )
{
    DWORD ids[] = {0, 0xdeadbeef, 0xffffffff, get_late_id()};
    unsigned int i;
    int error;

    for (i = 0; i < ARRAY_SIZE(ids); i++)
    {
        winetest_push_context( "id %lu", ids[i] );
        EXPECT_FAILURE( upcalls->lpWPUCreateSocketHandle( ids[i], 1, &error ), INVALID_SOCKET, WSAEINVAL );
        ok( upcalls->lpWPUCreateSocketHandle( ids[i], 1, NULL ) == INVALID_SOCKET, "It succeeded.\n" );
        winetest_pop_context();
    }
}

/* Each call makes a new handle of the kernel, with the whole context (§4.4). */
static void CDECL probe_create( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    DWORD_PTR contexts[] = {0, 1, ~(DWORD_PTR)0, (DWORD_PTR)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210), 1}, value;
    SOCKET sockets[ARRAY_SIZE(contexts)];
    unsigned int i, j;
    DWORD flags;
    int error;

    (void)context;
    for (i = 0; i < ARRAY_SIZE(contexts); i++)
    {
        EXPECT_SUCCESS( (sockets[i] = upcalls->lpWPUCreateSocketHandle( catalog_id, contexts[i], &error )) !=
                        INVALID_SOCKET );
        for (j = 0; j < i; j++) ok( sockets[j] != sockets[i], "Got handle %#Ix twice.\n", sockets[i] );
        ok( GetHandleInformation( (HANDLE)sockets[i], &flags ), "%#Ix is no handle.\n", sockets[i] );
        ok( !(flags & HANDLE_FLAG_INHERIT), "The handle is inherited by other processes.\n" );
    }
    for (i = 0; i < ARRAY_SIZE(contexts); i++)
    {
        value = ~contexts[i];
        ok( !upcalls->lpWPUQuerySocketHandleContext( sockets[i], &value, &error ), "Got error %d.\n", error );
        ok( value == contexts[i], "Got context %#Ix, expected %#Ix.\n", value, contexts[i] );
        ok( !upcalls->lpWPUCloseSocketHandle( sockets[i], &error ), "Got error %d.\n", error );
    }

    sockets[0] = upcalls->lpWPUCreateSocketHandle( catalog_id, 1, NULL );
    ok( sockets[0] != INVALID_SOCKET, "WPUCreateSocketHandle failed.\n" );
    upcalls->lpWPUCloseSocketHandle( sockets[0], NULL );
    check_unknown_ids( upcalls );
}

static void test_create(void)
{
    run_probe( 0, probe_create );
}

/* A provider that uses the upcall should not say that its handles are the kernel's; nobody stops it. */
static void test_create_ifs(void)
{
    run_probe( LAYER_IFS, probe_create );
}

/* The id decides which provider the calls of the application go to: the layer, which does not know this handle. */
static void test_owner(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    int type, len = sizeof(type), error = 0;
    SOCKET s, other = unlayered_socket( SOCK_STREAM );

    s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error );
    ok( getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) == SOCKET_ERROR, "getsockopt succeeded.\n" );
    ok( WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    expect_call( &layer, TESTLSP_GET_SOCK_OPT );
    upcalls->lpWPUCloseSocketHandle( s, &error );

    s = upcalls->lpWPUCreateSocketHandle( base.dwCatalogEntryId, 1, &error );
    ok( getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) == SOCKET_ERROR, "getsockopt succeeded.\n" );
    ok( WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    ok( !sum_counts( &layer ), "The layer was called.\n" );
    upcalls->lpWPUCloseSocketHandle( s, &error );
    closesocket( other );

    /* The layer's own entry makes no sockets: its provider is never started. */
    s = upcalls->lpWPUCreateSocketHandle( layer.id, 1, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    ok( getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) == SOCKET_ERROR, "getsockopt succeeded.\n" );
    ok( WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    ok( !upcalls->lpWPUCloseSocketHandle( s, &error ), "Got error %d.\n", error );
    WSACleanup();
}

/* The application may bind it to a completion port (§4.4, property 2). */
static void test_port(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, NULL );
    HANDLE port = CreateIoCompletionPort( (HANDLE)s, NULL, 0x1234, 0 );
    OVERLAPPED overlapped = {0}, *got = NULL;
    ULONG_PTR key = 0;
    DWORD bytes = 0;
    int error;

    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
    ok( !WPUCompleteOverlappedRequest( s, &overlapped, 0, 5, &error ), "Got error %d.\n", error );
    ok( GetQueuedCompletionStatus( port, &bytes, &key, &got, 1000 ), "Got error %lu.\n", GetLastError() );
    ok( got == &overlapped && key == 0x1234 && bytes == 5, "Got %p, key %#Ix, %lu bytes.\n", got, key, bytes );
    upcalls->lpWPUCloseSocketHandle( s, NULL );
    CloseHandle( port );
    WSACleanup();
}

/* The most handles that a process can have: beyond them comes WSAENOBUFS, the only documented code. */
static void test_exhaustion(void)
{
    enum { MOST = 200000 };
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET *sockets = malloc( MOST * sizeof(*sockets) ), s;
    unsigned int count = 0;
    int error = 0;

    SetLastError( 0xbeef );
    while (count < MOST && (s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error )) != INVALID_SOCKET)
        sockets[count++] = s;
    if (count == MOST) skip( "%u handles can be made here.\n", count );
    else ok( error == WSAENOBUFS, "Got error %d after %u handles.\n", error, count );
    ok( GetLastError() == 0xbeef, "The last error became %lu.\n", GetLastError() );
    while (count--) upcalls->lpWPUCloseSocketHandle( sockets[count], &error );
    s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    free( sockets );
    WSACleanup();
}

/* Every id is unknown when Winsock has stopped. */
static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    int error;

    WSACleanup();
    EXPECT_FAILURE( upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error ), INVALID_SOCKET, WSAEINVAL );
}

static const struct test_case cases[] =
{
    { "create", test_create },
    { "create_ifs", test_create_ifs },
    { "owner", test_owner },
    { "port", test_port },
    { "exhaustion", test_exhaustion },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall_create_socket_handle)
{
    run_cases( "upcall_create_socket_handle", cases, ARRAY_SIZE(cases) );
}
