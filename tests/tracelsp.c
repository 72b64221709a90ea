/*
 * Tests of the sample layer: its installer, its trace, and traffic through it
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
#include "util_tracelsp.h"

#define LAYER_NAME L"tracelsp"

/* The layer is first for TCP and UDP of IPv4, and its kind is what was asked for. */
static void check_catalog( BOOL ifs )
{
    WSAPROTOCOL_INFOW *entries;
    unsigned int i, count, chains = 0, layers = 0;
    DWORD id = 0;

    entries = get_catalog( &count );
    for (i = 0; i < count; i++)
        if (entries[i].ProtocolChain.ChainLen == LAYERED_PROTOCOL && !wcscmp( entries[i].szProtocol, LAYER_NAME ))
        {
            layers++;
            id = entries[i].dwCatalogEntryId;
            ok( entries[i].dwProviderFlags & PFL_HIDDEN, "The layer's entry is not hidden.\n" );
        }
    ok( layers == 1, "Got %u layers.\n", layers );
    for (i = 0; i < count; i++)
    {
        if (entries[i].ProtocolChain.ChainLen < 2) continue;
        chains++;
        ok( entries[i].ProtocolChain.ChainEntries[0] == id, "Chain %lu begins with %lu.\n",
            entries[i].dwCatalogEntryId, entries[i].ProtocolChain.ChainEntries[0] );
        ok( !(entries[i].dwServiceFlags1 & XP1_IFS_HANDLES) == !ifs, "Chain %lu has flags %#lx.\n",
            entries[i].dwCatalogEntryId, entries[i].dwServiceFlags1 );
    }
    ok( chains >= 2, "Got %u chains.\n", chains );
    ok( entries[0].ProtocolChain.ChainLen == 2, "A chain is not the first.\n" );
    free( entries );
}

static DWORD get_entry_id( SOCKET s )
{
    WSAPROTOCOL_INFOW info = {0};
    int len = sizeof(info);

    ok( !getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len ), "getsockopt failed, error %d.\n",
        WSAGetLastError() );
    ok( info.ProtocolChain.ChainLen > 1, "The socket is not one of a layer.\n" );
    return info.dwCatalogEntryId;
}

static void check_overlapped( SOCKET client, SOCKET server )
{
    HANDLE port = CreateIoCompletionPort( (HANDLE)server, NULL, 3, 0 );
    OVERLAPPED overlapped = {0}, *got = NULL;
    char buffer[16];
    WSABUF buf = {sizeof(buffer), buffer};
    DWORD size = 0, flags = 0;
    ULONG_PTR key = 0;

    ok( WSARecv( server, &buf, 1, NULL, &flags, &overlapped, NULL ) == SOCKET_ERROR &&
        WSAGetLastError() == WSA_IO_PENDING, "WSARecv gave error %d.\n", WSAGetLastError() );
    ok( send( client, "overlapped", 10, 0 ) == 10, "send failed, error %d.\n", WSAGetLastError() );
    ok( GetQueuedCompletionStatus( port, &size, &key, &got, 5000 ), "Got error %lu.\n", GetLastError() );
    ok( got == &overlapped && key == 3 && size == 10, "Got %p, key %Iu, %lu bytes.\n", got, key, size );
    ok( !memcmp( buffer, "overlapped", 10 ), "Got other data.\n" );
    CloseHandle( port );
}

static void check_packet_at_once( HANDLE port, const OVERLAPPED *expected, DWORD expected_size, DWORD expected_error )
{
    OVERLAPPED *got = NULL;
    ULONG_PTR key;
    DWORD size;
    BOOL ret;

    SetLastError( 0 );
    ret = GetQueuedCompletionStatus( port, &size, &key, &got, 0 );
    ok( ret == !expected_error && GetLastError() == expected_error && got == expected && size == expected_size,
        "Got %d, error %lu, %lu bytes, overlapped %p, not %p.\n", ret, GetLastError(), size, got, expected );
}

