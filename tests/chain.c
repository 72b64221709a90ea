/*
 * Tests of layers over layers
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

/* Two layers, each a copy of the test provider under a name of its own. */
struct chain
{
    struct test_layer lower, upper;
};

static void install_chain( struct chain *chain, unsigned int lower_flags, unsigned int upper_flags )
{
    WCHAR path[MAX_PATH];

    copy_test_layer( L"testlsp-lower.dll", path );
    install_layer( &chain->lower, path, lower_flags );
    copy_test_layer( L"testlsp-upper.dll", path );
    install_layer( &chain->upper, path, upper_flags );
    load_layer( &chain->lower );
    load_layer( &chain->upper );
    start_winsock();
}

static void end_chain( struct chain *chain )
{
    struct testlsp *lower = chain->lower.control, *upper = chain->upper.control;

    WSACleanup();
    ok( !upper->bad_contexts && !lower->bad_contexts, "%ld and %ld contexts were wrong.\n", upper->bad_contexts,
        lower->bad_contexts );
    ok( upper->counts[TESTLSP_CLEANUP] == upper->counts[TESTLSP_STARTUP], "Got %ld starts, %ld cleanups.\n",
        upper->counts[TESTLSP_STARTUP], upper->counts[TESTLSP_CLEANUP] );
    ok( lower->counts[TESTLSP_CLEANUP] == lower->counts[TESTLSP_STARTUP], "Got %ld starts, %ld cleanups.\n",
        lower->counts[TESTLSP_STARTUP], lower->counts[TESTLSP_CLEANUP] );
}

/* Each layer is called once, by the one above it. */
static void expect_both( struct chain *chain, enum testlsp_function function )
{
    LONG upper = take_count( &chain->upper, function ), lower = take_count( &chain->lower, function );

    ok( upper == 1 && lower == 1, "Function %d: the upper layer was called %ld times, the lower %ld times.\n",
        function, upper, lower );
}

/* The chain structure goes down unchanged until the base, which gets its own (§2.4). */
static void check_start( struct chain *chain )
{
    const struct testlsp_instance *upper = &chain->upper.control->instances[0];
    const struct testlsp_instance *lower = &chain->lower.control->instances[0];
    const WSAPROTOCOLCHAIN *layers = &upper->info.ProtocolChain;
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );

    ok( upper->info.dwCatalogEntryId == chain->upper.tcp_id, "Got entry %lu, expected %lu.\n",
        upper->info.dwCatalogEntryId, chain->upper.tcp_id );
    ok( layers->ChainLen == 3, "Got chain length %d.\n", layers->ChainLen );
    ok( layers->ChainEntries[0] == chain->upper.id, "Got %lu first.\n", layers->ChainEntries[0] );
    ok( layers->ChainEntries[1] == chain->lower.tcp_id || layers->ChainEntries[1] == chain->lower.id,
        "Got %lu second.\n", layers->ChainEntries[1] );
    ok( layers->ChainEntries[2] == base.dwCatalogEntryId, "Got %lu third.\n", layers->ChainEntries[2] );
    ok( !memcmp( &lower->info, &upper->info, sizeof(lower->info) ), "The layers got different structures.\n" );
    ok( lower->catalog_id == chain->lower.tcp_id, "The lower layer took entry %lu for its own.\n", lower->catalog_id );
    ok( !memcmp( &lower->upcalls, &upper->upcalls, sizeof(lower->upcalls) ), "The upcall tables differ.\n" );
}

static DWORD WINAPI send_blocks( void *arg )
{
    SOCKET s = *(SOCKET *)arg;
    unsigned char block[4096];
    unsigned int i, j, pos = 0;
    int ret;

    for (i = 0; i < 256; i++)
    {
        for (j = 0; j < sizeof(block); j++) block[j] = (pos++ * 7) >> 3;
        for (j = 0; j < sizeof(block); j += ret)
            if ((ret = send( s, (char *)block + j, sizeof(block) - j, 0 )) <= 0) return i;
    }
    shutdown( s, SD_SEND );
    return i;
}

