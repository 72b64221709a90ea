/*
 * Tests of errors, of handles that are no sockets, and of values that are used again
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

#define RECEIVE_SOCKET "receive_socket"     /* the argument of a child process */

static void install_and_start( struct test_layer *layer, unsigned int flags )
{
    install_layer( layer, NULL, flags );
    load_layer( layer );
    start_winsock();
}

/* Values that are no socket, of this layer or at all. */
static void check_foreign( unsigned int flags )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    struct test_layer layer;
    SOCKET closed;

    install_and_start( &layer, flags );
    closed = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !closesocket( closed ), "closesocket failed, error %d.\n", WSAGetLastError() );
    clear_counts( &layer );

    check_all_fail( closed, WSAENOTSOCK );
    check_all_fail( 0, WSAENOTSOCK );
    check_all_fail( INVALID_SOCKET, WSAENOTSOCK );
    check_all_fail( (SOCKET)event, WSAENOTSOCK );
    check_all_fail( 0xdeadbeef, WSAENOTSOCK );
    check_all_fail( 0x12345678, WSAENOTSOCK );
    check_all_fail( 0x7ffffffc, WSAENOTSOCK );
    check_all_fail( (SOCKET)GetCurrentProcess(), WSAENOTSOCK );
    check_all_fail( (SOCKET)GetCurrentThread(), WSAENOTSOCK );
    ok( !sum_counts( &layer ), "The layer was called.\n" );

    ok( SetEvent( event ), "The event was closed.\n" );
    CloseHandle( event );
    WSACleanup();
}