/* What the base does at once is done at once, and has a packet; so is a request that the base ends when its socket is
 * closed. What it refuses has none. These are stock Wine's answers, in both kinds of layers; for the error of a socket
 * that was closed the base has a Win32 error that is not one of Winsock. */
static void check_at_once( BOOL ifs )
{
    static GUID guid = WSAID_ACCEPTEX;
    OVERLAPPED overlapped = {0};
    WSABUF buf = {4, (char[]){"data"}};
    SOCKET client, server;
    DWORD size, flags = 0;
    HANDLE port;
    void *func;
    int ret;

    tcp_pair( &client, &server );
    port = CreateIoCompletionPort( (HANDLE)client, NULL, 0, 0 );
    size = 0xdead;
    ret = WSASend( client, &buf, 1, &size, 0, &overlapped, NULL );
    ok( !ret && size == 4, "WSASend returned %d, error %d, %lu bytes.\n", ret, WSAGetLastError(), size );
    check_packet_at_once( port, &overlapped, 4, 0 );
    ok( WSAGetOverlappedResult( client, &overlapped, &size, FALSE, NULL ) && size == 4, "Got error %d, %lu bytes.\n",
        WSAGetLastError(), size );
    ret = WSAIoctl( client, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), &size,
                    &overlapped, NULL );
    ok( !ret && size == sizeof(func), "WSAIoctl returned %d, error %d, %lu bytes.\n", ret, WSAGetLastError(), size );
    check_packet_at_once( port, &overlapped, 0, 0 );
    ret = WSAIoctl( client, SIO_BASE_HANDLE, NULL, 0, &func, sizeof(func), &size, &overlapped, NULL );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "WSAIoctl returned %d, error %d.\n", ret, WSAGetLastError() );
    check_packet_at_once( port, &overlapped, 0, ERROR_NOT_SUPPORTED );
    overlapped.Internal = 0xdead;
    ret = WSAIoctl( client, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), NULL,
                    &overlapped, NULL );
    ok( ret && WSAGetLastError() == WSAEFAULT, "WSAIoctl returned %d, error %d.\n", ret, WSAGetLastError() );
    ok( overlapped.Internal == 0xdead, "Internal is %#Ix.\n", overlapped.Internal );
    ret = WSARecv( client, &buf, 1, NULL, &flags, &overlapped, NULL );
    ok( ret && WSAGetLastError() == WSA_IO_PENDING, "WSARecv returned %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( client );
    check_packet_at_once( port, &overlapped, 0, ifs ? ERROR_HANDLES_CLOSED : ERROR_OPERATION_ABORTED );
    closesocket( server );
    CloseHandle( port );
}

static DWORD WINAPI send_later( void *s )
{
    OVERLAPPED overlapped = {0};
    WSABUF buf = {4, (char[]){"data"}};

    Sleep( 100 );
    return WSASend( (SOCKET)s, &buf, 1, NULL, 0, &overlapped, NULL ) ? WSAGetLastError() : 0;
}