/* A megabyte, compared byte by byte. */
static void check_bulk( SOCKET from, SOCKET to )
{
    unsigned char buffer[8192];
    unsigned int pos = 0, wrong = 0;
    HANDLE thread = CreateThread( NULL, 0, send_blocks, &from, 0, NULL );
    int i, ret;

    while ((ret = recv( to, (char *)buffer, sizeof(buffer), 0 )) > 0)
        for (i = 0; i < ret; i++, pos++) if (buffer[i] != (unsigned char)((pos * 7) >> 3)) wrong++;
    ok( !ret, "recv failed, error %d.\n", WSAGetLastError() );
    ok( pos == 256 * 4096, "Got %u bytes.\n", pos );
    ok( !wrong, "%u bytes are wrong.\n", wrong );
    ok( !WaitForSingleObject( thread, 5000 ), "The sender hangs.\n" );
    CloseHandle( thread );
}

static void check_event( SOCKET client, SOCKET server )
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    OVERLAPPED overlapped = {.hEvent = event};
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD size = 0, flags = 0;

    ok( WSARecv( server, &buf, 1, NULL, &flags, &overlapped, NULL ) && WSAGetLastError() == WSA_IO_PENDING,
        "WSARecv gave error %d.\n", WSAGetLastError() );
    ok( send( client, "event", 5, 0 ) == 5, "send failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( event, 5000 ), "The event is not signalled.\n" );
    ok( WSAGetOverlappedResult( server, &overlapped, &size, FALSE, &flags ), "Got error %d.\n", WSAGetLastError() );
    ok( size == 5 && !memcmp( buffer, "event", 5 ), "Got %lu bytes or other data.\n", size );
    CloseHandle( event );
}

static void check_port( SOCKET client, SOCKET server )
{
    HANDLE port = CreateIoCompletionPort( (HANDLE)server, NULL, 77, 0 );
    OVERLAPPED overlapped = {0}, *got = NULL;
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD size = 0, flags = 0;
    ULONG_PTR key = 0;

    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
    ok( WSARecv( server, &buf, 1, NULL, &flags, &overlapped, NULL ) && WSAGetLastError() == WSA_IO_PENDING,
        "WSARecv gave error %d.\n", WSAGetLastError() );
    ok( send( client, "port", 4, 0 ) == 4, "send failed, error %d.\n", WSAGetLastError() );
    ok( GetQueuedCompletionStatus( port, &size, &key, &got, 5000 ), "Got error %lu.\n", GetLastError() );
    ok( got == &overlapped && key == 77, "Got %p, key %Iu.\n", got, key );
    ok( size == 4 && !memcmp( buffer, "port", 4 ), "Got %lu bytes or other data.\n", size );
    CloseHandle( port );
}

static DWORD routine_size;

static void CALLBACK routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)overlapped; (void)flags;
    ok( !error, "Got error %lu.\n", error );
    routine_size = size;
}

static void check_routine( SOCKET client, SOCKET server )
{
    OVERLAPPED overlapped = {0};
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD flags = 0;
    int ret;

    ret = WSARecv( server, &buf, 1, NULL, &flags, &overlapped, routine );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "WSARecv returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( send( client, "routine", 7, 0 ) == 7, "send failed, error %d.\n", WSAGetLastError() );
    ok( SleepEx( 5000, TRUE ) == WAIT_IO_COMPLETION, "The routine was not called.\n" );
    ok( routine_size == 7 && !memcmp( buffer, "routine", 7 ), "Got %lu bytes or other data.\n", routine_size );
}

