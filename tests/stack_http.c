/*
 * Tests of Wine's HTTP clients over the sample layer
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
#include "winhttp.h"

#define BODY_SIZE 1000000

/* A server in a thread of its own. Its sockets are the base provider's, so that all that the layer sees is the
 * clients'. The counts are the server's until it has ended. */
struct server
{
    SOCKET listener;
    unsigned short port;
    char *body;
    HANDLE thread;
    DWORD received, sent;
};

static BOOL send_all( struct server *server, SOCKET s, const char *data, int size )
{
    int ret;

    while (size && (ret = send( s, data, size, 0 )) > 0)
    {
        server->sent += ret;
        data += ret;
        size -= ret;
    }
    return !size;
}

/* One request a connection. */
static void answer( struct server *server, SOCKET s )
{
    char request[4096], head[128];
    int ret, size = 0;

    do
    {
        ret = recv( s, request + size, sizeof(request) - 1 - size, 0 );
        ok( ret > 0, "recv returned %d, error %d.\n", ret, WSAGetLastError() );
        if (ret <= 0) return;
        size += ret;
        request[size] = 0;
    } while (!strstr( request, "\r\n\r\n" ));
    server->received += size;
    ok( !strncmp( request, "GET /data", 9 ), "Got the request %s.\n", request );
    snprintf( head, sizeof(head), "HTTP/1.1 200 OK\r\nContent-Length: %u\r\nConnection: close\r\n\r\n", BODY_SIZE );
    ok( send_all( server, s, head, strlen( head )) && send_all( server, s, server->body, BODY_SIZE ),
        "send failed, error %d.\n", WSAGetLastError() );
}

static DWORD WINAPI server_thread( void *arg )
{
    struct server *server = arg;
    SOCKET s;

    while ((s = accept( server->listener, NULL, NULL )) != INVALID_SOCKET)
    {
        answer( server, s );
        closesocket( s );
    }
    return 0;
}

static void start_server( struct server *server )
{
    WSAPROTOCOL_INFOW base = get_base_entry( AF_INET, SOCK_STREAM );
    struct sockaddr_in addr = loopback_addr( 0 );
    int len = sizeof(addr);
    unsigned int i, state = 1;

    memset( server, 0, sizeof(*server) );
    server->body = malloc( BODY_SIZE );
    for (i = 0; i < BODY_SIZE; i++) server->body[i] = (state = state * 1103515245 + 12345) >> 16;
    server->listener = WSASocketW( AF_INET, SOCK_STREAM, 0, &base, 0, WSA_FLAG_OVERLAPPED );
    ok( !bind( server->listener, (struct sockaddr *)&addr, sizeof(addr) ), "bind failed, error %d.\n",
        WSAGetLastError() );
    ok( !listen( server->listener, 5 ), "listen failed, error %d.\n", WSAGetLastError() );
    getsockname( server->listener, (struct sockaddr *)&addr, &len );
    server->port = ntohs( addr.sin_port );
    server->thread = CreateThread( NULL, 0, server_thread, server, 0, NULL );
}

static void stop_server( struct server *server )
{
    closesocket( server->listener );
    ok( !WaitForSingleObject( server->thread, 10000 ), "The server does not end.\n" );
    CloseHandle( server->thread );
    free( server->body );
}

/* --- the clients: each gets /data, at most size bytes of it, and returns how many it got --- */

