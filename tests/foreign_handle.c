/*
 * Tests of sockets that did not come from socket(): handles that were inherited or duplicated, and accepted sockets
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
#include "util_foreign.h"

/* What there is over the base, and what it does with handles that it has not seen. */
struct layering
{
    BOOL installed;
    unsigned int flags;         /* LAYER_* */
    enum testlsp_claim claim;
};

static const struct layering no_layer = {FALSE, LAYER_IFS, 0};
static const struct layering ifs = {TRUE, LAYER_IFS, TESTLSP_CLAIM_NOTHING};
static const struct layering ifs_claims = {TRUE, LAYER_IFS, TESTLSP_CLAIM_SOCKETS};
static const struct layering ifs_registers = {TRUE, LAYER_IFS, TESTLSP_CLAIM_AND_REGISTER};
static const struct layering non_ifs = {TRUE, 0, 0};

static void start_layering( struct test_layer *layer, const struct layering *layering )
{
    memset( layer, 0, sizeof(*layer) );
    if (layering->installed)
    {
        install_layer( layer, NULL, layering->flags );
        load_layer( layer );
        layer->control->claim = layering->claim;
    }
    start_winsock();
}

static void close_pair( SOCKET client, SOCKET server )
{
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !closesocket( server ), "closesocket failed, error %d.\n", WSAGetLastError() );
}

static SOCKET get_base_handle( SOCKET s )
{
    SOCKET base = INVALID_SOCKET;
    DWORD size;

    ok( !WSAIoctl( s, SIO_BASE_HANDLE, NULL, 0, &base, sizeof(base), &size, NULL, NULL ), "Got error %d.\n",
        WSAGetLastError() );
    return base;
}

/* --- a child process --- */

/* The handle of a non-IFS layer is none of a socket in another process. */
static void use_in_child( struct test_layer *layer, SOCKET s, BOOL is_socket )
{
    if (is_socket)
    {
        check_foreign_socket( layer, s, layer->control && layer->control->claim );
        return;
    }
    check_all_fail( s, WSAENOTSOCK );
    ok( !layer->control || !sum_counts( layer ), "The layer was called.\n" );
    ok( CloseHandle( (HANDLE)s ), "CloseHandle failed, error %lu.\n", GetLastError() );
}

/* Arguments: whether the handles are sockets, what the layer does with them, a handle that is inherited, and one that
 * is the base's. Two more are the standard input, and one that comes by DuplicateHandle(). */
static void run_user( char **argv )
{
    SOCKET standard = (SOCKET)GetStdHandle( STD_INPUT_HANDLE );
    BOOL is_socket = atoi( argv[0] );
    struct test_layer layer;
    DWORD written;

    find_layer( &layer );
    if (layer.control) layer.control->claim = atoi( argv[1] );
    start_winsock();
    use_in_child( &layer, strtoul( argv[2], NULL, 16 ), is_socket );
    use_in_child( &layer, strtoul( argv[3], NULL, 16 ), TRUE );
    if (is_socket)
        ok( WriteFile( (HANDLE)standard, "raw", 3, &written, NULL ) && written == 3, "WriteFile failed, error %lu.\n",
            GetLastError() );
    use_in_child( &layer, standard, is_socket );
    use_in_child( &layer, read_transfer()->handle, is_socket );
    WSACleanup();
}

static SOCKET duplicate_handle( SOCKET s, HANDLE process )
{
    HANDLE copy = NULL;
    BOOL ret;

    ret = DuplicateHandle( GetCurrentProcess(), (HANDLE)s, process, &copy, 0, FALSE, DUPLICATE_SAME_ACCESS );
    ok( ret, "DuplicateHandle failed, error %lu.\n", GetLastError() );
    return (SOCKET)copy;
}

static void set_inherit( SOCKET s )
{
    BOOL ret = SetHandleInformation( (HANDLE)s, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT );

    ok( ret, "SetHandleInformation failed, error %lu.\n", GetLastError() );
}