static void check_message( SOCKET client, SOCKET server )
{
    HWND window = CreateWindowExW( 0, L"Static", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    u_long blocking = 0;
    char byte;
    MSG msg;
    int i;

    ok( window != NULL, "CreateWindowEx failed, error %lu.\n", GetLastError() );
    ok( !WSAAsyncSelect( server, window, WM_USER + 7, FD_READ ), "WSAAsyncSelect failed, error %d.\n",
        WSAGetLastError() );
    ok( send( client, "m", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    for (i = 0; i < 500; i++)
    {
        if (PeekMessageW( &msg, window, WM_USER + 7, WM_USER + 7, PM_REMOVE )) break;
        Sleep( 10 );
    }
    ok( i < 500, "There is no message.\n" );
    if (i < 500)
    {
        ok( msg.wParam == server, "Got socket %#Ix, expected %#Ix.\n", msg.wParam, server );
        ok( WSAGETSELECTEVENT( msg.lParam ) == FD_READ && !WSAGETSELECTERROR( msg.lParam ), "Got %#Ix.\n", msg.lParam );
    }
    ok( recv( server, &byte, 1, 0 ) == 1 && byte == 'm', "recv failed, error %d.\n", WSAGetLastError() );
    ok( !WSAAsyncSelect( server, window, 0, 0 ), "WSAAsyncSelect failed, error %d.\n", WSAGetLastError() );
    ok( !ioctlsocket( server, FIONBIO, &blocking ), "ioctlsocket failed, error %d.\n", WSAGetLastError() );
    DestroyWindow( window );
}

static void check_ready( SOCKET client, SOCKET server )
{
    WSAPOLLFD fd = {.fd = server, .events = POLLRDNORM};
    struct timeval timeout = {5, 0};
    fd_set set;
    char byte;
    int ret;

    ok( send( client, "s", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    FD_ZERO( &set );
    FD_SET( server, &set );
    FD_SET( client, &set );
    ret = select( 0, &set, NULL, NULL, &timeout );
    ok( ret == 1 && set.fd_array[0] == server, "select returned %d, error %d.\n", ret, WSAGetLastError() );
    ret = WSAPoll( &fd, 1, 5000 );
    ok( ret == 1 && fd.revents == POLLRDNORM, "WSAPoll returned %d, events %#x, error %d.\n", ret, fd.revents,
        WSAGetLastError() );
    ok( recv( server, &byte, 1, 0 ) == 1 && byte == 's', "recv failed, error %d.\n", WSAGetLastError() );
}

static void check_chain( unsigned int lower_flags, unsigned int upper_flags )
{
    SOCKET client, server;
    struct chain chain;

    install_chain( &chain, lower_flags, upper_flags );
    closesocket( socket( AF_INET, SOCK_STREAM, 0 ));
    expect_both( &chain, TESTLSP_SOCKET );
    expect_both( &chain, TESTLSP_CLOSE_SOCKET );
    check_start( &chain );
    tcp_pair( &client, &server );
    expect_both( &chain, TESTLSP_ACCEPT );
    expect_both( &chain, TESTLSP_CONNECT );
    ok( send( client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    expect_both( &chain, TESTLSP_SEND );
    ok( recv( server, (char[1]){0}, 1, 0 ) == 1, "recv failed, error %d.\n", WSAGetLastError() );
    expect_both( &chain, TESTLSP_RECV );

    check_echo( client, server );
    check_ready( client, server );
    check_event( client, server );
    check_routine( client, server );
    check_message( client, server );
    check_port( client, server );
    check_bulk( client, server );
    check_bulk( server, client );
    closesocket( client );
    closesocket( server );
    end_chain( &chain );
}

static void test_ifs_over_ifs(void)
{
    check_chain( LAYER_IFS, LAYER_IFS );
}

static void test_non_ifs_over_ifs(void)
{
    check_chain( LAYER_IFS, 0 );
}

static void test_non_ifs_over_non_ifs(void)
{
    check_chain( 0, 0 );
}

static void test_by_chains(void)
{
    check_chain( LAYER_IFS | LAYER_CHAINS, LAYER_CHAINS );
}

/* Datagrams, and two layers that were not started by TCP before. */
static void test_datagrams(void)
{
    struct sockaddr_in addr, from;
    int ret, len = sizeof(from);
    struct chain chain;
    char buffer[16];
    SOCKET s, s2;

    install_chain( &chain, 0, 0 );
    s = bound_socket( SOCK_DGRAM, &addr );
    s2 = bound_socket( SOCK_DGRAM, NULL );
    ret = sendto( s2, "datagram", 8, 0, (struct sockaddr *)&addr, sizeof(addr) );
    ok( ret == 8, "sendto returned %d, error %d.\n", ret, WSAGetLastError() );
    expect_both( &chain, TESTLSP_SEND_TO );
    ret = recvfrom( s, buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &len );
    ok( ret == 8 && !memcmp( buffer, "datagram", 8 ), "recvfrom returned %d, error %d.\n", ret, WSAGetLastError() );
    expect_both( &chain, TESTLSP_RECV_FROM );
    closesocket( s );
    closesocket( s2 );
    end_chain( &chain );
}

static const struct test_case cases[] =
{
    { "ifs_over_ifs", test_ifs_over_ifs },
    { "non_ifs_over_ifs", test_non_ifs_over_ifs },
    { "non_ifs_over_non_ifs", test_non_ifs_over_non_ifs },
    { "by_chains", test_by_chains },
    { "datagrams", test_datagrams },
};

START_TEST(chain)
{
    run_cases( "chain", cases, ARRAY_SIZE(cases) );
}