/* What a provider fails with is the thread's last error, whatever it is. */
static void check_failures( unsigned int flags )
{
    static const int codes[] = {WSAENETDOWN, 12345, 0};
    struct test_layer layer;
    SOCKET s, client, server;
    unsigned int i;

    install_and_start( &layer, flags );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    layer.control->fail_function = TESTLSP_FUNCTION_COUNT;
    for (i = 0; i < ARRAY_SIZE(codes); i++)
    {
        layer.control->fail_error = codes[i];
        layer.control->fail_count = 1000000;
        check_provider_fails( s, codes[i] );
        SetLastError( 0xdeadbeef );
        ok( socket( AF_INET, SOCK_STREAM, 0 ) == INVALID_SOCKET, "socket succeeded.\n" );
        ok( WSAGetLastError() == codes[i], "Got error %d, expected %d.\n", WSAGetLastError(), codes[i] );
    }
    layer.control->fail_count = 0;
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    tcp_pair( &client, &server );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

/* Some providers leave rubbish in *lpErrno when they succeed (§2.7). */
static void check_garbage( unsigned int flags )
{
    struct sockaddr_in addr = loopback_addr( 0 );
    int len = sizeof(addr), value = 1;
    struct test_layer layer;
    u_long yes = 1;
    SOCKET s;

    install_and_start( &layer, flags );
    layer.control->garbage_error = TRUE;
#define CHECK( call ) \
    do \
    { \
        SetLastError( 0x1234 ); \
        ok( (call), #call " failed, error %d.\n", WSAGetLastError() ); \
        ok( WSAGetLastError() != TESTLSP_GARBAGE, #call " changed the last error.\n" ); \
    } while (0)
    CHECK( (s = socket( AF_INET, SOCK_DGRAM, 0 )) != INVALID_SOCKET );
    CHECK( !bind( s, (struct sockaddr *)&addr, sizeof(addr) ));
    CHECK( !getsockname( s, (struct sockaddr *)&addr, &len ));
    CHECK( !setsockopt( s, SOL_SOCKET, SO_BROADCAST, (char *)&value, sizeof(value) ));
    CHECK( !ioctlsocket( s, FIONBIO, &yes ));
    CHECK( sendto( s, "abc", 3, 0, (struct sockaddr *)&addr, sizeof(addr) ) == 3 );
    CHECK( !connect( s, (struct sockaddr *)&addr, sizeof(addr) ));
    CHECK( send( s, "abc", 3, 0 ) == 3 );
    CHECK( !closesocket( s ));
#undef CHECK
    WSACleanup();
}

/* WSAEWOULDBLOCK from WSPCloseSocket: the socket stays as it is (§5.2). */
static void check_close_would_block( unsigned int flags )
{
    SOCKET client, server;
    struct test_layer layer;

    install_and_start( &layer, flags );
    tcp_pair( &client, &server );
    layer.control->fail_function = TESTLSP_CLOSE_SOCKET;
    layer.control->fail_error = WSAEWOULDBLOCK;
    layer.control->fail_count = 2;
    ok( closesocket( client ) == SOCKET_ERROR, "closesocket succeeded.\n" );
    ok( WSAGetLastError() == WSAEWOULDBLOCK, "Got error %d.\n", WSAGetLastError() );
    check_echo( client, server );
    ok( closesocket( client ) == SOCKET_ERROR, "closesocket succeeded.\n" );
    ok( WSAGetLastError() == WSAEWOULDBLOCK, "Got error %d.\n", WSAGetLastError() );
    check_echo( client, server );
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( closesocket( client ) == SOCKET_ERROR && WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n",
        WSAGetLastError() );
    closesocket( server );
    WSACleanup();
}

/* Opens sockets of the base until one has a value, which must be free; INVALID_SOCKET if none gets it. */
static SOCKET open_base_socket( SOCKET wanted )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    SOCKET sockets[8], ret = INVALID_SOCKET;
    unsigned int i, count;

    for (count = 0; count < ARRAY_SIZE(sockets) && ret == INVALID_SOCKET; count++)
    {
        sockets[count] = WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, 0 );
        ok( sockets[count] != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
        if (sockets[count] == wanted) ret = wanted;
    }
    for (i = 0; i < count; i++)
        if (sockets[i] != ret) ok( !closesocket( sockets[i] ), "closesocket failed, error %d.\n", WSAGetLastError() );
    return ret;
}

static void check_socket_type( SOCKET s )
{
    int value, len = sizeof(value);

    ok( !getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&value, &len ), "getsockopt failed, error %d.\n",
        WSAGetLastError() );
    ok( value == SOCK_STREAM, "Got type %d.\n", value );
}

/* The kernel gives the value of a closed socket to the next one, whosever that is. */
static void check_reuse( unsigned int flags )
{
    struct test_layer layer;
    unsigned int i;
    SOCKET s;

    install_and_start( &layer, flags );
    for (i = 0; i < 50; i++)
    {
        s = socket( AF_INET, SOCK_STREAM, 0 );
        ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
        ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
        clear_counts( &layer );

        s = open_base_socket( s );
        ok( s != INVALID_SOCKET, "The value was not used again.\n" );
        check_socket_type( s );
        ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
        ok( !sum_counts( &layer ), "The layer was called for a socket of the base.\n" );

        s = socket( AF_INET, SOCK_STREAM, 0 );
        clear_counts( &layer );
        check_socket_type( s );
        expect_call( &layer, TESTLSP_GET_SOCK_OPT );
        closesocket( s );
    }
    ok( !layer.control->bad_contexts, "%ld contexts were wrong.\n", layer.control->bad_contexts );
    WSACleanup();
}

static DWORD WINAPI churn( void *arg )
{
    LONG *errors = arg;
    unsigned int i;
    int type, len;
    SOCKET s;

    for (i = 0; i < 300; i++)
    {
        int wanted = i & 1 ? SOCK_STREAM : SOCK_DGRAM;

        if ((s = socket( AF_INET, wanted, 0 )) == INVALID_SOCKET) InterlockedIncrement( errors );
        len = sizeof(type);
        if (getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) || type != wanted) InterlockedIncrement( errors );
        if (closesocket( s )) InterlockedIncrement( errors );
    }
    return 0;
}

/* Threads take each other's values over while WSPCloseSocket is on its way back. */
static void check_reuse_threads( unsigned int flags )
{
    struct test_layer layer;
    HANDLE threads[4];
    LONG errors = 0;
    unsigned int i;

    install_and_start( &layer, flags );
    for (i = 0; i < 4; i++) threads[i] = CreateThread( NULL, 0, churn, &errors, 0, NULL );
    ok( !WaitForMultipleObjects( 4, threads, TRUE, 20000 ), "The threads hang.\n" );
    for (i = 0; i < 4; i++) CloseHandle( threads[i] );
    ok( !errors, "%ld calls failed.\n", errors );
    ok( !layer.control->bad_contexts, "%ld contexts were wrong.\n", layer.control->bad_contexts );
    ok( layer.control->counts[TESTLSP_SOCKET] == 1200, "Got %ld sockets.\n", layer.control->counts[TESTLSP_SOCKET] );
    ok( layer.control->counts[TESTLSP_CLOSE_SOCKET] == 1200, "Got %ld closes.\n",
        layer.control->counts[TESTLSP_CLOSE_SOCKET] );
    WSACleanup();
}

