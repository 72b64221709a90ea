/*
 * Tests of which catalog entry a socket comes from
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

/* The base alone: what matches, and the codes for what does not (§2.1). */
static void test_rules(void)
{
    static const struct
    {
        int af, type, protocol, error, got_type;
    }
    tests[] =
    {
        { AF_INET,  SOCK_STREAM, 0,           0, SOCK_STREAM },
        { AF_INET,  SOCK_DGRAM,  0,           0, SOCK_DGRAM },
        { AF_INET,  SOCK_DGRAM,  IPPROTO_UDP, 0, SOCK_DGRAM },
        { AF_INET,  0,           IPPROTO_UDP, 0, SOCK_DGRAM },
        { AF_INET,  0,           IPPROTO_TCP, 0, SOCK_STREAM },
        { AF_INET,  0,           0,           0, SOCK_STREAM },
        { 0,        SOCK_DGRAM,  IPPROTO_UDP, 0, SOCK_DGRAM },
        { 0,        0,           IPPROTO_TCP, 0, SOCK_STREAM },
        { AF_INET,  SOCK_STREAM, IPPROTO_UDP, WSAEPROTONOSUPPORT, 0 },
        { AF_INET,  SOCK_STREAM, 4711,        WSAEPROTONOSUPPORT, 0 },
        { AF_INET,  77,          0,           WSAESOCKTNOSUPPORT, 0 },
        { AF_INET,  77,          IPPROTO_TCP, WSAESOCKTNOSUPPORT, 0 },
        { 77,       SOCK_STREAM, 0,           WSAEAFNOSUPPORT, 0 },
        { 77,       SOCK_STREAM, IPPROTO_TCP, WSAEAFNOSUPPORT, 0 },
        { 0,        0,           0,           WSAEINVAL, 0 },
    };
    unsigned int i;
    SOCKET s;
    int type, len;

    start_winsock();
    for (i = 0; i < ARRAY_SIZE(tests); i++)
    {
        winetest_push_context( "%d, %d, %d", tests[i].af, tests[i].type, tests[i].protocol );
        SetLastError( 0xdeadbeef );
        s = socket( tests[i].af, tests[i].type, tests[i].protocol );
        ok( (s == INVALID_SOCKET) == !!tests[i].error, "Got socket %#Ix.\n", s );
        if (tests[i].error)
        {
            ok( WSAGetLastError() == tests[i].error, "Got error %d, expected %d.\n", WSAGetLastError(),
                tests[i].error );
        }
        else
        {
            len = sizeof(type);
            ok( !getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ), "getsockopt failed, error %d.\n",
                WSAGetLastError() );
            ok( type == tests[i].got_type, "Got a socket of type %d.\n", type );
            closesocket( s );
        }
        winetest_pop_context();
    }
    WSACleanup();
}

static void expect_failure( int af, int type, int protocol, int error )
{
    SOCKET s;

    SetLastError( 0xdeadbeef );
    s = socket( af, type, protocol );
    ok( s == INVALID_SOCKET, "socket( %d, %d, %d ) succeeded.\n", af, type, protocol );
    ok( WSAGetLastError() == error, "socket( %d, %d, %d ): got error %d, expected %d.\n", af, type, protocol,
        WSAGetLastError(), error );
}

/* Changes the chain entry over TCP of a layer. */
static void update_entry( const struct test_layer *layer, WSAPROTOCOL_INFOW *entry )
{
    int ret, error = 0;

    ret = WSCUpdateProvider( &entry->ProviderId, layer->path, entry, 1, &error );
    ok( !ret, "WSCUpdateProvider returned %d, error %d.\n", ret, error );
}

/* Entries that cover a range of protocols, and entries that do not want protocol 0. The layer refuses each
 * socket: the base would not know what to do with them. */
