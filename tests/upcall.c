/*
 * Tests of what ws2_32 does for providers
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

#include "util.h"

/* The upcall table works for anybody in the process: a layer is started only to get it. */
static const WSPUPCALLTABLE *get_upcalls( struct test_layer *layer, unsigned int flags )
{
    install_layer( layer, NULL, flags );
    load_layer( layer );
    start_winsock();
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( layer->control->instance_count == 1, "The provider was not started.\n" );
    if (!layer->control->instance_count) ExitProcess( 1 );
    clear_counts( layer );
    return &layer->control->instances[0].upcalls;
}

static SOCKET base_socket( int type )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, type );
    SOCKET s = WSASocketW( AF_INET, type, 0, &base, 0, WSA_FLAG_OVERLAPPED );

    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    return s;
}

/* The call fails with a code in error, and leaves the thread's last error alone. */
#define CHECK_FAILS( call, failure, code ) \
    do \
    { \
        error = 0xdead; \
        SetLastError( 0xbeef ); \
        ok( (call) == (failure), #call " succeeded.\n" ); \
        ok( error == (code), #call ": got error %d, expected %d.\n", error, (int)(code) ); \
        ok( GetLastError() == 0xbeef, #call " changed the last error to %lu.\n", GetLastError() ); \
    } while (0)

#define CHECK_SUCCEEDS( call ) \
    do \
    { \
        error = 0; \
        SetLastError( 0xbeef ); \
        ok( (call), #call " failed, error %d.\n", error ); \
        ok( GetLastError() == 0xbeef, #call " changed the last error to %lu.\n", GetLastError() ); \
    } while (0)

static void test_events(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    HANDLE event = NULL;
    int error;

    CHECK_SUCCEEDS( (event = upcalls->lpWPUCreateEvent( &error )) != NULL );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );
    CHECK_SUCCEEDS( upcalls->lpWPUSetEvent( event, &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event was reset by a wait.\n" );
    CHECK_SUCCEEDS( upcalls->lpWPUResetEvent( event, &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );

    CHECK_SUCCEEDS( upcalls->lpWPUSetEvent( (HANDLE)((ULONG_PTR)event | 1), &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_OBJECT_0, "The event is not signalled.\n" );
    CHECK_SUCCEEDS( upcalls->lpWPUResetEvent( (HANDLE)((ULONG_PTR)event | 1), &error ));
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event is signalled.\n" );

    CHECK_SUCCEEDS( upcalls->lpWPUCloseEvent( event, &error ));
    CHECK_FAILS( upcalls->lpWPUCloseEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    CHECK_FAILS( upcalls->lpWPUSetEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    CHECK_FAILS( upcalls->lpWPUResetEvent( event, &error ), FALSE, WSA_INVALID_HANDLE );
    CHECK_FAILS( upcalls->lpWPUSetEvent( NULL, &error ), FALSE, WSA_INVALID_HANDLE );
    ok( !upcalls->lpWPUSetEvent( NULL, NULL ), "WPUSetEvent succeeded.\n" );
    WSACleanup();
}

/* Contexts are whole pointers: the upper half is not lost. */
static void test_handles(void)
{
    DWORD_PTR wanted = (DWORD_PTR)(((ULONGLONG)0xfedcba98 << 32) | 0x76543210), context;
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s = 0, s2 = 0;
    int error;

    CHECK_SUCCEEDS( (s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, wanted, &error )) != INVALID_SOCKET );
    CHECK_SUCCEEDS( (s2 = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, wanted, &error )) != INVALID_SOCKET );
    ok( s != s2, "Got the same handle twice.\n" );
    CHECK_SUCCEEDS( !upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ));
    ok( context == wanted, "Got context %#Ix.\n", context );
    CHECK_FAILS( upcalls->lpWPUQuerySocketHandleContext( s, NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    CHECK_SUCCEEDS( !upcalls->lpWPUCloseSocketHandle( s, &error ));
    CHECK_FAILS( upcalls->lpWPUCloseSocketHandle( s, &error ), SOCKET_ERROR, WSAENOTSOCK );
    CHECK_FAILS( upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ), SOCKET_ERROR, WSAENOTSOCK );
    CHECK_SUCCEEDS( !upcalls->lpWPUQuerySocketHandleContext( s2, &context, &error ));
    ok( context == wanted, "Got context %#Ix.\n", context );
    CHECK_SUCCEEDS( !upcalls->lpWPUCloseSocketHandle( s2, &error ));

    CHECK_SUCCEEDS( (s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 0, &error )) != INVALID_SOCKET );
    context = 1;
    CHECK_SUCCEEDS( !upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ));
    ok( !context, "Got context %#Ix.\n", context );
    CHECK_SUCCEEDS( !upcalls->lpWPUCloseSocketHandle( s, &error ));

    CHECK_FAILS( upcalls->lpWPUCreateSocketHandle( 0xdeadbeef, 1, &error ), INVALID_SOCKET, WSAEINVAL );
    WSACleanup();
}

static void test_foreign_handles(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    SOCKET foreign[] = {base_socket( SOCK_STREAM ), (SOCKET)event, INVALID_SOCKET, 0, 0xdeadbeef, 0x12345678,
                        (SOCKET)GetCurrentProcess()};
    int error, type, len = sizeof(type);
    DWORD_PTR context;
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(foreign); i++)
    {
        winetest_push_context( "handle %#Ix", foreign[i] );
        CHECK_FAILS( upcalls->lpWPUQuerySocketHandleContext( foreign[i], &context, &error ), SOCKET_ERROR,
                     WSAENOTSOCK );
        CHECK_FAILS( upcalls->lpWPUCloseSocketHandle( foreign[i], &error ), SOCKET_ERROR, WSAENOTSOCK );
        winetest_pop_context();
    }
    ok( SetEvent( event ), "The event was closed.\n" );
    ok( !getsockopt( foreign[0], SOL_SOCKET, SO_TYPE, (char *)&type, &len ), "The socket was closed, error %d.\n",
        WSAGetLastError() );
    closesocket( foreign[0] );
    CloseHandle( event );
    WSACleanup();
}

static void test_many_handles(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET sockets[1000];
    DWORD_PTR i, context;
    int error = 0;

    for (i = 0; i < ARRAY_SIZE(sockets); i++)
    {
        sockets[i] = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, i + 1, &error );
        ok( sockets[i] != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    }
    for (i = 0; i < ARRAY_SIZE(sockets); i++)
    {
        context = 0;
        ok( !upcalls->lpWPUQuerySocketHandleContext( sockets[i], &context, &error ), "Got error %d.\n", error );
        ok( context == i + 1, "Got context %#Ix, expected %#Ix.\n", context, i + 1 );
        if (i & 1) ok( !upcalls->lpWPUCloseSocketHandle( sockets[i], &error ), "Got error %d.\n", error );
    }
    for (i = 0; i < ARRAY_SIZE(sockets); i++)
        ok( !upcalls->lpWPUQuerySocketHandleContext( sockets[i], &context, &error ) == !(i & 1),
            "Handle %#Ix is %s.\n", sockets[i], i & 1 ? "open" : "closed" );
    WSACleanup();
}

/* A non-IFS layer may keep its handle beyond closesocket(), for as long as it likes (§15.4). */
static void test_half_closed(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    SOCKET s, others[8];
    DWORD_PTR context;
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
        others[i] = base_socket( SOCK_STREAM );
        ok( others[i] != s, "The value was used again.\n" );
    }
    context = 0;
    CHECK_SUCCEEDS( !upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ));
    ok( context != 0, "Got no context.\n" );
    CHECK_SUCCEEDS( !upcalls->lpWPUCloseSocketHandle( s, &error ));
    CHECK_FAILS( upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ), SOCKET_ERROR, WSAENOTSOCK );
    CHECK_FAILS( upcalls->lpWPUCloseSocketHandle( s, &error ), SOCKET_ERROR, WSAENOTSOCK );
    for (i = 0; i < ARRAY_SIZE(others); i++) closesocket( others[i] );
    WSACleanup();
}

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
static void test_modify_ifs_handle(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    SOCKET s = base_socket( SOCK_STREAM );
    int error;

    check_owner( s, &layer, FALSE );
    CHECK_SUCCEEDS( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, s, &error ) == s );
    check_owner( s, &layer, TRUE );
    CHECK_SUCCEEDS( upcalls->lpWPUModifyIFSHandle( base.dwCatalogEntryId, s, &error ) == s );
    check_owner( s, &layer, FALSE );

    CHECK_FAILS( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, INVALID_SOCKET, &error ), INVALID_SOCKET, WSAEINVAL );
    CHECK_FAILS( upcalls->lpWPUModifyIFSHandle( layer.tcp_id, 0, &error ), INVALID_SOCKET, WSAEINVAL );
    CHECK_FAILS( upcalls->lpWPUModifyIFSHandle( 0xdeadbeef, s, &error ), INVALID_SOCKET, WSAEINVAL );
    check_owner( s, &layer, FALSE );
    closesocket( s );
    WSACleanup();
}

