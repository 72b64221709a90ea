/*
 * Tests of the base provider: startup, and how sockets come and go
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

#include "util_base.h"

static void test_startup_arguments(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    WSPUPCALLTABLE upcalls = get_base_upcall_table();
    WSPPROC_TABLE procs;
    WSPDATA data;
    int ret;

    ret = base_startup( MAKEWORD( 2, 2 ), NULL, &entry, upcalls, &procs );
    ok( ret == WSAEFAULT, "Got %d.\n", ret );
    ret = base_startup( MAKEWORD( 2, 2 ), &data, &entry, upcalls, NULL );
    ok( ret == WSAEFAULT, "Got %d.\n", ret );
}

static void test_versions(void)
{
    static const struct
    {
        WORD requested;
        int ret;
        WORD version;
    }
    tests[] =
    {
        {MAKEWORD( 0, 0 ), WSAVERNOTSUPPORTED, 0},
        {MAKEWORD( 0, 2 ), WSAVERNOTSUPPORTED, 0},
        {MAKEWORD( 1, 0 ), WSAVERNOTSUPPORTED, 0},
        {MAKEWORD( 1, 1 ), WSAVERNOTSUPPORTED, 0},
        {MAKEWORD( 2, 0 ), 0, MAKEWORD( 2, 0 )},
        {MAKEWORD( 2, 1 ), 0, MAKEWORD( 2, 1 )},
        {MAKEWORD( 2, 2 ), 0, MAKEWORD( 2, 2 )},
        {MAKEWORD( 2, 3 ), 0, MAKEWORD( 2, 2 )},
        {MAKEWORD( 3, 0 ), 0, MAKEWORD( 2, 2 )},
    };
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    WSPUPCALLTABLE upcalls = get_base_upcall_table();
    WSPPROC_TABLE procs;
    unsigned int i;
    WSPDATA data;
    int ret;

    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context( "version %#x", tests[i].requested );
        memset( &data, 0xcc, sizeof(data) );
        memset( &procs, 0, sizeof(procs) );
        ret = base_startup( tests[i].requested, &data, &entry, upcalls, &procs );
        ok( ret == tests[i].ret, "Got %d.\n", ret );
        ok( data.wHighVersion == MAKEWORD( 2, 2 ), "Got highest version %#x.\n", data.wHighVersion );
        if (tests[i].ret)
            ok( !procs.lpWSPCleanup, "The table was filled in spite of the error.\n" );
        else
        {
            ok( data.wVersion == tests[i].version, "Got version %#x.\n", data.wVersion );
            ok( procs.lpWSPCleanup && !procs.lpWSPCleanup( NULL ), "WSPCleanup failed.\n" );
        }
        winetest_pop_context();
    }
}

static void test_table(void)
{
    void **slots = (void **)&base;
    unsigned int i, j;

    ok( sizeof(base) == 30 * sizeof(*slots), "The table has %u bytes.\n", (unsigned int)sizeof(base) );
    for (i = 0; i < 30; i++)
    {
        ok( slots[i] != NULL, "Function %u is missing.\n", i );
        for (j = 0; j < i; j++) ok( slots[i] != slots[j], "Functions %u and %u are the same.\n", j, i );
    }
}

/* Each start needs a cleanup; the last one closes what is open. Sockets of another starter would count, so this
 * comes before anything else uses Winsock. */