/* A socket that is not overlapped does not let a request pend, not even during one that blocks. */
static void check_not_overlapped(void)
{
    struct sockaddr_in addr = loopback_addr( 0 );
    SOCKET s = WSASocketW( AF_INET, SOCK_DGRAM, 0, NULL, 0, 0 );
    OVERLAPPED overlapped = {0};
    WSABUF buf = {4, (char[4]){""}};
    int ret, len = sizeof(addr);
    DWORD flags = 0, error = 0xdead;
    HANDLE thread;

    ok( !bind( s, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n", WSAGetLastError() );
    ok( !getsockname( s, (struct sockaddr *)&addr, &len ), "getsockname failed, error %d.\n", WSAGetLastError() );
    ok( !connect( s, (struct sockaddr *)&addr, len ), "connect failed, error %d.\n", WSAGetLastError() );
    thread = CreateThread( NULL, 0, send_later, (void *)s, 0, NULL );
    ret = WSARecv( s, &buf, 1, NULL, &flags, &overlapped, NULL );
    ok( !ret && !overlapped.Internal && overlapped.InternalHigh == 4, "WSARecv returned %d, error %d, %Iu bytes.\n",
        ret, WSAGetLastError(), overlapped.InternalHigh );
    WaitForSingleObject( thread, 5000 );
    ok( GetExitCodeThread( thread, &error ) && !error, "WSASend failed, error %lu.\n", error );
    CloseHandle( thread );
    closesocket( s );
}

/* AcceptEx and ConnectEx by the pointers that WSAIoctl() gives: those are the layer's own. */
static void check_extensions(void)
{
    static GUID accept_guid = WSAID_ACCEPTEX, connect_guid = WSAID_CONNECTEX;
    struct sockaddr_in addr, any = {.sin_family = AF_INET};
    OVERLAPPED accept_ov = {0}, connect_ov = {0};
    LPFN_CONNECTEX connect_ex = NULL;
    LPFN_ACCEPTEX accept_ex = NULL;
    char buffer[2 * (sizeof(addr) + 16)];
    SOCKET listener, server, client;
    DWORD size, flags;

    accept_ov.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL );
    connect_ov.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL );
    listener = bound_socket( SOCK_STREAM, &addr );
    ok( !listen( listener, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    server = socket( AF_INET, SOCK_STREAM, 0 );
    client = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !bind( client, (struct sockaddr *)&any, sizeof(any) ), "bind failed, error %d.\n", WSAGetLastError() );
    ok( !WSAIoctl( listener, SIO_GET_EXTENSION_FUNCTION_POINTER, &accept_guid, sizeof(accept_guid), &accept_ex,
                   sizeof(accept_ex), &size, NULL, NULL ), "Got no AcceptEx, error %d.\n", WSAGetLastError() );
    ok( !WSAIoctl( client, SIO_GET_EXTENSION_FUNCTION_POINTER, &connect_guid, sizeof(connect_guid), &connect_ex,
                   sizeof(connect_ex), &size, NULL, NULL ), "Got no ConnectEx, error %d.\n", WSAGetLastError() );
    if (!accept_ex || !connect_ex) return;

    ok( !accept_ex( listener, server, buffer, 0, sizeof(addr) + 16, sizeof(addr) + 16, &size, &accept_ov ) &&
        WSAGetLastError() == WSA_IO_PENDING, "AcceptEx gave error %d.\n", WSAGetLastError() );
    ok( connect_ex( client, (struct sockaddr *)&addr, sizeof(addr), NULL, 0, &size, &connect_ov ) ||
        WSAGetLastError() == WSA_IO_PENDING, "ConnectEx failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( accept_ov.hEvent, 5000 ), "AcceptEx does not complete.\n" );
    ok( !WaitForSingleObject( connect_ov.hEvent, 5000 ), "ConnectEx does not complete.\n" );
    ok( WSAGetOverlappedResult( listener, &accept_ov, &size, FALSE, &flags ), "Got error %d.\n", WSAGetLastError() );
    ok( WSAGetOverlappedResult( client, &connect_ov, &size, FALSE, &flags ), "Got error %d.\n", WSAGetLastError() );
    ok( !setsockopt( server, SOL_SOCKET, SO_UPDATE_ACCEPT_CONTEXT, (char *)&listener, sizeof(listener) ),
        "setsockopt failed, error %d.\n", WSAGetLastError() );
    ok( !setsockopt( client, SOL_SOCKET, SO_UPDATE_CONNECT_CONTEXT, NULL, 0 ), "setsockopt failed, error %d.\n",
        WSAGetLastError() );
    check_echo( client, server );
    closesocket( client );
    closesocket( server );
    closesocket( listener );
    CloseHandle( accept_ov.hEvent );
    CloseHandle( connect_ov.hEvent );
}

static void check_tcp(void)
{
    char connected[32], closed[32];
    struct sockaddr_in addr;
    SOCKET client, server;
    int len = sizeof(addr);
    char *lines;

    tcp_pair( &client, &server );
    get_entry_id( client );
    get_entry_id( server );
    ok( !getpeername( client, (struct sockaddr *)&addr, &len ), "getpeername failed, error %d.\n", WSAGetLastError() );
    check_echo( client, server );
    check_overlapped( client, server );
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !closesocket( server ), "closesocket failed, error %d.\n", WSAGetLastError() );

    lines = read_trace();
    snprintf( connected, sizeof(connected), "WSPConnect 127.0.0.1:%u ", ntohs( addr.sin_port ) );
    snprintf( closed, sizeof(closed), " s=%04Ix WSPCloseSocket", client );
    expect_line( lines, "WSPSocket", "-> s=" );
    expect_line( lines, "WSPListen", "-> 0" );
    expect_line( lines, connected, "-> 0" );
    expect_line( lines, "WSPAccept", "-> s=" );
    expect_line( lines, "WSPSend", "-> 13 bytes" );
    expect_line( lines, "WSPRecv", "-> 13 bytes" );
    expect_line( lines, "WSPRecv", "-> WSA_IO_PENDING" );
    expect_line( lines, closed, "-> 0" );
    free( lines );
}

static void check_udp(void)
{
    struct sockaddr_in addr, from;
    int ret, len = sizeof(from);
    char text[32], buffer[16];
    SOCKET s, s2;
    char *lines;

    s = bound_socket( SOCK_DGRAM, &addr );
    s2 = bound_socket( SOCK_DGRAM, NULL );
    get_entry_id( s );
    ret = sendto( s2, "datagram", 8, 0, (struct sockaddr *)&addr, sizeof(addr) );
    ok( ret == 8, "sendto returned %d, error %d.\n", ret, WSAGetLastError() );
    ret = recvfrom( s, buffer, sizeof(buffer), 0, (struct sockaddr *)&from, &len );
    ok( ret == 8 && !memcmp( buffer, "datagram", 8 ), "recvfrom returned %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( s );
    closesocket( s2 );

    lines = read_trace();
    snprintf( text, sizeof(text), "to 127.0.0.1:%u ", ntohs( addr.sin_port ) );
    expect_line( lines, "WSPSendTo", text );
    expect_line( lines, text, "-> 8 bytes" );
    expect_line( lines, "WSPRecvFrom", "-> 8 bytes" );
    free( lines );
}

static int query( SOCKET s, DWORD code, SOCKET *answer, DWORD size, OVERLAPPED *overlapped )
{
    DWORD ret_size;

    if (answer) *answer = 0;
    return WSAIoctl( s, code, NULL, 0, answer, size, &ret_size, overlapped, NULL ) ? WSAGetLastError() : 0;
}

/* Which handle is whose: the layer claims what it traces, does not answer for the base, and names the next layer's
 * handle for notifications if its own is no kernel handle (§8). */
static void check_queries( BOOL ifs )
{
    static const DWORD codes[] =
        {SIO_BASE_HANDLE, SIO_BSP_HANDLE, SIO_BSP_HANDLE_SELECT, SIO_BSP_HANDLE_POLL, SIO_QUERY_TARGET_PNP_HANDLE};
    SOCKET s = bound_socket( SOCK_DGRAM, NULL ), base, answer;
    OVERLAPPED overlapped = {0};
    BOOL claimed;
    unsigned int i;
    int error;

    error = query( s, SIO_BASE_HANDLE, &base, sizeof(base), NULL );
    ok( !error && (base == s) == ifs, "Got error %d, handle %#Ix for socket %#Ix.\n", error, base, s );
    for (i = 0; i < ARRAY_SIZE(codes); i++)
    {
        winetest_push_context( "code %#lx", codes[i] );
        claimed = codes[i] != SIO_BASE_HANDLE && codes[i] != SIO_QUERY_TARGET_PNP_HANDLE;
        error = query( s, codes[i], &answer, sizeof(answer), NULL );
        ok( !error && answer == (claimed ? s : base), "Got error %d, handle %#Ix.\n", error, answer );
        if (codes[i] != SIO_BASE_HANDLE)    /* which is Wine's, and looks at no pointer */
        {
            error = query( s, codes[i], NULL, sizeof(answer), NULL );
            ok( error == WSAEFAULT, "Got error %d without a buffer.\n", error );
            error = query( s, codes[i], &answer, sizeof(answer) - 1, NULL );
            ok( error == WSAEFAULT, "Got error %d for a short buffer.\n", error );
        }
        winetest_pop_context();
    }
    error = query( s, SIO_BSP_HANDLE_POLL, &answer, sizeof(answer), &overlapped );
    ok( error == WSAEOPNOTSUPP, "Got error %d with OVERLAPPED.\n", error );
    closesocket( s );
}

static void check_extension_query(void)
{
    SOCKET s = bound_socket( SOCK_DGRAM, NULL );
    GUID guid = WSAID_WSARECVMSG;
    void *func;
    int ret;

    ret = WSAIoctl( s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), NULL, NULL, NULL );
    ok( ret && WSAGetLastError() == WSAEFAULT, "Got %d, error %d without a place for the size.\n", ret,
        WSAGetLastError() );
    closesocket( s );
}

/* A buffer that is too short is told the length; a longer one keeps its own. */
static void check_protocol_info_length(void)
{
    SOCKET s = bound_socket( SOCK_DGRAM, NULL );
    WSAPROTOCOL_INFOW infos[2];
    int ret, len;

    len = sizeof(infos[0]) - 1;
    ret = getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)infos, &len );
    ok( ret && WSAGetLastError() == WSAEFAULT && len == sizeof(infos[0]), "Short: got %d, error %d, length %d.\n", ret,
        WSAGetLastError(), len );
    len = sizeof(infos);
    ret = getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)infos, &len );
    ok( !ret && len == sizeof(infos), "Long: got %d, error %d, length %d.\n", ret, WSAGetLastError(), len );
    closesocket( s );
}