static void test_provider_path(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    static const WCHAR base_path[] = L"%SystemRoot%\\system32\\mswsock.dll";
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    GUID unknown = {0x12345678, 0, 0, {0}};
    WCHAR path[MAX_PATH];
    int error, len;

    len = ARRAY_SIZE(path);
    CHECK_SUCCEEDS( !upcalls->lpWPUGetProviderPath( &base.ProviderId, path, &len, &error ));
    ok( !wcsicmp( path, base_path ), "Got %s.\n", wine_dbgstr_w(path) );
    ok( len == ARRAY_SIZE(base_path), "Got length %d.\n", len );
    len = ARRAY_SIZE(path);
    CHECK_SUCCEEDS( !upcalls->lpWPUGetProviderPath( &layer.guid, path, &len, &error ));
    ok( !wcscmp( path, layer.path ), "Got %s, expected %s.\n", wine_dbgstr_w(path), wine_dbgstr_w(layer.path) );

    len = ARRAY_SIZE(base_path);
    CHECK_SUCCEEDS( !upcalls->lpWPUGetProviderPath( &base.ProviderId, path, &len, &error ));
    len = ARRAY_SIZE(base_path) - 1;
    CHECK_FAILS( upcalls->lpWPUGetProviderPath( &base.ProviderId, path, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    ok( len == ARRAY_SIZE(base_path), "Got length %d.\n", len );
    len = ARRAY_SIZE(path);
    CHECK_FAILS( upcalls->lpWPUGetProviderPath( &unknown, path, &len, &error ), SOCKET_ERROR, WSAEINVAL );
    CHECK_FAILS( upcalls->lpWPUGetProviderPath( &base.ProviderId, NULL, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    CHECK_FAILS( upcalls->lpWPUGetProviderPath( &base.ProviderId, path, NULL, &error ), SOCKET_ERROR, WSAEFAULT );
    CHECK_FAILS( upcalls->lpWPUGetProviderPath( NULL, path, &len, &error ), SOCKET_ERROR, WSAEFAULT );
    WSACleanup();
}

/* A pure function of the set: handles that ws2_32 has never seen are members too. */
static void test_fd_is_set(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, LAYER_IFS );
    fd_set set;

    FD_ZERO( &set );
    ok( !upcalls->lpWPUFDIsSet( 4, &set ), "Found a socket in an empty set.\n" );
    FD_SET( 4, &set );
    FD_SET( 0xdeadbeef, &set );
    ok( upcalls->lpWPUFDIsSet( 4, &set ), "Did not find a socket.\n" );
    ok( upcalls->lpWPUFDIsSet( 0xdeadbeef, &set ), "Did not find a socket.\n" );
    ok( !upcalls->lpWPUFDIsSet( 8, &set ), "Found another socket.\n" );
    ok( !upcalls->lpWPUFDIsSet( 4, NULL ), "Found a socket without a set.\n" );
    WSACleanup();
}

struct post
{
    const WSPUPCALLTABLE *upcalls;
    HWND window;
};

static DWORD WINAPI post_message( void *arg )
{
    struct post *post = arg;

    return post->upcalls->lpWPUPostMessage( post->window, WM_USER + 1, 0x1234, 0x5678 );
}

static void test_post_message(void)
{
    struct test_layer layer;
    struct post post = {get_upcalls( &layer, LAYER_IFS ), NULL};
    HANDLE thread;
    DWORD ret = 0;
    MSG msg;

    post.window = CreateWindowExW( 0, L"Static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    ok( post.window != NULL, "CreateWindowEx failed, error %lu.\n", GetLastError() );
    thread = CreateThread( NULL, 0, post_message, &post, 0, NULL );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &ret );
    ok( ret, "WPUPostMessage failed.\n" );
    CloseHandle( thread );
    ok( PeekMessageW( &msg, post.window, WM_USER + 1, WM_USER + 1, PM_REMOVE ), "There is no message.\n" );
    ok( msg.wParam == 0x1234 && msg.lParam == 0x5678, "Got %#Ix, %#Ix.\n", msg.wParam, msg.lParam );
    DestroyWindow( post.window );
    ok( !post_message( &post ), "WPUPostMessage succeeded for a window that is gone.\n" );
    WSACleanup();
}

/* The upcalls are there until ws2_32 goes. */
static void test_after_cleanup(void)
{
    struct test_layer layer;
    const WSPUPCALLTABLE *upcalls = get_upcalls( &layer, 0 );
    HANDLE event;
    DWORD_PTR context;
    SOCKET s;
    int error;

    s = upcalls->lpWPUCreateSocketHandle( layer.tcp_id, 1, &error );
    ok( s != INVALID_SOCKET, "WPUCreateSocketHandle failed, error %d.\n", error );
    WSACleanup();
    CHECK_FAILS( upcalls->lpWPUQuerySocketHandleContext( s, &context, &error ), SOCKET_ERROR, WSAENOTSOCK );
    CHECK_FAILS( upcalls->lpWPUCloseSocketHandle( s, &error ), SOCKET_ERROR, WSAENOTSOCK );
    CHECK_SUCCEEDS( (event = upcalls->lpWPUCreateEvent( &error )) != NULL );
    CHECK_SUCCEEDS( upcalls->lpWPUSetEvent( event, &error ));
    CHECK_SUCCEEDS( upcalls->lpWPUCloseEvent( event, &error ));
}

static const struct test_case cases[] =
{
    { "events", test_events },
    { "handles", test_handles },
    { "foreign_handles", test_foreign_handles },
    { "many_handles", test_many_handles },
    { "half_closed", test_half_closed },
    { "modify_ifs_handle", test_modify_ifs_handle },
    { "provider_path", test_provider_path },
    { "fd_is_set", test_fd_is_set },
    { "post_message", test_post_message },
    { "after_cleanup", test_after_cleanup },
};

START_TEST(upcall)
{
    run_cases( "upcall", cases, ARRAY_SIZE(cases) );
}