static void test_cleanup(void)
{
    int i, ret, error;
    SOCKET s;

    for (i = 0; i < 3; i++) start_base();
    s = base_socket( AF_INET, SOCK_STREAM );
    for (i = 0; i < 2; i++)
    {
        error = 0xdead;
        ret = base.lpWSPCleanup( &error );
        ok( !ret, "Cleanup %d returned %d.\n", i, ret );
        ok( error == 0xdead, "Cleanup %d wrote error %d.\n", i, error );
    }
    ok( is_handle( s ), "The socket is closed already.\n" );
    ret = base.lpWSPCleanup( &error );
    ok( !ret, "The last cleanup returned %d.\n", ret );
    ok( !is_handle( s ), "The socket is still open.\n" );

    ret = base.lpWSPCleanup( &error );
    ok( ret == SOCKET_ERROR && error == WSANOTINITIALISED, "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPCleanup( NULL );
    ok( ret == SOCKET_ERROR, "Got %d.\n", ret );
}

static void check_registered( const WSAPROTOCOL_INFOW *entry, SOCKET s )
{
    ok( base_upcalls.modify_count == 1, "Got %ld WPUModifyIFSHandle calls.\n", base_upcalls.modify_count );
    ok( base_upcalls.socket == s, "Socket %#Ix was registered, not %#Ix.\n", base_upcalls.socket, s );
    ok( base_upcalls.id == entry->dwCatalogEntryId, "Got id %lu, expected %lu.\n", base_upcalls.id,
        entry->dwCatalogEntryId );
}

static void check_protocol_info( SOCKET s, const WSAPROTOCOL_INFOW *entry )
{
    int ret, error = 0xdead, len = sizeof(WSAPROTOCOL_INFOW);
    WSAPROTOCOL_INFOW info;

    memset( &info, 0xcc, sizeof(info) );
    ret = base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len, &error );
    ok( !ret && error == 0xdead, "Got %d, error %d.\n", ret, error );
    ok( len == sizeof(info), "Got length %d.\n", len );
    ok( !memcmp( &info, entry, sizeof(info) ), "Got another entry: id %lu, name %s, type %d, protocol %d.\n",
        info.dwCatalogEntryId, wine_dbgstr_w(info.szProtocol), info.iSocketType, info.iProtocol );
}

static void check_socket( int af, int type, int protocol, WSAPROTOCOL_INFOW *entry )
{
    int error = 0xdead;
    SOCKET s;

    base_upcalls.modify_count = 0;
    s = base.lpWSPSocket( af, type, protocol, entry, 0, WSA_FLAG_OVERLAPPED, &error );
    ok( s != INVALID_SOCKET, "WSPSocket failed, error %d.\n", error );
    if (s == INVALID_SOCKET) return;
    ok( error == 0xdead, "A success wrote error %d.\n", error );
    check_registered( entry, s );
    check_protocol_info( s, entry );
    close_base_socket( s );
    ok( !is_handle( s ), "The handle is still there.\n" );
    ok( base_upcalls.modify_count == 1, "The close registered something.\n" );
}

static void test_socket(void)
{
    static const int families[] = {AF_INET, AF_INET6}, types[] = {SOCK_STREAM, SOCK_DGRAM};
    unsigned int i, j;

    for (i = 0; i < ARRAY_SIZE(families); i++)
    {
        for (j = 0; j < ARRAY_SIZE(types); j++)
        {
            WSAPROTOCOL_INFOW entry = get_base_entry( families[i], types[j] );

            winetest_push_context( "family %d, type %d", families[i], types[j] );
            check_socket( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &entry );
            check_socket( 0, 0, 0, &entry );
            check_socket( families[i], types[j], 0, &entry );
            check_socket( families[i], types[j], entry.iProtocol, &entry );
            check_socket( 0, FROM_PROTOCOL_INFO, entry.iProtocol, &entry );
            winetest_pop_context();
        }
    }
}

static void test_socket_errors(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    int error;
    SOCKET s;

    base_upcalls.modify_count = 0;
    error = 0;
    s = base.lpWSPSocket( AF_INET, SOCK_STREAM, IPPROTO_UDP, &entry, 0, 0, &error );
    ok( s == INVALID_SOCKET && error == WSAEPROTONOSUPPORT, "Got %#Ix, error %d.\n", s, error );
    s = base.lpWSPSocket( AF_INET, SOCK_STREAM, IPPROTO_UDP, &entry, 0, 0, NULL );
    ok( s == INVALID_SOCKET, "Got %#Ix.\n", s );
    s = base.lpWSPSocket( AF_INET, SOCK_STREAM, 0, NULL, 0, 0, &error );
    ok( s == INVALID_SOCKET && error == WSAEFAULT, "Got %#Ix, error %d.\n", s, error );
    ok( !base_upcalls.modify_count, "A socket was registered.\n" );

    /* ws2_32 does not want it: the socket must not stay. */
    base_upcalls.refuse = WSAEPROVIDERFAILEDINIT;
    s = base.lpWSPSocket( AF_INET, SOCK_STREAM, 0, &entry, 0, 0, &error );
    ok( s == INVALID_SOCKET && error == WSAEPROVIDERFAILEDINIT, "Got %#Ix, error %d.\n", s, error );
    ok( base_upcalls.modify_count == 1, "Got %ld WPUModifyIFSHandle calls.\n", base_upcalls.modify_count );
    ok( !is_handle( base_upcalls.socket ), "The socket is still open.\n" );
    base_upcalls.refuse = 0;
}