static DWORD get_by_winhttp( const struct server *server, char *data, DWORD size )
{
    HMODULE module = LoadLibraryW( L"winhttp.dll" );
    typeof(WinHttpOpen) *pWinHttpOpen = (void *)GetProcAddress( module, "WinHttpOpen" );
    typeof(WinHttpConnect) *pWinHttpConnect = (void *)GetProcAddress( module, "WinHttpConnect" );
    typeof(WinHttpOpenRequest) *pWinHttpOpenRequest = (void *)GetProcAddress( module, "WinHttpOpenRequest" );
    typeof(WinHttpSendRequest) *pWinHttpSendRequest = (void *)GetProcAddress( module, "WinHttpSendRequest" );
    typeof(WinHttpReceiveResponse) *pWinHttpReceiveResponse =
        (void *)GetProcAddress( module, "WinHttpReceiveResponse" );
    typeof(WinHttpReadData) *pWinHttpReadData = (void *)GetProcAddress( module, "WinHttpReadData" );
    typeof(WinHttpCloseHandle) *pWinHttpCloseHandle = (void *)GetProcAddress( module, "WinHttpCloseHandle" );
    HINTERNET session, connect, request;
    DWORD read, ret = 0;

    session = pWinHttpOpen( L"winelsp", WINHTTP_ACCESS_TYPE_NO_PROXY, NULL, NULL, 0 );
    connect = pWinHttpConnect( session, L"127.0.0.1", server->port, 0 );
    request = pWinHttpOpenRequest( connect, L"GET", L"/data", NULL, NULL, NULL, 0 );
    ok( pWinHttpSendRequest( request, NULL, 0, NULL, 0, 0, 0 ), "WinHttpSendRequest failed, error %lu.\n",
        GetLastError() );
    ok( pWinHttpReceiveResponse( request, NULL ), "WinHttpReceiveResponse failed, error %lu.\n", GetLastError() );
    while (pWinHttpReadData( request, data + ret, size - ret, &read ) && read) ret += read;
    pWinHttpCloseHandle( request );
    pWinHttpCloseHandle( connect );
    pWinHttpCloseHandle( session );
    return ret;
}

/* wininet.h cannot be included beside winhttp.h. */
#define INTERNET_OPEN_TYPE_DIRECT     1
#define INTERNET_FLAG_NO_CACHE_WRITE  0x04000000
#define INTERNET_FLAG_RELOAD          0x80000000

static void make_url( const struct server *server, WCHAR *url )
{
    wsprintfW( url, L"http://127.0.0.1:%u/data%lu", server->port, GetTickCount() );
}

static DWORD get_by_wininet( const struct server *server, char *data, DWORD size )
{
    HMODULE module = LoadLibraryW( L"wininet.dll" );
    HINTERNET (WINAPI *pInternetOpenW)( const WCHAR *, DWORD, const WCHAR *, const WCHAR *, DWORD ) =
        (void *)GetProcAddress( module, "InternetOpenW" );
    HINTERNET (WINAPI *pInternetOpenUrlW)( HINTERNET, const WCHAR *, const WCHAR *, DWORD, DWORD, DWORD_PTR ) =
        (void *)GetProcAddress( module, "InternetOpenUrlW" );
    BOOL (WINAPI *pInternetReadFile)( HINTERNET, void *, DWORD, DWORD * ) =
        (void *)GetProcAddress( module, "InternetReadFile" );
    BOOL (WINAPI *pInternetCloseHandle)( HINTERNET ) = (void *)GetProcAddress( module, "InternetCloseHandle" );
    HINTERNET session, request;
    DWORD read, ret = 0;
    WCHAR url[64];

    make_url( server, url );
    session = pInternetOpenW( L"winelsp", INTERNET_OPEN_TYPE_DIRECT, NULL, NULL, 0 );
    request = pInternetOpenUrlW( session, url, NULL, 0, INTERNET_FLAG_RELOAD | INTERNET_FLAG_NO_CACHE_WRITE, 0 );
    ok( request != NULL, "InternetOpenUrl failed, error %lu.\n", GetLastError() );
    while (pInternetReadFile( request, data + ret, size - ret, &read ) && read) ret += read;
    pInternetCloseHandle( request );
    pInternetCloseHandle( session );
    return ret;
}