static DWORD WINAPI close_thread( void *arg )
{
    return closesocket( *(SOCKET *)arg );
}

/* The value is another socket's by the time that WSPCloseSocket returns (§4.7.1). */
static void check_close_race( unsigned int flags )
{
    struct test_layer layer;
    SOCKET s, sockets[8];
    unsigned int i, count;
    DWORD ret = 1;
    HANDLE thread;

    install_and_start( &layer, flags );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    layer.control->close_delay = 1000;
    thread = CreateThread( NULL, 0, close_thread, &s, 0, NULL );
    Sleep( 300 );
    for (count = 0; count < ARRAY_SIZE(sockets); count++)
    {
        sockets[count] = socket( AF_INET, SOCK_STREAM, 0 );
        if (sockets[count] == s) break;
    }
    ok( count < ARRAY_SIZE(sockets), "The value was not used again.\n" );
    check_socket_type( s );
    ok( WaitForSingleObject( thread, 0 ) == WAIT_TIMEOUT, "closesocket has returned too early.\n" );
    ok( !WaitForSingleObject( thread, 10000 ), "closesocket hangs.\n" );
    GetExitCodeThread( thread, &ret );
    ok( !ret, "closesocket failed.\n" );
    CloseHandle( thread );

    layer.control->close_delay = 0;
    clear_counts( &layer );
    check_socket_type( s );
    expect_call( &layer, TESTLSP_GET_SOCK_OPT );
    for (i = 0; i < count; i++) closesocket( sockets[i] );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
}