/* --- accept --- */

static int CALLBACK reject( WSABUF *caller, WSABUF *caller_data, QOS *sqos, QOS *gqos, WSABUF *callee,
                            WSABUF *callee_data, GROUP *group, DWORD_PTR context )
{
    (void)caller, (void)caller_data, (void)sqos, (void)gqos, (void)callee, (void)callee_data, (void)group;
    ok( context == 0x1234, "Got context %#Ix.\n", context );
    return CF_REJECT;
}

static void check_accept( int af )
{
    WSAPROTOCOL_INFOW entry = get_base_entry( af, SOCK_STREAM );
    int i, ret, error, len;
    SOCKADDR_STORAGE addr, peer;
    SOCKET listener, client, server;

    if ((listener = base_bound_socket( af, SOCK_STREAM, &addr )) == INVALID_SOCKET)
    {
        skip( "The machine has no loopback address of family %d.\n", af );
        return;
    }
    ret = base.lpWSPListen( listener, 2, &error );
    ok( !ret, "WSPListen failed, error %d.\n", error );

    for (i = 0; i < 4; i++)     /* without an address, with one, rejected, refused by ws2_32 */
    {
        winetest_push_context( "family %d, connection %d", af, i );
        client = base_socket( af, SOCK_STREAM );
        ret = base.lpWSPConnect( client, (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, NULL, NULL, &error );
        ok( !ret, "WSPConnect failed, error %d.\n", error );

        memset( &peer, 0, sizeof(peer) );
        len = sizeof(peer);
        error = 0xdead;
        base_upcalls.modify_count = 0;
        base_upcalls.refuse = i == 3 ? WSAENOBUFS : 0;
        server = base.lpWSPAccept( listener, i == 1 ? (struct sockaddr *)&peer : NULL, i == 1 ? &len : NULL,
                                   i == 2 ? reject : NULL, 0x1234, &error );
        base_upcalls.refuse = 0;
        if (i < 2)
        {
            ok( server != INVALID_SOCKET && error == 0xdead, "Got %#Ix, error %d.\n", server, error );
            check_registered( &entry, server );
            check_protocol_info( server, &entry );
            ok( peer.ss_family == (i == 1 ? af : 0), "Got the family %d.\n", peer.ss_family );
            base_send( client, "hello" );
            check_received( server, "hello" );
            close_base_socket( server );
        }
        else
        {
            ok( server == INVALID_SOCKET && error == (i == 2 ? WSAECONNREFUSED : WSAENOBUFS),
                "Got %#Ix, error %d.\n", server, error );
            ok( base_upcalls.modify_count == (i == 3), "Got %ld WPUModifyIFSHandle calls.\n",
                base_upcalls.modify_count );
            if (i == 3) ok( !is_handle( base_upcalls.socket ), "The socket is still open.\n" );
        }
        close_base_socket( client );
        winetest_pop_context();
    }
    close_base_socket( listener );
}

static void test_accept(void)
{
    check_accept( AF_INET );
    check_accept( AF_INET6 );
}

/* --- SO_PROTOCOL_INFO --- */

static void test_protocol_info(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_DGRAM );
    SOCKET s = base_socket( AF_INET, SOCK_DGRAM ), event;
    struct
    {
        WSAPROTOCOL_INFOA info;
        char guard;
    } ansi;
    char name[ARRAY_SIZE(ansi.info.szProtocol)];
    int ret, error, len;
    HANDLE duplicate;

    memset( &ansi, 0xcc, sizeof(ansi) );
    len = sizeof(ansi.info);
    ret = base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOA, (char *)&ansi, &len, &error );
    ok( !ret && len == sizeof(ansi.info), "Got %d, length %d.\n", ret, len );
    ok( !memcmp( &ansi.info, &entry, offsetof( WSAPROTOCOL_INFOA, szProtocol ) ), "Got another entry, id %lu.\n",
        ansi.info.dwCatalogEntryId );
    WideCharToMultiByte( CP_ACP, 0, entry.szProtocol, -1, name, sizeof(name), NULL, NULL );
    ok( !strcmp( ansi.info.szProtocol, name ), "Got name %s, expected %s.\n", ansi.info.szProtocol, name );
    ok( ansi.guard == (char)0xcc, "Wrote more than the structure.\n" );

    len = sizeof(entry) - 1;
    ret = base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&entry, &len, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d.\n", ret, error );
    ok( len == sizeof(entry), "Got length %d.\n", len );
    ret = base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, NULL, &len, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&entry, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d.\n", ret, error );

    /* A handle that came into the process by another way than Winsock; this is how ws2_32 recognizes it. */
    DuplicateHandle( GetCurrentProcess(), (HANDLE)s, GetCurrentProcess(), &duplicate, 0, FALSE, DUPLICATE_SAME_ACCESS );
    check_protocol_info( (SOCKET)duplicate, &entry );
    CloseHandle( duplicate );

    event = (SOCKET)CreateEventW( NULL, TRUE, FALSE, NULL );
    len = sizeof(entry);
    ret = base.lpWSPGetSockOpt( event, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&entry, &len, &error );
    ok( ret == SOCKET_ERROR && error == WSAENOTSOCK, "Got %d, error %d.\n", ret, error );
    CloseHandle( (HANDLE)event );
    close_base_socket( s );
}