/* The child uses each handle as a program would, and closes it; here the socket is as before. */
static void check_to_child( const struct layering *layering )
{
    BOOL is_socket = !!(layering->flags & LAYER_IFS);
    HANDLE old = GetStdHandle( STD_INPUT_HANDLE ), process;
    SOCKET client[4], server[4], base;
    struct transfer transfer = {0};
    char args[64], buffer[4] = {0};
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(client); i++) tcp_pair( &client[i], &server[i] );
    base = get_base_handle( client[1] );
    for (i = 0; i < 3; i++) set_inherit( client[i] );
    set_inherit( base );
    SetStdHandle( STD_INPUT_HANDLE, (HANDLE)client[2] );
    snprintf( args, sizeof(args), "%d %d %Ix %Ix", is_socket, layering->claim, client[0], base );
    process = run_child( "foreign_handle", "child", args );
    SetStdHandle( STD_INPUT_HANDLE, old );
    transfer.handle = duplicate_handle( client[3], process );
    write_transfer( &transfer );

    wait_child( process, 20000 );
    if (is_socket)
        ok( recv( server[2], buffer, 3, 0 ) == 3 && !strcmp( buffer, "raw" ), "Got \"%s\", error %d.\n", buffer,
            WSAGetLastError() );
    for (i = 0; i < ARRAY_SIZE(client); i++)
    {
        if (is_socket || i == 1) check_hello( server[i] );
        check_echo( client[i], server[i] );
        close_pair( client[i], server[i] );
    }
}

/* --- DuplicateHandle() --- */

/* The copy of a non-IFS handle is none of a socket: only its layer could make another one (§9). */
static void check_no_copy( struct test_layer *layer, SOCKET s )
{
    SOCKET copies[16];
    unsigned int i;

    /* The last one has a value that none of the sockets had that the layer has closed below itself. */
    for (i = 0; i < ARRAY_SIZE(copies); i++) copies[i] = duplicate_handle( s, GetCurrentProcess() );
    clear_counts( layer );
    check_all_fail( copies[ARRAY_SIZE(copies) - 1], WSAENOTSOCK );
    ok( !sum_counts( layer ), "The layer was called.\n" );
    for (i = 0; i < ARRAY_SIZE(copies); i++)
        ok( CloseHandle( (HANDLE)copies[i] ), "CloseHandle failed, error %lu.\n", GetLastError() );
}

static void check_duplicated( struct test_layer *layer, const struct layering *layering )
{
    SOCKET client, server, copy;

    tcp_pair( &client, &server );
    if (layering->flags & LAYER_IFS)
    {
        check_foreign_socket( layer, duplicate_handle( client, GetCurrentProcess() ), layering->claim );
        check_hello( server );
        check_echo( client, server );

        copy = duplicate_handle( client, GetCurrentProcess() );
        ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
        check_echo( copy, server );
        client = copy;
    }
    else
    {
        check_no_copy( layer, client );
        check_echo( client, server );
        check_foreign_socket( layer, duplicate_handle( get_base_handle( client ), GetCurrentProcess() ), FALSE );
        check_hello( server );
        check_echo( client, server );
    }
    close_pair( client, server );
}

/* A handle of a socket has no requests in this process until it is known: Wine's own tests, which Windows passes, want
 * WSAENOTSOCK. */
static void test_no_request(void)
{
    WSAOVERLAPPED overlapped = {0};
    struct test_layer layer;
    SOCKET client, server, copy;
    DWORD size, flags;
    int type, len = sizeof(type);

    start_layering( &layer, &no_layer );
    tcp_pair( &client, &server );
    copy = duplicate_handle( client, GetCurrentProcess() );
    ok( !WSAGetOverlappedResult( copy, &overlapped, &size, FALSE, &flags ) && WSAGetLastError() == WSAENOTSOCK,
        "Got error %d.\n", WSAGetLastError() );
    ok( !getsockopt( copy, SOL_SOCKET, SO_TYPE, (char *)&type, &len ), "getsockopt failed, error %d.\n",
        WSAGetLastError() );
    ok( WSAGetOverlappedResult( copy, &overlapped, &size, FALSE, &flags ), "Got error %d.\n", WSAGetLastError() );
    ok( !closesocket( copy ), "closesocket failed, error %d.\n", WSAGetLastError() );
    close_pair( client, server );
    WSACleanup();
}

/* --- accepted --- */

