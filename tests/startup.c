/*
 * Tests of how providers are selected, started and stopped
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

static SOCKET open_socket( int type )
{
    SOCKET s = socket( AF_INET, type, 0 );

    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    return s;
}

static void check_upcalls( const struct testlsp_instance *instance )
{
    void *const *slots = (void *const *)&instance->upcalls;
    unsigned int i;

    for (i = 0; i < 15; i++) ok( slots[i] != NULL, "Upcall %u is NULL.\n", i );
}

/* The chain entry is what WSPStartup gets, never the layer's own entry or the base's (§2.4). */
static void check_instance( const struct testlsp_instance *instance, DWORD chain_id, DWORD layer_id, int type )
{
    WSAPROTOCOL_INFOW entry, base = get_base_entry( AF_INET, type );

    ok( get_entry( chain_id, &entry ), "Entry %lu is not there.\n", chain_id );
    ok( instance->version == MAKEWORD( 2, 2 ), "Got version %#x.\n", instance->version );
    ok( instance->info.dwCatalogEntryId == chain_id, "Got entry %lu, expected %lu.\n",
        instance->info.dwCatalogEntryId, chain_id );
    ok( !memcmp( &instance->info, &entry, sizeof(entry) ), "The structure differs from the catalog's.\n" );
    ok( instance->info.ProtocolChain.ChainLen == 2, "Got chain length %d.\n", instance->info.ProtocolChain.ChainLen );
    ok( instance->info.ProtocolChain.ChainEntries[0] == layer_id, "Got %lu first, expected %lu.\n",
        instance->info.ProtocolChain.ChainEntries[0], layer_id );
    ok( instance->info.ProtocolChain.ChainEntries[1] == base.dwCatalogEntryId, "Got %lu second, expected %lu.\n",
        instance->info.ProtocolChain.ChainEntries[1], base.dwCatalogEntryId );
    check_upcalls( instance );
}

static void check_start( unsigned int flags )
{
    struct test_layer layer;
    struct testlsp *control;
    SOCKET s, s2;

    install_layer( &layer, NULL, flags );
    load_layer( &layer );
    control = layer.control;
    start_winsock();
    ok( !control->counts[TESTLSP_STARTUP], "The provider was started without need.\n" );

    s = open_socket( SOCK_STREAM );
    ok( take_count( &layer, TESTLSP_STARTUP ) == 1, "The provider was not started once.\n" );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 1, "WSPSocket was not called once.\n" );
    check_instance( &control->instances[0], layer.tcp_id, layer.id, SOCK_STREAM );

    s2 = open_socket( SOCK_STREAM );
    ok( !take_count( &layer, TESTLSP_STARTUP ), "The provider was started again.\n" );
    closesocket( s2 );

    s2 = open_socket( SOCK_DGRAM );
    ok( take_count( &layer, TESTLSP_STARTUP ) == 1, "The second provider was not started once.\n" );
    check_instance( &control->instances[1], layer.udp_id, layer.id, SOCK_DGRAM );
    ok( !memcmp( &control->instances[0].upcalls, &control->instances[1].upcalls, sizeof(WSPUPCALLTABLE) ),
        "The upcall tables differ.\n" );
    closesocket( s2 );
    closesocket( s );

    ok( !control->counts[TESTLSP_CLEANUP], "WSPCleanup was called early.\n" );
    WSACleanup();
    ok( take_count( &layer, TESTLSP_CLEANUP ) == 2, "Not every start got its WSPCleanup.\n" );
}

static void test_start_ifs(void)
{
    check_start( LAYER_IFS );
}

static void test_start_non_ifs(void)
{
    check_start( 0 );
}

static void test_start_chains(void)
{
    check_start( LAYER_IFS | LAYER_CHAINS );
}

static void test_start_chains_non_ifs(void)
{
    check_start( LAYER_CHAINS );
}