static DWORD get_by_urlmon( const struct server *server, char *data, DWORD size )
{
    HMODULE module = LoadLibraryW( L"urlmon.dll" );
    HRESULT (WINAPI *pURLDownloadToFileW)( void *, const WCHAR *, const WCHAR *, DWORD, void * ) =
        (void *)GetProcAddress( module, "URLDownloadToFileW" );
    WCHAR url[64], path[MAX_PATH];
    DWORD ret = 0;
    HANDLE file;
    HRESULT hr;

    make_url( server, url );
    GetTempPathW( MAX_PATH, path );
    lstrcatW( path, L"winelsp-test.download" );
    hr = pURLDownloadToFileW( NULL, url, path, 0, NULL );
    ok( hr == S_OK, "URLDownloadToFile returned %#lx.\n", hr );
    file = CreateFileW( path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, FILE_FLAG_DELETE_ON_CLOSE, NULL );
    ok( file != INVALID_HANDLE_VALUE, "There is no file, error %lu.\n", GetLastError() );
    ReadFile( file, data, size, &ret, NULL );
    CloseHandle( file );
    return ret;
}

/* --- the trace --- */

/* The layer saw a connection to the server, every byte that this sent, and every byte that it received. */
static void check_trace( const struct server *server )
{
    char connect[32], *lines = read_trace();
    DWORD received, sent;

    snprintf( connect, sizeof(connect), "WSPConnect 127.0.0.1:%u ", server->port );
    expect_line( lines, connect, "-> " );
    received = sum_bytes( lines, "WSPRecv " );
    sent = sum_bytes( lines, "WSPSend " );
    ok( received == server->sent, "The layer saw %lu bytes received, the server sent %lu.\n", received, server->sent );
    ok( sent == server->received, "The layer saw %lu bytes sent, the server received %lu.\n", sent, server->received );
    free( lines );
}

/* Without a kind no layer is installed. */
static void check_download( const WCHAR *kind, DWORD (*get)( const struct server *, char *, DWORD ) )
{
    struct server server;
    char *data;
    DWORD size;

    if (kind) install_tracelsp( kind );
    start_winsock();
    start_server( &server );
    data = malloc( BODY_SIZE + 1 );
    size = get( &server, data, BODY_SIZE + 1 );
    ok( size == BODY_SIZE, "Got %lu bytes.\n", size );
    ok( size == BODY_SIZE && !memcmp( data, server.body, size ), "Got other bytes.\n" );
    if (kind) check_trace( &server );
    free( data );
    stop_server( &server );
    WSACleanup();
    if (kind) ok( !run_tracelsp( L"remove" ), "tracelsp remove failed.\n" );
}

static void test_winhttp_bare(void)
{
    check_download( NULL, get_by_winhttp );
}

static void test_winhttp_ifs(void)
{
    check_download( L"--ifs", get_by_winhttp );
}

static void test_winhttp_non_ifs(void)
{
    check_download( L"--non-ifs", get_by_winhttp );
}

static void test_wininet_bare(void)
{
    check_download( NULL, get_by_wininet );
}

static void test_wininet_ifs(void)
{
    check_download( L"--ifs", get_by_wininet );
}

static void test_wininet_non_ifs(void)
{
    check_download( L"--non-ifs", get_by_wininet );
}

static void test_urlmon_bare(void)
{
    check_download( NULL, get_by_urlmon );
}

static void test_urlmon_ifs(void)
{
    check_download( L"--ifs", get_by_urlmon );
}

static void test_urlmon_non_ifs(void)
{
    check_download( L"--non-ifs", get_by_urlmon );
}

static const struct test_case cases[] =
{
    { "winhttp_bare", test_winhttp_bare },
    { "winhttp_ifs", test_winhttp_ifs },
    { "winhttp_non_ifs", test_winhttp_non_ifs },
    { "wininet_bare", test_wininet_bare },
    { "wininet_ifs", test_wininet_ifs },
    { "wininet_non_ifs", test_wininet_non_ifs },
    { "urlmon_bare", test_urlmon_bare },
    { "urlmon_ifs", test_urlmon_ifs },
    { "urlmon_non_ifs", test_urlmon_non_ifs },
};

/* A run that was killed may have left the layer. */
START_TEST(stack_http)
{
    char **argv;

    if (winetest_get_mainargs( &argv ) < 3) run_tracelsp( L"remove" );
    run_cases( "stack_http", cases, ARRAY_SIZE(cases) );
}
