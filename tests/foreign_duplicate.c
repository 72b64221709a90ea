/*
 * Tests of sockets that WSADuplicateSocket() passes from one process to another
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

#include "util_category.h"
#include "util_foreign.h"

/* The layer of this category is not loaded into a process that permits LSP_SYSTEM only. */
#define CHILD_ARGS_BARE L"foreign_duplicate open bare"

enum layering
{
    NO_LAYER,
    LAYERED_IFS,
    LAYERED_NON_IFS,
};

/* A TCP socket and a UDP socket, each with a peer. */
struct sockets
{
    SOCKET tcp, tcp_peer, udp, udp_peer;
};

static void make_sockets( struct sockets *sockets )
{
    struct sockaddr_in addr;

    tcp_pair( &sockets->tcp, &sockets->tcp_peer );
    sockets->udp_peer = bound_socket( SOCK_DGRAM, &addr );
    sockets->udp = bound_socket( SOCK_DGRAM, NULL );
    ok( !connect( sockets->udp, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n",
        WSAGetLastError() );
}

static void close_socket( SOCKET s )
{
    ok( !closesocket( s ), "closesocket failed, error %d.\n", WSAGetLastError() );
}

static SOCKET open_duplicate( const WSAPROTOCOL_INFOW *info )
{
    WSAPROTOCOL_INFOW copy = *info;
    SOCKET s;

    s = WSASocketW( FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &copy, 0, WSA_FLAG_OVERLAPPED );
    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
    return s;
}

static void duplicate_sockets( const struct sockets *sockets, DWORD process, struct transfer *transfer )
{
    ok( !WSADuplicateSocketW( sockets->tcp, process, &transfer->infos[0] ), "WSADuplicateSocket failed, error %d.\n",
        WSAGetLastError() );
    ok( !WSADuplicateSocketW( sockets->udp, process, &transfer->infos[1] ), "WSADuplicateSocket failed, error %d.\n",
        WSAGetLastError() );
}

/* --- two processes under winelsp --- */

/* Only what a layer has duplicated comes to the layer: a structure names its entry. */
static void open_in_child( const char *kind, BOOL from_layer )
{
    const struct transfer *transfer = read_transfer();
    struct test_layer layer;
    unsigned int i;
    SOCKET s;

    find_layer( &layer );
    start_winsock();
    if (!strcmp( kind, "bare" )) layer.tcp_id = layer.udp_id = 0;
    for (i = 0; i < ARRAY_SIZE(transfer->infos); i++)
    {
        s = open_duplicate( &transfer->infos[i] );
        if (layer.control)
            ok( layer.control->counts[TESTLSP_SOCKET] == (layer.tcp_id && from_layer),
                "WSPSocket was called %ld times.\n", layer.control->counts[TESTLSP_SOCKET] );
        check_foreign_socket( &layer, s, layer.tcp_id && from_layer );
    }
    WSACleanup();
}

/* The peer sees the end of a TCP connection when the last of its sockets is closed, and not before. */
static void check_closed( SOCKET peer )
{
    char c;
    int ret = recv( peer, &c, 1, 0 );

    ok( !ret, "recv returned %d, error %d.\n", ret, WSAGetLastError() );
}

/* One of the two is closed here before the child opens it, the other after the child has closed it. */
static void pass_to_child( const char *kind, enum layering sender, BOOL tcp_first )
{
    struct transfer transfer = {0};
    struct sockets sockets;
    HANDLE process;
    char arg[32];

    make_sockets( &sockets );
    snprintf( arg, sizeof(arg), "%s %d", kind, sender != NO_LAYER );
    process = run_child( "foreign_duplicate", "open", strcmp( kind, "bare" ) ? arg : "bare" );
    duplicate_sockets( &sockets, GetProcessId( process ), &transfer );
    if (tcp_first) close_socket( sockets.tcp );
    else close_socket( sockets.udp );
    write_transfer( &transfer );

    check_hello( sockets.tcp_peer );
    check_hello( sockets.udp_peer );
    wait_child( process, 15000 );
    if (!tcp_first)
    {
        check_echo( sockets.tcp, sockets.tcp_peer );
        close_socket( sockets.tcp );
    }
    else
    {
        ok( send( sockets.udp, "hello", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
        check_hello( sockets.udp_peer );
        close_socket( sockets.udp );
    }
    check_closed( sockets.tcp_peer );
    close_socket( sockets.tcp_peer );
    close_socket( sockets.udp_peer );
}

static void install( struct test_layer *layer, enum layering layering )
{
    install_layer( layer, NULL, layering == LAYERED_IFS ? LAYER_IFS : 0 );
    set_layer_category( layer, LSP_INBOUND_MODIFY );
    permit( NULL, CHILD_ARGS_BARE, LSP_SYSTEM );
}

/* A process without the layer is one that has started before it was installed, or one that must not load it. */
static void check_pass( enum layering sender, enum layering receiver )
{
    struct test_layer layer;

    if (sender == NO_LAYER) start_winsock();
    if (sender != NO_LAYER || receiver != NO_LAYER) install( &layer, sender != NO_LAYER ? sender : receiver );
    if (sender != NO_LAYER) start_winsock();
    pass_to_child( receiver == NO_LAYER ? "bare" : "layered", sender, TRUE );
    pass_to_child( receiver == NO_LAYER ? "bare" : "layered", sender, FALSE );
    WSACleanup();
}

/* --- a process that is not under winelsp --- */

/* What the child does here, stock Wine's Winsock can do: it knows the base's structure by its own marks. */
#define STOCK_NAME L"winelsp-stock-test.exe"
#define STOCK_KEY  L"Software\\Wine\\AppDefaults\\" STOCK_NAME

/* FALSE where there is no other Winsock: in a Wine whose builtin is ours. */
static BOOL make_stock_program( WCHAR path[MAX_PATH] )
{
    static const WCHAR *const modules[] = {L"ws2_32", L"mswsock"};
    WCHAR self[MAX_PATH];
    unsigned int i;
    LSTATUS ret;
    BOOL copied;

    GetSystemDirectoryW( path, MAX_PATH );
    lstrcatW( path, L"\\ws2base.dll" );
    if (GetFileAttributesW( path ) != INVALID_FILE_ATTRIBUTES)
    {
        skip( "Winsock is a builtin.\n" );
        return FALSE;
    }

    GetModuleFileNameW( NULL, self, ARRAY_SIZE(self) );
    GetTempPathW( MAX_PATH, path );
    lstrcatW( path, STOCK_NAME );
    copied = CopyFileW( self, path, FALSE );
    ok( copied, "CopyFile failed, error %lu.\n", GetLastError() );
    for (i = 0; i < ARRAY_SIZE(modules); i++)
    {
        ret = RegSetKeyValueW( HKEY_CURRENT_USER, STOCK_KEY L"\\DllOverrides", modules[i], REG_SZ, L"builtin",
                               sizeof(L"builtin") );
        ok( !ret, "RegSetKeyValue returned %ld.\n", ret );
    }
    return TRUE;
}

static HANDLE run_stock( const WCHAR *path, const char *args )
{
    STARTUPINFOW startup = {.cb = sizeof(startup)};
    PROCESS_INFORMATION info = {0};
    WCHAR command[MAX_PATH + 128];
    BOOL ret;

    swprintf( command, ARRAY_SIZE(command), L"\"%ls\" foreign_duplicate %hs", path, args );
    ret = CreateProcessW( path, command, NULL, NULL, FALSE, 0, NULL, NULL, &startup, &info );
    ok( ret, "CreateProcess of %s failed, error %lu.\n", wine_dbgstr_w(path), GetLastError() );
    CloseHandle( info.hThread );
    return info.hProcess;
}

static void remove_stock_program( const WCHAR *path )
{
    RegDeleteTreeW( HKEY_CURRENT_USER, STOCK_KEY );
    ok( DeleteFileW( path ), "DeleteFile failed, error %lu.\n", GetLastError() );
}

static void ensure_stock(void)
{
    ok( !GetProcAddress( GetModuleHandleW( L"ws2_32.dll" ), "WSCInstallProviderAndChains" ),
        "This is not stock Wine's Winsock.\n" );
    start_winsock();
}

static void say_hello( SOCKET s )
{
    ok( send( s, "hello", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
    close_socket( s );
}

static void open_in_stock(void)
{
    const struct transfer *transfer = read_transfer();

    ensure_stock();
    say_hello( open_duplicate( &transfer->infos[0] ));
    say_hello( open_duplicate( &transfer->infos[1] ));
    WSACleanup();
}

/* The sockets of the child are closed before they are opened here. */
static void give_in_stock( DWORD process )
{
    struct transfer transfer = {0};
    struct sockets sockets;

    ensure_stock();
    make_sockets( &sockets );
    duplicate_sockets( &sockets, process, &transfer );
    WSACleanup();
    write_transfer( &transfer );
}

static void test_to_stock(void)
{
    struct transfer transfer = {0};
    struct sockets sockets;
    WCHAR path[MAX_PATH];
    HANDLE process;

    if (!make_stock_program( path )) return;
    start_winsock();
    make_sockets( &sockets );
    process = run_stock( path, "stock" );
    duplicate_sockets( &sockets, GetProcessId( process ), &transfer );
    write_transfer( &transfer );
    check_hello( sockets.tcp_peer );
    check_hello( sockets.udp_peer );
    wait_child( process, 15000 );
    check_echo( sockets.tcp, sockets.tcp_peer );
    WSACleanup();
    remove_stock_program( path );
}

/* A TCP connection whose other end has gone by now: what arrives is its end. */
static void check_from_stock( enum layering layering )
{
    const struct transfer *transfer;
    struct test_layer layer;
    WCHAR path[MAX_PATH];
    HANDLE process;
    char args[32];
    int type, len = sizeof(type);
    SOCKET s;

    if (!make_stock_program( path )) return;
    if (layering != NO_LAYER)
    {
        install( &layer, layering );
        load_layer( &layer );
    }
    start_winsock();
    snprintf( args, sizeof(args), "give %lu", GetCurrentProcessId() );
    process = run_stock( path, args );
    transfer = read_transfer();
    wait_child( process, 15000 );

    s = open_duplicate( &transfer->infos[0] );
    check_closed( s );
    close_socket( s );
    s = open_duplicate( &transfer->infos[1] );
    ok( !getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &len ) && type == SOCK_DGRAM, "Got error %d, type %d.\n",
        WSAGetLastError(), type );
    ok( send( s, "hello", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
    close_socket( s );
    ok( layering == NO_LAYER || !sum_counts( &layer ), "The layer was called for a socket of the base.\n" );
    WSACleanup();
    remove_stock_program( path );
}

#define PASS( name, sender, receiver ) static void test_##name(void) { check_pass( sender, receiver ); }

PASS( bare_to_bare, NO_LAYER, NO_LAYER )
PASS( bare_to_ifs, NO_LAYER, LAYERED_IFS )
PASS( bare_to_non_ifs, NO_LAYER, LAYERED_NON_IFS )
PASS( ifs_to_bare, LAYERED_IFS, NO_LAYER )
PASS( non_ifs_to_bare, LAYERED_NON_IFS, NO_LAYER )
PASS( ifs_to_ifs, LAYERED_IFS, LAYERED_IFS )
PASS( non_ifs_to_non_ifs, LAYERED_NON_IFS, LAYERED_NON_IFS )

static void test_from_stock(void) { check_from_stock( NO_LAYER ); }
static void test_from_stock_ifs(void) { check_from_stock( LAYERED_IFS ); }
static void test_from_stock_non_ifs(void) { check_from_stock( LAYERED_NON_IFS ); }

static const struct test_case cases[] =
{
    { "bare_to_bare", test_bare_to_bare },
    { "bare_to_ifs", test_bare_to_ifs },
    { "bare_to_non_ifs", test_bare_to_non_ifs },
    { "ifs_to_bare", test_ifs_to_bare },
    { "non_ifs_to_bare", test_non_ifs_to_bare },
    { "ifs_to_ifs", test_ifs_to_ifs },
    { "non_ifs_to_non_ifs", test_non_ifs_to_non_ifs },
    { "to_stock", test_to_stock },
    { "from_stock", test_from_stock },
    { "from_stock_ifs", test_from_stock_ifs },
    { "from_stock_non_ifs", test_from_stock_non_ifs },
};

START_TEST(foreign_duplicate)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc > 3 && !strcmp( argv[2], "open" )) open_in_child( argv[3], argc > 4 && atoi( argv[4] ) );
    else if (argc > 2 && !strcmp( argv[2], "stock" )) open_in_stock();
    else if (argc > 3 && !strcmp( argv[2], "give" )) give_in_stock( strtoul( argv[3], NULL, 10 ));
    else run_category_cases( "foreign_duplicate", cases, ARRAY_SIZE(cases) );
}