/* --- WSPDuplicateSocket --- */

/* What a layer does with the description: its own entry goes into it, and only dwProviderReserved stays. It opens
 * the socket with the base entry and that ticket. */
static SOCKET open_ticket( DWORD ticket, int *error )
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );

    entry.dwProviderReserved = ticket;
    return base.lpWSPSocket( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &entry, 0,
                             WSA_FLAG_OVERLAPPED, error );
}

static void test_duplicate(void)
{
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM ), info;
    SOCKET client, server, duplicate, again, event;
    int ret, error = 0;

    base_tcp_pair( AF_INET, &client, &server );
    memset( &info, 0xcc, sizeof(info) );
    ret = base.lpWSPDuplicateSocket( server, GetCurrentProcessId(), &info, &error );
    ok( !ret, "WSPDuplicateSocket failed, error %d.\n", error );
    ok( info.dwProviderReserved, "There is no ticket.\n" );
    entry.dwProviderReserved = entry.dwServiceFlags3 = info.dwProviderReserved;
    entry.dwServiceFlags4 = 0xff00ff00;    /* Wine's own mark */
    ok( !memcmp( &info, &entry, sizeof(info) ), "Got another entry: id %lu, name %s, flags %#lx %#lx %#lx %#lx.\n",
        info.dwCatalogEntryId, wine_dbgstr_w(info.szProtocol), info.dwServiceFlags1, info.dwServiceFlags2,
        info.dwServiceFlags3, info.dwServiceFlags4 );

    base_upcalls.modify_count = 0;
    duplicate = open_ticket( info.dwProviderReserved, &error );
    ok( duplicate != INVALID_SOCKET && duplicate != server, "Got %#Ix for %#Ix, error %d.\n", duplicate, server,
        error );
    check_registered( &entry, duplicate );
    again = open_ticket( info.dwProviderReserved, &error );
    ok( again == INVALID_SOCKET && error == WSAEINVAL, "The ticket served twice: %#Ix, error %d.\n", again, error );

    close_base_socket( server );
    base_send( client, "to the duplicate" );
    check_received( duplicate, "to the duplicate" );
    close_base_socket( duplicate );
    again = open_ticket( info.dwProviderReserved, &error );
    ok( again == INVALID_SOCKET && error == WSAEINVAL, "A stale ticket served: %#Ix, error %d.\n", again, error );

    event = (SOCKET)CreateEventW( NULL, TRUE, FALSE, NULL );
    again = open_ticket( event, &error );
    ok( again == INVALID_SOCKET && error == WSAEINVAL, "An event served: %#Ix, error %d.\n", again, error );
    ok( CloseHandle( (HANDLE)event ), "The event was closed.\n" );

    ret = base.lpWSPDuplicateSocket( client, 0xdeadbeec, &info, &error );
    ok( ret == SOCKET_ERROR && error == WSAEINVAL, "Got %d, error %d for no process.\n", ret, error );
    ret = base.lpWSPDuplicateSocket( client, GetCurrentProcessId(), NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d without a structure.\n", ret, error );
    close_base_socket( client );
}