/* One instance for a ProviderId, whatever the number of its entries (§2.5). */
static void test_one_guid(void)
{
    struct test_layer layer;
    SOCKET s, s2;

    install_layer( &layer, NULL, LAYER_IFS | LAYER_ONE_GUID );
    load_layer( &layer );
    start_winsock();
    s = open_socket( SOCK_DGRAM );
    s2 = open_socket( SOCK_STREAM );
    ok( layer.control->counts[TESTLSP_STARTUP] == 1, "Got %ld starts.\n", layer.control->counts[TESTLSP_STARTUP] );
    ok( layer.control->args[TESTLSP_STARTUP][4] == layer.udp_id, "Started with entry %Iu, expected %lu.\n",
        layer.control->args[TESTLSP_STARTUP][4], layer.udp_id );
    ok( layer.control->counts[TESTLSP_SOCKET] == 2, "Got %ld sockets.\n", layer.control->counts[TESTLSP_SOCKET] );
    ok( layer.control->args[TESTLSP_SOCKET][3] == layer.tcp_id, "Got a socket of entry %Iu, expected %lu.\n",
        layer.control->args[TESTLSP_SOCKET][3], layer.tcp_id );
    closesocket( s );
    closesocket( s2 );
    WSACleanup();
    ok( layer.control->counts[TESTLSP_CLEANUP] == 1, "Got %ld cleanups.\n", layer.control->counts[TESTLSP_CLEANUP] );
}

static void test_restart(void)
{
    struct test_layer layer;
    SOCKET s;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    start_winsock();
    s = open_socket( SOCK_STREAM );
    WSACleanup();
    ok( !layer.control->counts[TESTLSP_CLEANUP], "WSPCleanup was called before the last WSACleanup.\n" );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
    ok( layer.control->counts[TESTLSP_CLEANUP] == 1, "Got %ld cleanups.\n", layer.control->counts[TESTLSP_CLEANUP] );

    start_winsock();
    s = open_socket( SOCK_STREAM );
    ok( layer.control->counts[TESTLSP_STARTUP] == 2, "Got %ld starts.\n", layer.control->counts[TESTLSP_STARTUP] );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
    ok( layer.control->counts[TESTLSP_CLEANUP] == 2, "Got %ld cleanups.\n", layer.control->counts[TESTLSP_CLEANUP] );
}

