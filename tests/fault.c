/*
 * Tests of providers that are missing or broken
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

/* The layers here are over TCP of IPv4 only: what is not theirs has to go on working. */
static void check_others_work(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct sockaddr_in addr;
    SOCKET s, s2;
    char byte;

    s = bound_socket( SOCK_DGRAM, &addr );
    ok( sendto( s, "x", 1, 0, (struct sockaddr *)&addr, sizeof(addr) ) == 1, "sendto failed, error %d.\n",
        WSAGetLastError() );
    ok( recv( s, &byte, 1, 0 ) == 1 && byte == 'x', "recv failed, error %d.\n", WSAGetLastError() );
    closesocket( s );

    s = socket( AF_INET6, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET || WSAGetLastError() == WSAEAFNOSUPPORT, "socket failed, error %d.\n", WSAGetLastError() );
    if (s != INVALID_SOCKET) closesocket( s );
    s2 = WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, 0 );
    ok( s2 != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    closesocket( s2 );
}

static void check_fails( int error )
{
    SOCKET s;

    SetLastError( 0xdeadbeef );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s == INVALID_SOCKET, "socket succeeded.\n" );
    ok( WSAGetLastError() == error, "Got error %d, expected %d.\n", WSAGetLastError(), error );
}

/* A DLL that cannot be used. It fails each time, not only the first. */
static void check_bad_dll( const WCHAR *path )
{
    WCHAR string[64], text[] = L"1.2.3.4";
    struct sockaddr_in addr = loopback_addr( 80 );
    DWORD len = ARRAY_SIZE(string);
    struct test_layer layer;
    int addr_len = sizeof(addr);

    install_layer( &layer, path, LAYER_IFS | LAYER_NO_UDP );
    start_winsock();
    check_fails( WSAEPROVIDERFAILEDINIT );
    check_fails( WSAEPROVIDERFAILEDINIT );
    SetLastError( 0xdeadbeef );
    ok( WSAAddressToStringW( (struct sockaddr *)&addr, sizeof(addr), NULL, string, &len ) == SOCKET_ERROR,
        "WSAAddressToString succeeded.\n" );
    ok( WSAGetLastError() == WSAEPROVIDERFAILEDINIT, "Got error %d.\n", WSAGetLastError() );
    SetLastError( 0xdeadbeef );
    ok( WSAStringToAddressW( text, AF_INET, NULL, (struct sockaddr *)&addr, &addr_len ) == SOCKET_ERROR,
        "WSAStringToAddress succeeded.\n" );
    ok( WSAGetLastError() == WSAEPROVIDERFAILEDINIT, "Got error %d.\n", WSAGetLastError() );
    check_others_work();
    WSACleanup();
}

static void test_missing(void)
{
    check_bad_dll( L"%SystemRoot%\\system32\\there-is-no-such-file.dll" );
}

static void test_no_startup(void)
{
    check_bad_dll( L"%SystemRoot%\\system32\\version.dll" );
}

static void test_bad_variable(void)
{
    check_bad_dll( L"%WinelspNoSuchVariable%\\testlsp.dll" );
}

static void test_directory(void)
{
    check_bad_dll( L"%SystemRoot%\\system32" );
}

static void test_text_file(void)
{
    WCHAR path[MAX_PATH];
    HANDLE file;
    DWORD size;

    GetTempPathW( ARRAY_SIZE(path), path );
    lstrcatW( path, L"winelsp-test.dll" );
    file = CreateFileW( path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL );
    ok( file != INVALID_HANDLE_VALUE, "CreateFile failed, error %lu.\n", GetLastError() );
    WriteFile( file, "MZ this is no DLL", 17, &size, NULL );
    CloseHandle( file );
    check_bad_dll( path );
    DeleteFileW( path );
}