static void test_protocol_range(void)
{
    struct test_layer layer;
    WSAPROTOCOL_INFOW entry;
    unsigned int protocol;

    install_layer( &layer, NULL, LAYER_IFS | LAYER_NO_UDP );
    get_entry( layer.tcp_id, &entry );
    entry.iSocketType = SOCK_RDM;
    entry.iProtocol = 100;
    entry.iProtocolMaxOffset = 5;
    entry.dwProviderFlags &= ~PFL_MATCHES_PROTOCOL_ZERO;
    update_entry( &layer, &entry );

    load_layer( &layer );
    layer.control->fail_function = TESTLSP_SOCKET;
    layer.control->fail_error = WSAEACCES;
    layer.control->fail_count = 1000;
    start_winsock();
    for (protocol = 100; protocol <= 105; protocol++)
    {
        expect_failure( AF_INET, SOCK_RDM, protocol, WSAEACCES );
        ok( layer.control->args[TESTLSP_SOCKET][0] == AF_INET, "Got family %Iu.\n",
            layer.control->args[TESTLSP_SOCKET][0] );
        ok( layer.control->args[TESTLSP_SOCKET][1] == SOCK_RDM, "Got type %Iu.\n",
            layer.control->args[TESTLSP_SOCKET][1] );
        ok( layer.control->args[TESTLSP_SOCKET][2] == protocol, "Got protocol %Iu.\n",
            layer.control->args[TESTLSP_SOCKET][2] );
    }
    ok( take_count( &layer, TESTLSP_SOCKET ) == 6, "WSPSocket was not called for each.\n" );
    expect_failure( AF_INET, 0, 103, WSAEACCES );
    ok( layer.control->args[TESTLSP_SOCKET][1] == 0, "Got type %Iu.\n", layer.control->args[TESTLSP_SOCKET][1] );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 1, "WSPSocket was not called.\n" );

    expect_failure( AF_INET, SOCK_RDM, 99, WSAEPROTONOSUPPORT );
    expect_failure( AF_INET, SOCK_RDM, 106, WSAEPROTONOSUPPORT );
    expect_failure( AF_INET, SOCK_RDM, 0, WSAEPROTONOSUPPORT );
    ok( !take_count( &layer, TESTLSP_SOCKET ), "WSPSocket was called.\n" );
    WSACleanup();
}

/* A layer's own entry is never a candidate, nor does it count for the code. */
static void test_layer_entry(void)
{
    struct test_layer layer;
    WSAPROTOCOL_INFOW entry;
    int ret, error = 0;
    GUID guid;

    UuidCreate( &guid );
    install_layer( &layer, NULL, LAYER_IFS );
    get_entry( layer.id, &entry );
    entry.iAddressFamily = 77;
    entry.iSocketType = SOCK_STREAM;
    entry.iProtocol = IPPROTO_TCP;
    ret = WSCInstallProvider( &guid, layer.path, &entry, 1, &error );
    ok( !ret, "WSCInstallProvider returned %d, error %d.\n", ret, error );

    load_layer( &layer );
    start_winsock();
    expect_failure( 77, SOCK_STREAM, IPPROTO_TCP, WSAEAFNOSUPPORT );
    ok( !sum_counts( &layer ), "The provider was called.\n" );
    WSACleanup();
}

/* A chain whose layer was removed is of no use; the base serves. */
static void test_orphan(void)
{
    struct test_layer layer;
    SOCKET client, server;
    int ret, error = 0;

    install_layer( &layer, NULL, 0 );
    load_layer( &layer );
    ret = WSCDeinstallProvider( &layer.guid, &error );
    ok( !ret, "WSCDeinstallProvider returned %d, error %d.\n", ret, error );
    start_winsock();
    tcp_pair( &client, &server );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    ok( !sum_counts( &layer ), "The provider was called.\n" );
    WSACleanup();
}

/* A process keeps the catalog that it found at its first WSAStartup until the last WSACleanup (§10.0). */
static void test_snapshot(void)
{
    struct test_layer layer;
    WSAPROTOCOL_INFOW entry;
    int error = 0;
    SOCKET s;

    start_winsock();
    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    ok( !sum_counts( &layer ), "The provider was called.\n" );
    ok( get_entry( layer.tcp_id, &entry ), "The new entry is not there.\n" );
    WSACleanup();

    start_winsock();
    ok( !WSCDeinstallProvider( &entry.ProviderId, &error ), "WSCDeinstallProvider failed, error %d.\n", error );
    ok( !get_entry( layer.tcp_id, &entry ), "The old entry is still there.\n" );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 1, "The provider was not called.\n" );
    closesocket( s );
    WSACleanup();
}