/* The structure that WSADuplicateSocket fills leads WSASocket to the layer, with the ticket of the base. */
static void check_duplicate( unsigned int flags )
{
    SOCKET client, server, copy;
    WSAPROTOCOL_INFOW info;
    struct test_layer layer;

    install_and_start( &layer, flags );
    tcp_pair( &client, &server );
    ok( !WSADuplicateSocketW( client, GetCurrentProcessId(), &info ), "WSADuplicateSocket failed, error %d.\n",
        WSAGetLastError() );
    ok( info.dwCatalogEntryId == layer.tcp_id, "Got entry %lu, expected %lu.\n", info.dwCatalogEntryId,
        layer.tcp_id );
    clear_counts( &layer );
    copy = WSASocketW( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0, 0 );
    ok( copy != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    ok( copy != client, "Got the same socket.\n" );
    expect_args( &layer, TESTLSP_SOCKET, (ULONG_PTR)-1, (ULONG_PTR)-1, (ULONG_PTR)-1, layer.tcp_id,
                 info.dwProviderReserved );
    expect_call( &layer, TESTLSP_SOCKET );
    check_echo( copy, server );
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    check_echo( copy, server );
    ok( !closesocket( copy ), "closesocket failed, error %d.\n", WSAGetLastError() );
    closesocket( server );
    WSACleanup();
}

static void check_select( SOCKET ready, SOCKET idle )
{
    struct timeval timeout = {5, 0};
    fd_set set;
    int ret;

    FD_ZERO( &set );
    FD_SET( idle, &set );
    FD_SET( ready, &set );
    ret = select( 0, &set, NULL, NULL, &timeout );
    ok( ret == 1, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( set.fd_count == 1 && set.fd_array[0] == ready, "Got %u sockets.\n", set.fd_count );

    FD_ZERO( &set );
    FD_SET( ready, &set );
    FD_SET( idle, &set );
    ret = select( 0, NULL, &set, NULL, &timeout );
    ok( ret == 2, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( set.fd_count == 2 && set.fd_array[0] == ready && set.fd_array[1] == idle, "Got %u sockets.\n", set.fd_count );
}

/* What two processes share to hand a socket over. */
struct handover
{
    HANDLE mapping, ready;
    WSAPROTOCOL_INFOW *info;
};

static void open_handover( struct handover *handover, const char *id )
{
    char name[64];

    snprintf( name, sizeof(name), "winelsp-test-info-%s", id );
    handover->mapping = CreateFileMappingA( INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, sizeof(*handover->info),
                                            name );
    handover->info = MapViewOfFile( handover->mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0 );
    ok( handover->info != NULL, "MapViewOfFile failed, error %lu.\n", GetLastError() );
    snprintf( name, sizeof(name), "winelsp-test-ready-%s", id );
    handover->ready = CreateEventA( NULL, TRUE, FALSE, name );
}

static void close_handover( struct handover *handover )
{
    UnmapViewOfFile( handover->info );
    CloseHandle( handover->mapping );
    CloseHandle( handover->ready );
}

/* Runs in a child process, which finds the layer in the catalog. */
static void receive_socket( const char *id )
{
    struct test_layer layer = {.path = {0}};
    struct handover handover;
    SOCKET s;

    open_handover( &handover, id );
    get_test_path( L"testlsp.dll", layer.path );
    load_layer( &layer );
    start_winsock();
    ok( !WaitForSingleObject( handover.ready, 10000 ), "The other process is not ready.\n" );
    s = WSASocketW( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, handover.info, 0, 0 );
    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    ok( layer.control->counts[TESTLSP_SOCKET] == 1, "WSPSocket was called %ld times.\n",
        layer.control->counts[TESTLSP_SOCKET] );
    ok( send( s, "from the child", 14, 0 ) == 14, "send failed, error %d.\n", WSAGetLastError() );
    ok( layer.control->counts[TESTLSP_SEND] == 1, "WSPSend was called %ld times.\n",
        layer.control->counts[TESTLSP_SEND] );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
    close_handover( &handover );
}

static void check_other_process( unsigned int flags )
{
    struct handover handover;
    struct test_layer layer;
    SOCKET client, server;
    char id[16], buffer[32];
    HANDLE process;
    int ret;

    install_and_start( &layer, flags );
    tcp_pair( &client, &server );
    snprintf( id, sizeof(id), "%lx", GetCurrentProcessId() );
    open_handover( &handover, id );
    process = run_child( "handles", RECEIVE_SOCKET, id );
    ok( !WSADuplicateSocketW( client, GetProcessId( process ), handover.info ),
        "WSADuplicateSocket failed, error %d.\n", WSAGetLastError() );
    SetEvent( handover.ready );
    ret = recv( server, buffer, sizeof(buffer), 0 );
    ok( ret == 14 && !memcmp( buffer, "from the child", 14 ), "recv returned %d, error %d.\n", ret, WSAGetLastError() );
    wait_child( process, 15000 );
    check_echo( client, server );
    close_handover( &handover );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

/* Programs that take a socket for a file close it by CloseHandle(). The layer never hears of it, and later the value
 * is that of a handle of the base, and of a new socket of the layer. */
static void check_lost_handle( unsigned int flags )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_DGRAM );
    struct test_layer layer;
    SOCKET lost, s[64];
    unsigned int i;
    BOOL reused = FALSE;

    install_and_start( &layer, flags );
    lost = socket( AF_INET, SOCK_DGRAM, 0 );
    ok( lost != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    CloseHandle( (HANDLE)lost );
    for (i = 0; i < ARRAY_SIZE(s); ++i)
    {
        if (i % 2) s[i] = socket( AF_INET, SOCK_DGRAM, 0 );
        else s[i] = WSASocketW( AF_INET, SOCK_DGRAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
        ok( s[i] != INVALID_SOCKET, "%u: no socket, error %d.\n", i, WSAGetLastError() );
        if (s[i] == lost) reused = TRUE;
    }
    ok( reused, "The value was not used again.\n" );

    clear_counts( &layer );
    for (i = 0; i < ARRAY_SIZE(s); ++i)
        ok( !closesocket( s[i] ), "%u: closesocket failed, error %d.\n", i, WSAGetLastError() );
    ok( layer.control->counts[TESTLSP_CLOSE_SOCKET] == ARRAY_SIZE(s) / 2, "The layer closed %ld sockets.\n",
        layer.control->counts[TESTLSP_CLOSE_SOCKET] );
    WSACleanup();
}

/* Sockets of the layer and of the base in one call. A layer whose handle is not the base's sees the call only if it
 * wants to (§8). */
static void check_mixed_select( unsigned int flags )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_DGRAM );
    struct sockaddr_in addr = loopback_addr( 0 );
    struct test_layer layer;
    int len = sizeof(addr);
    SOCKET s, other;

    install_and_start( &layer, flags );
    s = bound_socket( SOCK_DGRAM, NULL );
    other = WSASocketW( AF_INET, SOCK_DGRAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
    ok( !bind( other, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n", WSAGetLastError() );
    ok( !getsockname( other, (struct sockaddr *)&addr, &len ), "getsockname failed, error %d.\n", WSAGetLastError() );
    ok( sendto( s, "x", 1, 0, (struct sockaddr *)&addr, sizeof(addr) ) == 1, "sendto failed, error %d.\n",
        WSAGetLastError() );

    clear_counts( &layer );
    layer.control->no_claim = TRUE;
    check_select( other, s );
    ok( !layer.control->counts[TESTLSP_SELECT] == !(flags & LAYER_IFS), "WSPSelect was called %ld times.\n",
        layer.control->counts[TESTLSP_SELECT] );
    layer.control->no_claim = FALSE;
    check_select( other, s );
    ok( layer.control->counts[TESTLSP_SELECT], "WSPSelect was not called.\n" );
    closesocket( s );
    closesocket( other );
    WSACleanup();
}

/* An IFS layer may take the functions below it into its table, but for a few (§15.2). */
static void test_partial(void)
{
    SOCKET client, server;
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    layer.control->partial = TRUE;
    start_winsock();
    tcp_pair( &client, &server );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 2, "WSPSocket was not called for each.\n" );
    ok( take_count( &layer, TESTLSP_ACCEPT ) == 1, "WSPAccept was not called.\n" );
    clear_counts( &layer );
    check_echo( client, server );
    ok( !sum_counts( &layer ), "The layer was called for what is not its own.\n" );
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !closesocket( server ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( take_count( &layer, TESTLSP_CLOSE_SOCKET ) == 2, "WSPCloseSocket was not called for each.\n" );
    WSACleanup();
}

#define IFS_AND_NON_IFS( name ) \
    static void test_##name##_ifs(void) { check_##name( LAYER_IFS ); } \
    static void test_##name##_non_ifs(void) { check_##name( 0 ); }

IFS_AND_NON_IFS( foreign )
IFS_AND_NON_IFS( failures )
IFS_AND_NON_IFS( garbage )
IFS_AND_NON_IFS( close_would_block )
IFS_AND_NON_IFS( reuse )
IFS_AND_NON_IFS( reuse_threads )
IFS_AND_NON_IFS( close_race )
IFS_AND_NON_IFS( duplicate )
IFS_AND_NON_IFS( other_process )
IFS_AND_NON_IFS( lost_handle )
IFS_AND_NON_IFS( mixed_select )

static const struct test_case cases[] =
{
    { "foreign_ifs", test_foreign_ifs },
    { "foreign_non_ifs", test_foreign_non_ifs },
    { "failures_ifs", test_failures_ifs },
    { "failures_non_ifs", test_failures_non_ifs },
    { "garbage_ifs", test_garbage_ifs },
    { "garbage_non_ifs", test_garbage_non_ifs },
    { "close_would_block_ifs", test_close_would_block_ifs },
    { "close_would_block_non_ifs", test_close_would_block_non_ifs },
    { "reuse_ifs", test_reuse_ifs },
    { "reuse_non_ifs", test_reuse_non_ifs },
    { "reuse_threads_ifs", test_reuse_threads_ifs },
    { "reuse_threads_non_ifs", test_reuse_threads_non_ifs },
    { "close_race_ifs", test_close_race_ifs },
    { "close_race_non_ifs", test_close_race_non_ifs },
    { "duplicate_ifs", test_duplicate_ifs },
    { "duplicate_non_ifs", test_duplicate_non_ifs },
    { "other_process_ifs", test_other_process_ifs },
    { "other_process_non_ifs", test_other_process_non_ifs },
    { "lost_handle_ifs", test_lost_handle_ifs },
    { "lost_handle_non_ifs", test_lost_handle_non_ifs },
    { "mixed_select_ifs", test_mixed_select_ifs },
    { "mixed_select_non_ifs", test_mixed_select_non_ifs },
    { "partial", test_partial },
};

START_TEST(handles)
{
    char **argv;

    if (winetest_get_mainargs( &argv ) > 3 && !strcmp( argv[2], RECEIVE_SOCKET ))
    {
        receive_socket( argv[3] );
        return;
    }
    run_cases( "handles", cases, ARRAY_SIZE(cases) );
}