static SOCKET connect_to( SOCKET listener )
{
    struct sockaddr_in addr;
    int len = sizeof(addr);
    SOCKET s = socket( AF_INET, SOCK_STREAM, 0 );

    ok( !getsockname( listener, (struct sockaddr *)&addr, &len ), "getsockname failed, error %d.\n",
        WSAGetLastError() );
    ok( !connect( s, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n", WSAGetLastError() );
    return s;
}

static void check_accepted( struct test_layer *layer, SOCKET listener, BOOL by_layer )
{
    SOCKET client = connect_to( listener ), server;

    server = accept( listener, NULL, NULL );
    ok( server != INVALID_SOCKET, "accept failed, error %d.\n", WSAGetLastError() );
    check_foreign_socket( layer, server, by_layer );
    check_hello( client );
    closesocket( client );
    closesocket( listener );
}

static SOCKET listening_socket(void)
{
    SOCKET s = bound_socket( SOCK_STREAM, NULL );

    ok( !listen( s, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    return s;
}

/* Whoever accepts has the socket, whatever is above. */
static void check_base_accepts( struct test_layer *layer )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct sockaddr_in addr = loopback_addr( 0 );
    SOCKET listener;

    listener = WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
    ok( !bind( listener, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n", WSAGetLastError() );
    ok( !listen( listener, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    check_accepted( layer, listener, FALSE );
    check_accepted( layer, listening_socket(), TRUE );
}

/* The handle below that of a non-IFS layer; an IFS layer has no other. */
static void check_base_handle_accepts( struct test_layer *layer )
{
    SOCKET listener = listening_socket();

    check_accepted( layer, get_base_handle( listener ), FALSE );
    closesocket( listener );
}

/* A process keeps the providers that it has found at its start. */
static void check_installed_later( const struct layering *layering )
{
    struct test_layer layer;
    SOCKET listener;

    start_layering( &layer, &no_layer );
    listener = listening_socket();
    install_layer( &layer, NULL, layering->flags );
    load_layer( &layer );
    start_winsock();
    check_accepted( &layer, listener, FALSE );
    check_accepted( &layer, listening_socket(), FALSE );
    WSACleanup();
    WSACleanup();
}

/* AcceptEx() of the base with two sockets of the layer, as an IFS layer without extension functions gives it out. */
static void check_accept_ex( struct test_layer *layer )
{
    static GUID guid = WSAID_ACCEPTEX;
    SOCKET listener, acceptor, client;
    OVERLAPPED overlapped = {0};
    struct sockaddr_in addr;
    LPFN_ACCEPTEX accept_ex = NULL;
    char buffer[128];
    int len = sizeof(addr);
    DWORD size;
    BOOL ret;

    listener = listening_socket();
    acceptor = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !WSAIoctl( listener, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &accept_ex, sizeof(accept_ex),
                   &size, NULL, NULL ), "Got no AcceptEx, error %d.\n", WSAGetLastError() );
    if (!accept_ex) return;
    overlapped.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL );
    ret = accept_ex( listener, acceptor, buffer, 0, sizeof(addr) + 16, sizeof(addr) + 16, &size, &overlapped );
    ok( !ret && WSAGetLastError() == WSA_IO_PENDING, "AcceptEx gave error %d.\n", WSAGetLastError() );
    client = connect_to( listener );
    ok( !WaitForSingleObject( overlapped.hEvent, 5000 ), "AcceptEx does not complete.\n" );
    ok( !setsockopt( acceptor, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof(listener) ),
        "setsockopt failed, error %d.\n", WSAGetLastError() );
    ok( !getpeername( acceptor, (struct sockaddr *)&addr, &len ), "getpeername failed, error %d.\n",
        WSAGetLastError() );
    check_foreign_socket( layer, acceptor, TRUE );
    check_hello( client );
    CloseHandle( overlapped.hEvent );
    close_pair( client, listener );
}

static void check_layering( const struct layering *layering )
{
    struct test_layer layer;

    start_layering( &layer, layering );
    check_to_child( layering );
    check_duplicated( &layer, layering );
    check_base_accepts( &layer );
    if (layering->flags & LAYER_IFS) check_accept_ex( &layer );
    else check_base_handle_accepts( &layer );
    WSACleanup();
}

static void test_no_layer(void) { check_layering( &no_layer ); }
static void test_ifs(void) { check_layering( &ifs ); }
static void test_ifs_claims(void) { check_layering( &ifs_claims ); }
static void test_ifs_registers(void) { check_layering( &ifs_registers ); }
static void test_non_ifs(void) { check_layering( &non_ifs ); }
static void test_installed_later_ifs(void) { check_installed_later( &ifs ); }
static void test_installed_later_non_ifs(void) { check_installed_later( &non_ifs ); }

static const struct test_case cases[] =
{
    { "no_layer", test_no_layer },
    { "ifs", test_ifs },
    { "ifs_claims", test_ifs_claims },
    { "ifs_registers", test_ifs_registers },
    { "non_ifs", test_non_ifs },
    { "no_request", test_no_request },
    { "installed_later_ifs", test_installed_later_ifs },
    { "installed_later_non_ifs", test_installed_later_non_ifs },
};

START_TEST(foreign_handle)
{
    char **argv;
    int argc = winetest_get_mainargs( &argv );

    if (argc > 6 && !strcmp( argv[2], "child" )) run_user( argv + 3 );
    else run_cases( "foreign_handle", cases, ARRAY_SIZE(cases) );
}