static SOCKET open_info( int value, WSAPROTOCOL_INFOW *info )
{
    SetLastError( 0xdeadbeef );
    return WSASocketW( value, value, value, info, 0, WSA_FLAG_OVERLAPPED );
}

/* With a structure nothing is matched: the provider of that entry gets the request as it is (§2.1). */
static void test_info(void)
{
    struct test_layer layer;
    WSAPROTOCOL_INFOW info, base;
    ULONG_PTR *args;
    SOCKET s;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    args = layer.control->args[TESTLSP_SOCKET];
    start_winsock();

    get_entry( layer.udp_id, &info );
    s = open_info( FROM_PROTOCOL_INFO, &info );
    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    ok( take_count( &layer, TESTLSP_SOCKET ) == 1, "WSPSocket was not called.\n" );
    ok( (int)args[0] == -1 && (int)args[1] == -1 && (int)args[2] == -1, "Got %d, %d, %d.\n", (int)args[0],
        (int)args[1], (int)args[2] );
    ok( args[3] == layer.udp_id, "Got entry %Iu, expected %lu.\n", args[3], layer.udp_id );
    ok( args[6] == WSA_FLAG_OVERLAPPED, "Got flags %#Ix.\n", args[6] );
    closesocket( s );

    get_entry( layer.tcp_id, &info );
    layer.control->fail_function = TESTLSP_SOCKET;
    layer.control->fail_error = WSAEACCES;
    layer.control->fail_count = 1;
    info.dwProviderReserved = 0x12345678;
    s = open_info( FROM_PROTOCOL_INFO, &info );
    ok( s == INVALID_SOCKET && WSAGetLastError() == WSAEACCES, "Got socket %#Ix, error %d.\n", s, WSAGetLastError() );
    ok( args[3] == layer.tcp_id, "Got entry %Iu, expected %lu.\n", args[3], layer.tcp_id );
    ok( args[4] == 0x12345678, "Got dwProviderReserved %#Ix.\n", args[4] );

    clear_counts( &layer );
    base = get_base_entry( AF_INET, SOCK_STREAM );
    s = open_info( FROM_PROTOCOL_INFO, &base );
    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    closesocket( s );
    ok( !sum_counts( &layer ), "The layer was called for a socket of the base.\n" );
    WSACleanup();
}

static void test_bad_info(void)
{
    struct test_layer layer;
    WSAPROTOCOL_INFOW info;
    SOCKET s;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    start_winsock();

    memset( &info, 0, sizeof(info) );
    s = open_info( FROM_PROTOCOL_INFO, &info );
    ok( s == INVALID_SOCKET && WSAGetLastError() == WSAEINVAL, "Got socket %#Ix, error %d.\n", s, WSAGetLastError() );

    get_entry( layer.tcp_id, &info );
    info.ProviderId.Data1 ^= 1;
    s = open_info( FROM_PROTOCOL_INFO, &info );
    ok( s == INVALID_SOCKET && WSAGetLastError() == WSAEINVAL, "Got socket %#Ix, error %d.\n", s, WSAGetLastError() );

    get_entry( layer.id, &info );
    s = open_info( FROM_PROTOCOL_INFO, &info );
    ok( s == INVALID_SOCKET && WSAGetLastError() == WSAEINVAL, "Got socket %#Ix, error %d.\n", s, WSAGetLastError() );

    ok( !sum_counts( &layer ), "The layer was called.\n" );
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "rules", test_rules },
    { "protocol_range", test_protocol_range },
    { "layer_entry", test_layer_entry },
    { "orphan", test_orphan },
    { "snapshot", test_snapshot },
    { "info", test_info },
    { "bad_info", test_bad_info },
};

START_TEST(selection)
{
    run_cases( "selection", cases, ARRAY_SIZE(cases) );
}