/* WSPStartup itself misbehaves; once it behaves, the provider works. */
static void check_bad_startup( unsigned int flags, enum testlsp_startup startup, int value, int error )
{
    SOCKET client, server;
    struct test_layer layer;

    install_layer( &layer, NULL, flags | LAYER_NO_UDP );
    load_layer( &layer );
    layer.control->startup = startup;
    layer.control->startup_value = value;
    start_winsock();
    check_fails( error );
    check_fails( error );
    ok( layer.control->counts[TESTLSP_STARTUP] == 2, "WSPStartup was called %ld times.\n",
        layer.control->counts[TESTLSP_STARTUP] );
    ok( !layer.control->counts[TESTLSP_SOCKET], "WSPSocket was called.\n" );
    check_others_work();

    layer.control->startup = TESTLSP_STARTUP_SUCCEEDS;
    tcp_pair( &client, &server );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static void test_fails(void)
{
    check_bad_startup( LAYER_IFS, TESTLSP_STARTUP_FAILS, WSASYSNOTREADY, WSAEPROVIDERFAILEDINIT );
}

static void test_fails_with_1(void)
{
    check_bad_startup( 0, TESTLSP_STARTUP_FAILS, 1, WSAEPROVIDERFAILEDINIT );
}

static void test_crashes(void)
{
    check_bad_startup( 0, TESTLSP_STARTUP_CRASHES, 0, WSAEPROVIDERFAILEDINIT );
}

static void test_version(void)
{
    check_bad_startup( LAYER_IFS, TESTLSP_STARTUP_VERSION, MAKEWORD( 1, 1 ), WSAEINVALIDPROVIDER );
}

static void test_null_cleanup(void)
{
    check_bad_startup( LAYER_IFS, TESTLSP_STARTUP_NULL_SLOT, TESTLSP_CLEANUP, WSAEINVALIDPROCTABLE );
}

/* Each of the 30 functions has to be there. */
static void test_null_slots(void)
{
    struct test_layer layer;
    SOCKET s;
    int i;

    install_layer( &layer, NULL, LAYER_NO_UDP );
    load_layer( &layer );
    layer.control->startup = TESTLSP_STARTUP_NULL_SLOT;
    start_winsock();
    for (i = TESTLSP_ACCEPT; i <= TESTLSP_STRING_TO_ADDRESS; i++)
    {
        winetest_push_context( "function %d", i );
        layer.control->startup_value = i;
        clear_counts( &layer );
        check_fails( WSAEINVALIDPROCTABLE );
        ok( layer.control->counts[TESTLSP_CLEANUP] == (i != TESTLSP_CLEANUP), "WSPCleanup was called %ld times.\n",
            layer.control->counts[TESTLSP_CLEANUP] );
        winetest_pop_context();
    }
    check_others_work();
    layer.control->startup = TESTLSP_STARTUP_SUCCEEDS;
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s != INVALID_SOCKET, "socket failed, error %d.\n", WSAGetLastError() );
    closesocket( s );
    WSACleanup();
}

/* A layer whose next layer is broken fails as a whole. */
static void test_lower_layer(void)
{
    struct test_layer lower, upper;

    install_layer( &lower, L"%SystemRoot%\\system32\\there-is-no-such-file.dll", LAYER_IFS | LAYER_NO_UDP );
    install_layer( &upper, NULL, LAYER_IFS | LAYER_NO_UDP );
    load_layer( &upper );
    start_winsock();
    check_fails( WSAEPROVIDERFAILEDINIT );
    ok( upper.control->counts[TESTLSP_STARTUP] == 1, "WSPStartup was called %ld times.\n",
        upper.control->counts[TESTLSP_STARTUP] );
    check_others_work();
    WSACleanup();
}

static const struct test_case cases[] =
{
    { "missing", test_missing },
    { "no_startup", test_no_startup },
    { "bad_variable", test_bad_variable },
    { "directory", test_directory },
    { "text_file", test_text_file },
    { "fails", test_fails },
    { "fails_with_1", test_fails_with_1 },
    { "crashes", test_crashes },
    { "version", test_version },
    { "null_cleanup", test_null_cleanup },
    { "null_slots", test_null_slots },
    { "lower_layer", test_lower_layer },
};

START_TEST(fault)
{
    run_cases( "fault", cases, ARRAY_SIZE(cases) );
}