/* The calls that go by these handles, for sockets of two providers: the layer's for UDP, and the base's. */
static void check_several_sockets(void)
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_DGRAM );
    struct sockaddr_in addr, other_addr = loopback_addr( 0 );
    char text[] = "message";
    WSABUF buffer = {sizeof(text), text};
    WSAMSG msg = {.lpBuffers = &buffer, .dwBufferCount = 1};
    int ret, len = sizeof(other_addr);
    struct timeval timeout = {5, 0};
    SOCKET s, other;
    WSAPOLLFD fds[2];
    char *lines;
    DWORD size;
    fd_set set;

    s = bound_socket( SOCK_DGRAM, &addr );
    other = WSASocketW( AF_INET, SOCK_DGRAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
    ok( !bind( other, (struct sockaddr *)&other_addr, sizeof(other_addr) ), "bind failed, error %d.\n",
        WSAGetLastError() );
    getsockname( other, (struct sockaddr *)&other_addr, &len );
    msg.name = (struct sockaddr *)&other_addr;
    msg.namelen = sizeof(other_addr);
    ok( !WSASendMsg( s, &msg, 0, &size, NULL, NULL ) && size == sizeof(text), "WSASendMsg: error %d, %lu bytes.\n",
        WSAGetLastError(), size );
    set.fd_count = 2;
    set.fd_array[0] = s;
    set.fd_array[1] = other;
    ret = select( 0, &set, NULL, NULL, &timeout );
    ok( ret == 1 && set.fd_count == 1 && set.fd_array[0] == other, "select returned %d, error %d.\n", ret,
        WSAGetLastError() );

    memset( fds, 0, sizeof(fds) );
    fds[0].fd = other;
    fds[1].fd = s;
    fds[0].events = fds[1].events = POLLRDNORM;
    ret = WSAPoll( fds, 2, 5000 );
    ok( ret == 1 && fds[0].revents == POLLRDNORM && !fds[1].revents, "WSAPoll returned %d, events %#x and %#x.\n", ret,
        fds[0].revents, fds[1].revents );
    ok( fds[0].fd == other && fds[1].fd == s, "The sockets were changed.\n" );
    closesocket( s );
    closesocket( other );

    lines = read_trace();
    expect_line( lines, "WSPSelect", "2 read 0 write 0 except timeout 5000 -> " );
    expect_line( lines, "SIO_EXT_SENDMSG", "-> 8 bytes" );
    free( lines );
}

