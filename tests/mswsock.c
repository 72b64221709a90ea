/*
 * Tests of what mswsock exports for applications
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

#include "util_tracelsp.h"

#define ADDR_LEN (sizeof(struct sockaddr_in) + 16)

static HMODULE mswsock;

static void *get_function( const char *name )
{
    void *func;

    if (!mswsock) mswsock = LoadLibraryA( "mswsock.dll" );
    func = (void *)GetProcAddress( mswsock, name );
    ok( func != NULL, "%s is not exported.\n", name );
    return func;
}

/* Name and ordinal, as Wine 8.0 has them. */
static void test_exports(void)
{
    static const char *const names[] =
    {
        "AcceptEx", "EnumProtocolsA", "EnumProtocolsW", "GetAcceptExSockaddrs", "GetAddressByNameA",
        "GetAddressByNameW", "GetNameByTypeA", "GetNameByTypeW", "GetServiceA", "GetServiceW", "GetTypeByNameA",
        "GetTypeByNameW", "MigrateWinsockConfiguration", "NPLoadNameSpaces", "NSPStartup", "ServiceMain",
        "SetServiceA", "SetServiceW", "StartWsdpService", "StopWsdpService", "SvchostPushServiceGlobals",
        "TransmitFile", "WSARecvEx", "WSPStartup", "dn_expand", "getnetbyname", "inet_network", "rcmd", "rexec",
        "rresvport", "s_perror", "sethostname",
    };
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
        ok( get_function( names[i] ) == (void *)GetProcAddress( mswsock, (char *)(ULONG_PTR)(i + 1) ),
            "%s has not the ordinal %u.\n", names[i], i + 1 );
}

/* What is not there fails, and cleans up its arguments on i386, where a wrong number of them crashes. */
static void test_not_implemented(void)
{
    int (WINAPI *address_by_name)(DWORD,GUID *,const char *,int *,DWORD,void *,void *,DWORD *,char *,DWORD *) =
        get_function( "GetAddressByNameA" );
    int (WINAPI *get_service)(DWORD,GUID *,const WCHAR *,DWORD,void *,DWORD *,void *) = get_function( "GetServiceW" );
    int (WINAPI *set_service)(DWORD,DWORD,DWORD,void *,void *,DWORD *) = get_function( "SetServiceA" );
    int (WINAPI *name_by_type)(GUID *,char *,DWORD) = get_function( "GetNameByTypeA" );
    int (WINAPI *type_by_name)(const char *,GUID *) = get_function( "GetTypeByNameA" );
    int (WINAPI *nsp_startup)(GUID *,void *) = get_function( "NSPStartup" );
    int (WINAPI *rcmd)(char **,USHORT,const char *,const char *,const char *,int *) = get_function( "rcmd" );
    int (WINAPI *set_host_name)(const char *,int) = get_function( "sethostname" );
    void *(WINAPI *net_by_name)(const char *) = get_function( "getnetbyname" );
    unsigned int (WINAPI *inet_network)(const char *) = get_function( "inet_network" );
    GUID guid = {0};
    DWORD size = 0;
    char name[8];
    int ret;

#define CHECK( call, expected ) \
    SetLastError( 0 ); \
    ret = call; \
    ok( ret == SOCKET_ERROR && GetLastError() == expected, #call " returned %d, error %lu.\n", ret, GetLastError() );

    CHECK( address_by_name( 0, &guid, "x", NULL, 0, NULL, NULL, &size, NULL, NULL ), ERROR_CALL_NOT_IMPLEMENTED )
    CHECK( get_service( 0, &guid, L"x", 0, NULL, &size, NULL ), ERROR_CALL_NOT_IMPLEMENTED )
    CHECK( set_service( 0, 0, 0, NULL, NULL, NULL ), ERROR_CALL_NOT_IMPLEMENTED )
    CHECK( name_by_type( &guid, name, sizeof(name) ), ERROR_CALL_NOT_IMPLEMENTED )
    CHECK( type_by_name( "x", &guid ), ERROR_CALL_NOT_IMPLEMENTED )
    CHECK( nsp_startup( &guid, NULL ), WSAEOPNOTSUPP )
    CHECK( rcmd( NULL, 514, "a", "b", "c", NULL ), WSAEOPNOTSUPP )
    CHECK( set_host_name( "name", 4 ), WSAEOPNOTSUPP )
#undef CHECK

    SetLastError( 0 );
    ok( !net_by_name( "loopback" ) && GetLastError() == WSAEOPNOTSUPP, "Got error %lu.\n", GetLastError() );
    ok( inet_network( "127.0.0.1" ) == 0x7f000001, "Got %#x.\n", inet_network( "127.0.0.1" ) );
}

static void test_enum_protocols(void)
{
    int (WINAPI *enum_protocols)(int *,void *,DWORD *) = get_function( "EnumProtocolsW" );
    int ret, expected, protocols[] = {IPPROTO_TCP, 0};
    WSAPROTOCOL_INFOW infos[8], expected_infos[8];
    DWORD size = sizeof(expected_infos);

    start_winsock();
    expected = WSAEnumProtocolsW( protocols, expected_infos, &size );
    size = sizeof(infos);
    ret = enum_protocols( protocols, infos, &size );
    ok( ret == expected && ret > 0, "Got %d entries, expected %d.\n", ret, expected );
    ok( ret <= 0 || !memcmp( infos, expected_infos, ret * sizeof(*infos) ), "Got other entries.\n" );
    size = 0;
    ret = enum_protocols( protocols, NULL, &size );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAENOBUFS, "Got %d, error %d.\n", ret, WSAGetLastError() );
    WSACleanup();
}