/* Shared with a child process, which inherits the mapping. */
struct transfer
{
    WSAPROTOCOL_INFOW info;
    LONG ready;
};

static void run_duplicate_child( const char *arg )
{
    struct transfer *transfer = MapViewOfFile( (HANDLE)(ULONG_PTR)strtoul( arg, NULL, 16 ), FILE_MAP_ALL_ACCESS,
                                               0, 0, 0 );
    int i, error = 0;
    SOCKET s;

    for (i = 0; i < 500 && !ReadAcquire( &transfer->ready ); i++) Sleep( 10 );
    s = base.lpWSPSocket( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &transfer->info, 0,
                          WSA_FLAG_OVERLAPPED, &error );
    ok( s != INVALID_SOCKET, "WSPSocket failed in the child, error %d.\n", error );
    check_received( s, "ping" );
    base_send( s, "pong" );
    close_base_socket( s );
}

static void test_duplicate_to_process(void)
{
    SECURITY_ATTRIBUTES inherit = {.nLength = sizeof(inherit), .bInheritHandle = TRUE};
    HANDLE mapping, process;
    struct transfer *transfer;
    SOCKET client, server;
    int ret, error = 0;
    char arg[20];

    base_tcp_pair( AF_INET, &client, &server );
    mapping = CreateFileMappingW( INVALID_HANDLE_VALUE, &inherit, PAGE_READWRITE, 0, sizeof(*transfer), NULL );
    transfer = MapViewOfFile( mapping, FILE_MAP_ALL_ACCESS, 0, 0, 0 );
    snprintf( arg, sizeof(arg), "%lx", HandleToULong( mapping ) );
    process = run_child( "base", "duplicate", arg );

    ret = base.lpWSPDuplicateSocket( server, GetProcessId( process ), &transfer->info, &error );
    ok( !ret, "WSPDuplicateSocket failed, error %d.\n", error );
    close_base_socket( server );
    base_send( client, "ping" );
    InterlockedExchange( &transfer->ready, 1 );
    check_received( client, "pong" );
    wait_child( process, 10000 );

    UnmapViewOfFile( transfer );
    CloseHandle( mapping );
    close_base_socket( client );
}

/* --- WSPJoinLeaf --- */

static SOCKET join_leaf( SOCKET s, const char *group, int family, DWORD flags, int *error )
{
    struct sockaddr_in addr = {.sin_family = family};

    addr.sin_addr.s_addr = inet_addr( group );
    return base.lpWSPJoinLeaf( s, (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, NULL, NULL, flags, error );
}

static SOCKET multicast_socket( struct sockaddr_in *addr )
{
    struct in_addr loopback = {.s_addr = htonl( INADDR_LOOPBACK )};
    SOCKET s = base_socket( AF_INET, SOCK_DGRAM );
    int ret, error = 0, len = sizeof(*addr);
    DWORD timeout = 1000;

    memset( addr, 0, sizeof(*addr) );
    addr->sin_family = AF_INET;
    ret = base.lpWSPBind( s, (struct sockaddr *)addr, sizeof(*addr), &error );
    ok( !ret, "WSPBind failed, error %d.\n", error );
    base.lpWSPGetSockName( s, (struct sockaddr *)addr, &len, &error );
    ret = base.lpWSPSetSockOpt( s, IPPROTO_IP, IP_MULTICAST_IF, (char *)&loopback, sizeof(loopback), &error );
    ok( !ret, "IP_MULTICAST_IF failed, error %d.\n", error );
    ret = base.lpWSPSetSockOpt( s, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout), &error );
    ok( !ret, "SO_RCVTIMEO failed, error %d.\n", error );
    return s;
}