static void check_removed( const WSAPROTOCOL_INFOW *before, unsigned int count )
{
    unsigned int i, new_count;
    WSAPROTOCOL_INFOW *after;
    WCHAR path[MAX_PATH];
    DWORD ret;

    ret = run_tracelsp( L"remove" );
    ok( !ret, "tracelsp remove ended with %lu.\n", ret );
    after = get_catalog( &new_count );
    ok( new_count == count, "Got %u entries, before there were %u.\n", new_count, count );
    for (i = 0; i < count && i < new_count; i++)
        ok( !memcmp( &before[i], &after[i], sizeof(*after) ), "Entry %u differs.\n", i );
    free( after );
    ret = run_tracelsp( L"remove" );
    ok( ret == 1, "The second tracelsp remove ended with %lu.\n", ret );
    get_trace_path( path );
    DeleteFileW( path );
}

/* A socket that is in a set twice is left in it once, and one set can be both that for reading and that for writing,
 * as Wine's own tests say. */
static void check_select_sets(void)
{
    struct timeval timeout = {0, 0};
    struct sockaddr_in addr;
    SOCKET s, other;
    fd_set set;
    int ret;

    s = bound_socket( SOCK_DGRAM, &addr );
    other = bound_socket( SOCK_DGRAM, &addr );
    set.fd_count = 2;
    set.fd_array[0] = set.fd_array[1] = s;
    ret = select( 0, NULL, &set, NULL, &timeout );
    ok( ret == 1 && set.fd_count == 1 && set.fd_array[0] == s, "select returned %d, the set has %u sockets.\n", ret,
        set.fd_count );

    set.fd_count = 2;
    set.fd_array[0] = s;
    set.fd_array[1] = other;
    ret = select( 0, &set, &set, NULL, &timeout );
    ok( ret == 2 && set.fd_count == 2 && FD_ISSET( s, &set ) && FD_ISSET( other, &set ),
        "select returned %d, the set has %u sockets.\n", ret, set.fd_count );
    closesocket( s );
    closesocket( other );
}