static void check_accept_ex(void)
{
    LPFN_ACCEPTEX accept_ex = get_function( "AcceptEx" );
    LPFN_GETACCEPTEXSOCKADDRS get_sockaddrs = get_function( "GetAcceptExSockaddrs" );
    OVERLAPPED overlapped = {.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL )};
    struct sockaddr_in addr, client_addr, *local = NULL, *remote = NULL;
    SOCKET listener, acceptor, client;
    char buffer[8 + 2 * ADDR_LEN];
    int len = sizeof(client_addr), local_len = 0, remote_len = 0;
    DWORD size = 0, flags;
    BOOL ret;

    listener = bound_socket( SOCK_STREAM, &addr );
    ok( !listen( listener, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    acceptor = socket( AF_INET, SOCK_STREAM, 0 );
    ret = accept_ex( listener, acceptor, buffer, 8, ADDR_LEN, ADDR_LEN, &size, &overlapped );
    ok( !ret && WSAGetLastError() == ERROR_IO_PENDING, "Got %d, error %d.\n", ret, WSAGetLastError() );

    client = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !connect( client, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n", WSAGetLastError() );
    send( client, "extended", 8, 0 );
    ret = WaitForSingleObject( overlapped.hEvent, 2000 );
    ok( !ret, "AcceptEx did not end.\n" );
    ret = WSAGetOverlappedResult( listener, &overlapped, &size, FALSE, &flags );
    ok( ret && size == 8 && !memcmp( buffer, "extended", 8 ), "Got %d, size %lu.\n", ret, size );

    get_sockaddrs( buffer, 8, ADDR_LEN, ADDR_LEN, (struct sockaddr **)&local, &local_len, (struct sockaddr **)&remote,
                   &remote_len );
    getsockname( client, (struct sockaddr *)&client_addr, &len );
    ok( local_len == sizeof(*local) && local && !memcmp( local, &addr, offsetof( struct sockaddr_in, sin_zero ) ),
        "Got another local address, length %d.\n", local_len );
    ok( remote_len == sizeof(*remote) && remote
        && !memcmp( remote, &client_addr, offsetof( struct sockaddr_in, sin_zero ) ),
        "Got another remote address, length %d.\n", remote_len );

    CloseHandle( overlapped.hEvent );
    closesocket( client );
    closesocket( acceptor );
    closesocket( listener );
}

static void check_transmit_file(void)
{
    LPFN_TRANSMITFILE transmit_file = get_function( "TransmitFile" );
    WCHAR dir[MAX_PATH], path[MAX_PATH];
    SOCKET client, server;
    char buffer[16];
    DWORD size;
    HANDLE file;
    BOOL ret;
    int len;

    GetTempPathW( MAX_PATH, dir );
    GetTempFileNameW( dir, L"lsp", 0, path );
    file = CreateFileW( path, GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_FLAG_DELETE_ON_CLOSE, NULL );
    WriteFile( file, "transmitted", 11, &size, NULL );
    SetFilePointer( file, 0, NULL, FILE_BEGIN );

    tcp_pair( &client, &server );
    ret = transmit_file( client, file, 0, 0, NULL, NULL, 0 );
    ok( ret, "TransmitFile failed, error %d.\n", WSAGetLastError() );
    len = recv( server, buffer, sizeof(buffer), 0 );
    ok( len == 11 && !memcmp( buffer, "transmitted", 11 ), "Received %d bytes.\n", len );

    CloseHandle( file );
    closesocket( client );
    closesocket( server );
}

static void test_extensions(void)
{
    LPFN_TRANSMITFILE transmit_file = get_function( "TransmitFile" );
    LPFN_ACCEPTEX accept_ex = get_function( "AcceptEx" );
    BOOL ret;

    start_winsock();
    check_accept_ex();
    check_transmit_file();

    ret = accept_ex( 0xdeadbeec, 0xdeadbeec, NULL, 0, ADDR_LEN, ADDR_LEN, NULL, NULL );
    ok( !ret && WSAGetLastError() == WSAENOTSOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = transmit_file( 0xdeadbeec, NULL, 0, 0, NULL, NULL, 0 );
    ok( !ret && WSAGetLastError() == WSAENOTSOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    WSACleanup();
}

static void check_recv_ex(void)
{
    int (WINAPI *recv_ex)(SOCKET,char *,int,int *) = get_function( "WSARecvEx" );
    int ret, flags = 0, option;
    struct sockaddr_in addr;
    SOCKET s, sender, client, server;
    u_long nonblocking = 1;
    char buffer[8];

    tcp_pair( &client, &server );
    send( client, "stream", 6, 0 );
    ret = recv_ex( server, buffer, 4, &flags );
    ok( ret == 4 && !memcmp( buffer, "stre", 4 ) && !flags, "Got %d, flags %#x.\n", ret, flags );
    flags = MSG_PEEK;
    ret = recv_ex( server, buffer, sizeof(buffer), &flags );
    ok( ret == 2 && !(flags & MSG_PARTIAL), "Got %d, flags %#x.\n", ret, flags );
    flags = 0;
    ret = recv_ex( server, buffer, sizeof(buffer), &flags );
    ok( ret == 2 && !memcmp( buffer, "am", 2 ), "Got %d after MSG_PEEK.\n", ret );
    ioctlsocket( server, FIONBIO, &nonblocking );
    ret = recv_ex( server, buffer, sizeof(buffer), &flags );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEWOULDBLOCK, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = recv_ex( server, buffer, sizeof(buffer), NULL );
    ok( ret == SOCKET_ERROR && WSAGetLastError() == WSAEFAULT, "Got %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( client );
    closesocket( server );

    s = bound_socket( SOCK_DGRAM, &addr );
    option = 2000;
    setsockopt( s, SOL_SOCKET, SO_RCVTIMEO, (char *)&option, sizeof(option) );
    sender = socket( AF_INET, SOCK_DGRAM, 0 );
    sendto( sender, "datagram", 8, 0, (struct sockaddr *)&addr, sizeof(addr) );
    flags = 0;
    ret = recv_ex( s, buffer, 5, &flags );
    ok( ret == 5 && flags == MSG_PARTIAL && !memcmp( buffer, "datag", 5 ), "Got %d, flags %#x.\n", ret, flags );
    sendto( sender, "whole", 5, 0, (struct sockaddr *)&addr, sizeof(addr) );
    flags = MSG_PARTIAL;
    ret = recv_ex( s, buffer, 5, &flags );
    ok( ret == 5 && !flags && !memcmp( buffer, "whole", 5 ), "Got %d, flags %#x, error %d.\n", ret, flags,
        WSAGetLastError() );
    closesocket( s );
    closesocket( sender );
}

static void test_recv_ex(void)
{
    start_winsock();
    check_recv_ex();
    WSACleanup();
}

/* The sample layer has functions of its own, which it traces. */
static void check_tracelsp( const WCHAR *kind )
{
    char *lines;

    install_tracelsp( kind );
    start_winsock();
    check_accept_ex();
    check_transmit_file();
    check_recv_ex();
    WSACleanup();
    lines = read_trace();
    expect_line( lines, "AcceptEx ", "-> " );
    expect_line( lines, "TransmitFile ", "-> " );
    expect_line( lines, "WSPRecv ", "-> 11 bytes" );
    expect_line( lines, "WSPRecv ", "-> 4 bytes" );
    free( lines );
    ok( !run_tracelsp( L"remove" ), "tracelsp remove failed.\n" );
}

static void test_tracelsp_ifs(void)
{
    check_tracelsp( L"--ifs" );
}

static void test_tracelsp_non_ifs(void)
{
    check_tracelsp( L"--non-ifs" );
}

/* The functions of the layer are used, for each socket anew: WSPIoctl is asked for them. */
static void test_ifs_layer(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    load_layer( &layer );
    start_winsock();
    check_accept_ex();
    clear_counts( &layer );
    check_accept_ex();
    ok( take_count( &layer, TESTLSP_IOCTL ) == 1, "The layer was not asked once.\n" );
    ok( layer.control->args[TESTLSP_IOCTL][1] == SIO_GET_EXTENSION_FUNCTION_POINTER, "It was asked for %#Ix.\n",
        layer.control->args[TESTLSP_IOCTL][1] );
    clear_counts( &layer );
    check_transmit_file();
    ok( take_count( &layer, TESTLSP_IOCTL ) == 1, "The layer was not asked once.\n" );
    WSACleanup();
    unload_layer( &layer );
}

/* One that has no such function: nobody else's is used with its handles. */
static void test_layer_without_extensions(void)
{
    LPFN_TRANSMITFILE transmit_file = get_function( "TransmitFile" );
    LPFN_ACCEPTEX accept_ex = get_function( "AcceptEx" );
    char buffer[2 * ADDR_LEN];
    struct test_layer layer;
    SOCKET client, server;
    DWORD size;
    BOOL ret;

    install_layer( &layer, NULL, 0 );
    start_winsock();
    tcp_pair( &client, &server );
    ret = transmit_file( client, NULL, 0, 0, NULL, NULL, 0 );
    ok( !ret && WSAGetLastError() == WSAEOPNOTSUPP, "Got %d, error %d.\n", ret, WSAGetLastError() );
    ret = accept_ex( client, server, buffer, 0, ADDR_LEN, ADDR_LEN, &size, NULL );
    ok( !ret && WSAGetLastError() == WSAEOPNOTSUPP, "Got %d, error %d.\n", ret, WSAGetLastError() );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

START_TEST(mswsock)
{
    static const struct test_case cases[] =
    {
        { "exports", test_exports },
        { "not_implemented", test_not_implemented },
        { "enum_protocols", test_enum_protocols },
        { "extensions", test_extensions },
        { "recv_ex", test_recv_ex },
        { "ifs_layer", test_ifs_layer },
        { "layer_without_extensions", test_layer_without_extensions },
        { "tracelsp_ifs", test_tracelsp_ifs },
        { "tracelsp_non_ifs", test_tracelsp_non_ifs },
    };

    run_cases( "mswsock", cases, ARRAY_SIZE(cases) );
}