/* Sockets that the application leaves open are the provider's to close, and nobody's afterwards. */
static void test_left_open(void)
{
    struct test_layer layer;
    SOCKET s, s2;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    s = open_socket( SOCK_STREAM );
    WSACleanup();
    start_winsock();
    clear_counts( &layer );
    ok( closesocket( s ) == SOCKET_ERROR, "closesocket succeeded.\n" );
    ok( WSAGetLastError() == WSAENOTSOCK, "Got error %d.\n", WSAGetLastError() );
    ok( !layer.control->counts[TESTLSP_CLOSE_SOCKET], "WSPCloseSocket was called.\n" );
    s2 = open_socket( SOCK_STREAM );
    ok( !closesocket( s2 ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
}

static void start_recv( SOCKET s, OVERLAPPED *overlapped )
{
    static char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD flags = 0;

    ok( WSARecv( s, &buf, 1, NULL, &flags, overlapped, NULL ) == SOCKET_ERROR && WSAGetLastError() == WSA_IO_PENDING,
        "WSARecv gave error %d.\n", WSAGetLastError() );
}

/* The last WSACleanup with an overlapped call in progress. */
static void check_left_pending( unsigned int flags )
{
    static OVERLAPPED overlapped;
    SOCKET client, server;
    struct test_layer layer;

    install_layer( &layer, NULL, flags );
    load_layer( &layer );
    start_winsock();
    tcp_pair( &client, &server );
    start_recv( server, &overlapped );
    ok( !WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
    ok( layer.control->counts[TESTLSP_CLEANUP] == 1, "Got %ld cleanups.\n", layer.control->counts[TESTLSP_CLEANUP] );
    start_winsock();
    tcp_pair( &client, &server );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static void test_left_pending_ifs(void)
{
    check_left_pending( LAYER_IFS );
}

static void test_left_pending_non_ifs(void)
{
    check_left_pending( 0 );
}

/* The process ends with everything left as it is; the layer cleans up in its DllMain (§15.6). If that fails, the
 * parent sees it by the exit code. */
static void check_no_cleanup( unsigned int flags )
{
    static OVERLAPPED overlapped;
    SOCKET client, server;
    struct test_layer layer;

    install_layer( &layer, NULL, flags );
    load_layer( &layer );
    layer.control->clean_up_late = TRUE;
    start_winsock();
    tcp_pair( &client, &server );
    start_recv( server, &overlapped );
}

static void test_no_cleanup_ifs(void)
{
    check_no_cleanup( LAYER_IFS );
}

static void test_no_cleanup_non_ifs(void)
{
    check_no_cleanup( 0 );
}

/* WSPCleanup comes before the DLL is freed, and its result says nothing. */
static void check_detach( BOOL cleanup_fails )
{
    struct testlsp_detach detach = {0};
    struct test_layer layer;
    int ret;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    layer.control->detach = &detach;
    layer.control->cleanup_fails = cleanup_fails;
    start_winsock();
    closesocket( open_socket( SOCK_STREAM ));
    closesocket( open_socket( SOCK_DGRAM ));
    unload_layer( &layer );
    ok( !detach.detached, "The provider is unloaded already.\n" );
    ret = WSACleanup();
    ok( !ret, "WSACleanup failed, error %d.\n", WSAGetLastError() );
    ok( detach.detached, "The provider is still loaded.\n" );
    ok( detach.starts == 2, "Got %ld starts.\n", detach.starts );
    ok( detach.cleanups == 2, "Got %ld cleanups before the DLL went.\n", detach.cleanups );
}

static void test_detach(void)
{
    check_detach( FALSE );
}

static void test_cleanup_fails(void)
{
    check_detach( TRUE );
}

static DWORD WINAPI open_socket_thread( void *arg )
{
    *(SOCKET *)arg = socket( AF_INET, SOCK_STREAM, 0 );
    return WSAGetLastError();
}

/* socket() inside WSPStartup of the provider that is being started, with a lock of the provider's held. */
static void test_recursion(void)
{
    struct test_layer layer;
    HANDLE thread;
    SOCKET s = 0;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    layer.control->startup = TESTLSP_STARTUP_OPENS_SOCKET;
    layer.control->startup_value = IPPROTO_TCP;
    start_winsock();
    thread = CreateThread( NULL, 0, open_socket_thread, &s, 0, NULL );
    ok( !WaitForSingleObject( thread, 10000 ), "The call hangs.\n" );
    CloseHandle( thread );
    ok( layer.control->opened_socket == INVALID_SOCKET, "Got socket %#Ix.\n", layer.control->opened_socket );
    ok( layer.control->opened_error == WSAEPROVIDERFAILEDINIT || layer.control->opened_error == WSAEINPROGRESS,
        "Got error %d.\n", layer.control->opened_error );
    ok( s && s != INVALID_SOCKET, "Got socket %#Ix.\n", s );
    ok( layer.control->counts[TESTLSP_STARTUP] == 1, "Got %ld starts.\n", layer.control->counts[TESTLSP_STARTUP] );
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
    WSACleanup();
}

/* Threads that need the provider at the same time: one starts it, all of them wait for that. */
static void test_threads(void)
{
    struct test_layer layer;
    HANDLE threads[8];
    SOCKET sockets[8];
    unsigned int i;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    for (i = 0; i < 8; i++)
        threads[i] = CreateThread( NULL, 0, open_socket_thread, &sockets[i], CREATE_SUSPENDED, NULL );
    for (i = 0; i < 8; i++) ResumeThread( threads[i] );
    ok( !WaitForMultipleObjects( 8, threads, TRUE, 15000 ), "The threads hang.\n" );
    for (i = 0; i < 8; i++)
    {
        CloseHandle( threads[i] );
        ok( sockets[i] != INVALID_SOCKET, "Thread %u got no socket.\n", i );
        ok( !closesocket( sockets[i] ), "closesocket failed, error %d.\n", WSAGetLastError() );
    }
    ok( layer.control->counts[TESTLSP_STARTUP] == 1, "Got %ld starts.\n", layer.control->counts[TESTLSP_STARTUP] );
    ok( layer.control->counts[TESTLSP_SOCKET] == 8, "Got %ld sockets.\n", layer.control->counts[TESTLSP_SOCKET] );
    WSACleanup();
    ok( layer.control->counts[TESTLSP_CLEANUP] == 1, "Got %ld cleanups.\n", layer.control->counts[TESTLSP_CLEANUP] );
}

static DWORD WINAPI use_sockets( void *stop )
{
    DWORD count = 0;
    SOCKET s;

    for (; WaitForSingleObject( stop, 0 ); count++)
    {
        if ((s = socket( AF_INET, SOCK_STREAM, 0 )) == INVALID_SOCKET) return 0;
        closesocket( s );
    }
    return count;
}

/* A provider holds one lock of its own in WSPStartup, from where it calls ws2_32, and in the calls of its sockets. */
static void test_lock_order(void)
{
    HANDLE thread, stop = CreateEventW( NULL, TRUE, FALSE, NULL );
    struct test_layer layer;
    DWORD count;
    SOCKET s;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    start_winsock();
    closesocket( open_socket( SOCK_STREAM ));
    thread = CreateThread( NULL, 0, use_sockets, stop, 0, NULL );
    Sleep( 50 );
    s = open_socket( SOCK_DGRAM );  /* starts the second provider of the same DLL */
    Sleep( 50 );
    SetEvent( stop );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &count );
    ok( count > 0, "The thread opened no socket.\n" );
    ok( layer.control->counts[TESTLSP_STARTUP] == 2, "Got %ld starts.\n", layer.control->counts[TESTLSP_STARTUP] );
    ok( !layer.control->bad_contexts, "%ld contexts were wrong.\n", layer.control->bad_contexts );
    closesocket( s );
    CloseHandle( thread );
    CloseHandle( stop );
    WSACleanup();
}

static void check_not_initialised(void)
{
    struct sockaddr_in addr = loopback_addr( 0 );
    WCHAR string[64], text[] = L"127.0.0.1";
    DWORD size = ARRAY_SIZE(string), zero = 0;
    int len = sizeof(addr);
    struct addrinfo *info;
    char name[256];

    check_all_fail( INVALID_SOCKET, WSANOTINITIALISED );
    check_all_fail( 4, WSANOTINITIALISED );
#define CHECK( call, failure ) \
    do \
    { \
        SetLastError( 0xdeadbeef ); \
        ok( (call) == (failure), #call " succeeded.\n" ); \
        ok( WSAGetLastError() == WSANOTINITIALISED, #call ": got error %d.\n", WSAGetLastError() ); \
    } while (0)
    CHECK( socket( AF_INET, SOCK_STREAM, 0 ), INVALID_SOCKET );
    CHECK( WSASocketA( AF_INET, SOCK_STREAM, 0, NULL, 0, 0 ), INVALID_SOCKET );
    CHECK( WSASocketW( AF_INET, SOCK_STREAM, 0, NULL, 0, 0 ), INVALID_SOCKET );
    CHECK( WSAEnumProtocolsW( NULL, NULL, &zero ), SOCKET_ERROR );
    CHECK( gethostbyname( "localhost" ), NULL );
    CHECK( WSACleanup(), SOCKET_ERROR );
#undef CHECK

    /* Windows refuses these, too; parts of Wine call them without WSAStartup: wbemprox, wineboot, jsproxy (8.0). */
    ok( !WSAAddressToStringW( (struct sockaddr *)&addr, len, NULL, string, &size ), "Got error %d.\n",
        WSAGetLastError() );
    ok( !wcscmp( string, text ), "Got %s.\n", wine_dbgstr_w( string ) );
    ok( !WSAStringToAddressW( text, AF_INET, NULL, (struct sockaddr *)&addr, &len ), "Got error %d.\n",
        WSAGetLastError() );
    ok( !gethostname( name, sizeof(name) ), "Got error %d.\n", WSAGetLastError() );
    ok( !getaddrinfo( "127.0.0.1", NULL, NULL, &info ), "Got error %d.\n", WSAGetLastError() );
    freeaddrinfo( info );
}

static void test_not_started(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    check_not_initialised();
    start_winsock();
    closesocket( open_socket( SOCK_STREAM ));
    WSACleanup();
    clear_counts( &layer );
    check_not_initialised();
    ok( !sum_counts( &layer ), "The provider was called.\n" );
}

/* For tests/server-calls.sh: all that a client and a server need. */
static void test_marked(void)
{
    SOCKET client, server;

    mark( "start" );
    start_winsock();
    tcp_pair( &client, &server );
    mark( "end" );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "start_ifs", test_start_ifs },
    { "start_non_ifs", test_start_non_ifs },
    { "start_chains", test_start_chains },
    { "start_chains_non_ifs", test_start_chains_non_ifs },
    { "one_guid", test_one_guid },
    { "restart", test_restart },
    { "left_open", test_left_open },
    { "left_pending_ifs", test_left_pending_ifs },
    { "left_pending_non_ifs", test_left_pending_non_ifs },
    { "no_cleanup_ifs", test_no_cleanup_ifs },
    { "no_cleanup_non_ifs", test_no_cleanup_non_ifs },
    { "detach", test_detach },
    { "cleanup_fails", test_cleanup_fails },
    { "recursion", test_recursion },
    { "threads", test_threads },
    { "lock_order", test_lock_order },
    { "not_started", test_not_started },
    { "marked", test_marked },
};

START_TEST(startup)
{
    run_cases( "startup", cases, ARRAY_SIZE(cases) );
}