static void check_layer( const WCHAR *kind, BOOL ifs )
{
    WSAPROTOCOL_INFOW *before;
    unsigned int count;
    char *lines;

    before = get_catalog( &count );
    install_tracelsp( kind );
    check_catalog( ifs );
    start_winsock();
    check_tcp();
    check_udp();
    check_at_once( ifs );
    check_not_overlapped();
    check_extensions();
    check_queries( ifs );
    check_extension_query();
    check_protocol_info_length();
    check_several_sockets();
    check_select_sets();
    check_all_fail( 0xdeadbeef, WSAENOTSOCK );
    WSACleanup();
    lines = read_trace();
    expect_line( lines, "WSPStartup", "-> 0" );
    if (!ifs) expect_line( lines, "WSPRecv completed", "-> 10 bytes" );
    free( lines );
    check_removed( before, count );
    free( before );
}

static void test_ifs(void)
{
    check_layer( L"--ifs", TRUE );
}

static void test_non_ifs(void)
{
    check_layer( L"--non-ifs", FALSE );
}

/* Another layer over the sample. */
static void check_below( const WCHAR *kind, unsigned int upper_flags )
{
    struct test_layer layer;
    SOCKET client, server;
    char *lines;
    DWORD ret;

    install_tracelsp( kind );
    install_layer( &layer, NULL, upper_flags );
    load_layer( &layer );
    start_winsock();
    tcp_pair( &client, &server );
    check_echo( client, server );
    ok( layer.control->counts[TESTLSP_SEND] == 2, "The upper layer saw %ld sends.\n",
        layer.control->counts[TESTLSP_SEND] );
    check_overlapped( client, server );
    closesocket( client );
    closesocket( server );
    WSACleanup();
    lines = read_trace();
    expect_line( lines, "WSPSend", "-> 13 bytes" );
    expect_line( lines, "WSPRecv", "-> 13 bytes" );
    free( lines );

    ret = run_tracelsp( L"remove" );
    ok( ret == 1, "tracelsp remove ended with %lu although a layer lies over it.\n", ret );
    uninstall_layers();
    ret = run_tracelsp( L"remove" );
    ok( !ret, "tracelsp remove ended with %lu.\n", ret );
}