static void check_multicast( DWORD flags, BOOL receives )
{
    struct sockaddr_in addr, unused;
    SOCKET receiver = multicast_socket( &addr ), sender = multicast_socket( &unused ), s;
    char data[16];
    WSABUF buffer = {5, (char *)"group"}, input = {sizeof(data), data};
    DWORD size = 0, recv_flags = 0;
    int ret, error = 0;

    base_upcalls.modify_count = 0;
    s = join_leaf( receiver, "239.255.77.77", AF_INET, flags, &error );
    ok( s == receiver, "Got %#Ix for %#Ix, error %d.\n", s, receiver, error );
    ok( !base_upcalls.modify_count, "The socket was registered again.\n" );

    addr.sin_addr.s_addr = inet_addr( "239.255.77.77" );
    ret = base.lpWSPSendTo( sender, &buffer, 1, &size, 0, (struct sockaddr *)&addr, sizeof(addr), NULL, NULL, NULL,
                            &error );
    ok( !ret && size == 5, "Got %d, sent %lu, error %d.\n", ret, size, error );
    ret = base.lpWSPRecvFrom( receiver, &input, 1, &size, &recv_flags, NULL, NULL, NULL, NULL, NULL, &error );
    if (receives)
        ok( !ret && size == 5 && !memcmp( data, "group", 5 ), "Got %d, size %lu, error %d.\n", ret, size, error );
    else
        ok( ret == SOCKET_ERROR && error == WSAETIMEDOUT, "Got %d, error %d.\n", ret, error );

    close_base_socket( sender );
    close_base_socket( receiver );
}

static void test_join_leaf(void)
{
    SOCKET s = base_socket( AF_INET, SOCK_DGRAM ), tcp = base_socket( AF_INET, SOCK_STREAM ), leaf;
    struct sockaddr_in addr = {.sin_family = AF_INET};
    int ret, error, len = sizeof(addr);

    check_multicast( JL_BOTH, TRUE );
    check_multicast( JL_RECEIVER_ONLY, TRUE );
    check_multicast( JL_SENDER_ONLY, FALSE );

    leaf = join_leaf( s, "239.255.77.77", AF_INET, JL_SENDER_ONLY | JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEINVAL, "Flags: got %#Ix, error %d.\n", leaf, error );
    leaf = join_leaf( s, "239.255.77.77", AF_INET6, JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEAFNOSUPPORT, "Family: got %#Ix, error %d.\n", leaf, error );
    leaf = join_leaf( s, "127.0.0.1", AF_INET, JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEADDRNOTAVAIL, "Unicast: got %#Ix, error %d.\n", leaf, error );
    leaf = join_leaf( tcp, "239.255.77.77", AF_INET, JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEOPNOTSUPP, "TCP: got %#Ix, error %d.\n", leaf, error );
    leaf = base.lpWSPJoinLeaf( s, NULL, 0, NULL, NULL, NULL, NULL, JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEFAULT, "NULL: got %#Ix, error %d.\n", leaf, error );
    addr.sin_addr.s_addr = inet_addr( "239.255.77.77" );
    leaf = base.lpWSPJoinLeaf( s, (struct sockaddr *)&addr, sizeof(addr) - 1, NULL, NULL, NULL, NULL, JL_BOTH, &error );
    ok( leaf == INVALID_SOCKET && error == WSAEFAULT, "Short address: got %#Ix, error %d.\n", leaf, error );

    /* All of these left it without a local address; a join gives it one. */
    ret = base.lpWSPGetSockName( s, (struct sockaddr *)&addr, &len, &error );
    ok( ret == SOCKET_ERROR && error == WSAEINVAL, "Got %d, error %d.\n", ret, error );
    leaf = join_leaf( s, "239.255.77.77", AF_INET, JL_SENDER_ONLY, NULL );
    ok( leaf == s, "Got %#Ix for %#Ix.\n", leaf, s );
    ret = base.lpWSPGetSockName( s, (struct sockaddr *)&addr, &len, &error );
    ok( !ret && addr.sin_port, "Got %d, error %d, port %u.\n", ret, error, ntohs( addr.sin_port ) );
    close_base_socket( s );
    close_base_socket( tcp );
}

START_TEST(base)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (!load_base()) return;
    if (argc > 3)
    {
        start_base();
        run_duplicate_child( argv[3] );
        return;
    }

    test_startup_arguments();
    test_versions();
    test_cleanup();

    start_base();
    test_table();
    test_socket();
    test_socket_errors();
    test_accept();
    test_protocol_info();
    test_duplicate();
    test_duplicate_to_process();
    test_join_leaf();
}