static void test_ifs_below_ifs(void)
{
    check_below( L"--ifs", LAYER_IFS );
}

static void test_non_ifs_below_non_ifs(void)
{
    check_below( L"--non-ifs", 0 );
}

/* For tests/server-calls.sh: requests that are done at once. The first one starts what the layer needs. */
static void test_marked(void)
{
    static OVERLAPPED overlapped[11];
    WSABUF buffer = {1, (char *)"a"};
    SOCKET client, server;
    unsigned int i;

    install_tracelsp( L"--non-ifs" );
    start_winsock();
    tcp_pair( &client, &server );
    for (i = 0; i < ARRAY_SIZE(overlapped); i++)
    {
        if (i == 1)
        {
            Sleep( 50 );
            mark( "sends" );
        }
        ok( !WSASend( client, &buffer, 1, NULL, 0, &overlapped[i], NULL ), "Got error %d.\n", WSAGetLastError() );
    }
    Sleep( 50 );
    mark( "end" );
    closesocket( client );
    closesocket( server );
    WSACleanup();
    ok( !run_tracelsp( L"remove" ), "tracelsp remove failed.\n" );
}

static void test_arguments(void)
{
    WSAPROTOCOL_INFOW *before, *after;
    unsigned int count, new_count;
    DWORD ret;

    before = get_catalog( &count );
    ret = run_tracelsp( L"" );
    ok( ret == 2, "tracelsp ended with %lu.\n", ret );
    ret = run_tracelsp( L"instal" );
    ok( ret == 2, "tracelsp instal ended with %lu.\n", ret );
    ret = run_tracelsp( L"install --what" );
    ok( ret == 2, "tracelsp install --what ended with %lu.\n", ret );
    ret = run_tracelsp( L"install --trace" );
    ok( ret == 2, "tracelsp install --trace ended with %lu.\n", ret );
    ret = run_tracelsp( L"install --over \"no such protocol\"" );
    ok( ret == 1, "tracelsp install --over ended with %lu.\n", ret );
    after = get_catalog( &new_count );
    ok( count == new_count && !memcmp( before, after, count * sizeof(*before) ), "The catalog was changed.\n" );
    free( before );
    free( after );
}

static const struct test_case cases[] =
{
    { "ifs", test_ifs },
    { "non_ifs", test_non_ifs },
    { "ifs_below_ifs", test_ifs_below_ifs },
    { "non_ifs_below_non_ifs", test_non_ifs_below_non_ifs },
    { "arguments", test_arguments },
    { "marked", test_marked },
};

/* A run that was killed may have left the layer. */
START_TEST(tracelsp)
{
    char **argv;

    if (winetest_get_mainargs( &argv ) < 3)
    {
        uninstall_layers();
        run_tracelsp( L"remove" );
    }
    run_cases( "tracelsp", cases, ARRAY_SIZE(cases) );
}
