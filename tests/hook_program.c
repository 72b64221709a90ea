/*
 * Tests of blocking hooks in programs of Winsock 1.1, and of Winsock 2
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

#include "util_hook.h"

static void test_select_timeout(void)
{
    struct timeval none = {0, 0}, some = {0, 200000};
    SOCKET client, server;
    DWORD time;
    fd_set set;

    start_version( MAKEWORD( 1, 1 ) );
    tcp_pair( &client, &server );
    set_hook( 0, 0 );
    set.fd_count = 1;
    set.fd_array[0] = server;
    ok( !select( 0, &set, NULL, NULL, &none ), "select failed, error %d.\n", WSAGetLastError() );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    ok( !set.fd_count, "The set has %u sockets.\n", set.fd_count );

    set.fd_count = 1;
    time = GetTickCount();
    ok( !select( 0, &set, NULL, NULL, &some ), "select failed, error %d.\n", WSAGetLastError() );
    time = GetTickCount() - time;
    ok( time >= 180 && time < 5000, "select took %lu ms.\n", time );
    ok( hook_calls > 1, "The hook was called %u times.\n", hook_calls );
    ok( !set.fd_count, "The set has %u sockets.\n", set.fd_count );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

static int timed_recv( DWORD *time )
{
    SOCKET client, server;
    int timeout = 300, error;
    char byte;

    tcp_pair( &client, &server );
    ok( !setsockopt( server, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout) ),
        "setsockopt failed, error %d.\n", WSAGetLastError() );
    *time = GetTickCount();
    error = result( recv( server, &byte, 1, 0 ) );
    *time = GetTickCount() - *time;
    closesocket( client );
    closesocket( server );
    return error;
}

static void test_receive_timeout(void)
{
    DWORD time;
    int error;

    start_version( MAKEWORD( 1, 1 ) );
    set_hook( 0, 0 );
    error = timed_recv( &time );
    ok( error == WSAETIMEDOUT, "Got error %d.\n", error );
    ok( time >= 280 && time < 5000, "recv took %lu ms.\n", time );
    ok( hook_calls > 1, "The hook was called %u times.\n", hook_calls );
    WSACleanup();
}

static DWORD WINAPI recv_thread( void *arg )
{
    DWORD time;

    (void)arg;
    return timed_recv( &time );
}

static void test_per_thread(void)
{
    DWORD time, ret = 0;
    HANDLE thread;

    start_version( MAKEWORD( 1, 1 ) );
    set_hook( 1, 0 );
    thread = CreateThread( NULL, 0, recv_thread, NULL, 0, NULL );
    ok( !WaitForSingleObject( thread, WAIT_TIME ), "The thread hangs.\n" );
    GetExitCodeThread( thread, &ret );
    CloseHandle( thread );
    ok( ret == WSAETIMEDOUT, "Got error %lu.\n", ret );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );

    ok( !WSAUnhookBlockingHook(), "WSAUnhookBlockingHook failed, error %d.\n", WSAGetLastError() );
    ret = timed_recv( &time );
    ok( ret == WSAETIMEDOUT, "Got error %lu.\n", ret );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    WSACleanup();
}

/* --- closesocket --- */

/* Closes a socket whose peer has not taken all of its data, for 2 s at most. */
static int close_lingering( unsigned int cancel, DWORD *time )
{
    struct linger linger = {.l_onoff = 1, .l_linger = 2};
    char *data = calloc( 1, BIG_SIZE );
    SOCKET client, server;
    int error;

    tcp_pair( &client, &server );
    ok( !setsockopt( client, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger) ), "Got error %d.\n",
        WSAGetLastError() );
    set_nonblocking( client, 1 );
    ok( send( client, data, BIG_SIZE, 0 ) > 0, "send failed, error %d.\n", WSAGetLastError() );
    set_nonblocking( client, 0 );
    set_hook( cancel, 0 );
    *time = GetTickCount();
    error = result( closesocket( client ) );
    *time = GetTickCount() - *time;
    closesocket( server );
    free( data );
    return error;
}

/* Stock Wine 10.0's closesocket() returns within 10 ms whatever SO_LINGER says, and 8.0's waits. */
static BOOL wine_lingers(void)
{
    const char *(CDECL *get_version)(void);

    get_version = (void *)GetProcAddress( GetModuleHandleW( L"ntdll.dll" ), "wine_get_version" );
    return !get_version || atoi( get_version() ) < 10;
}

static void test_linger(void)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 2};
    SOCKET client, server;
    DWORD time;
    int error;

    start_version( MAKEWORD( 1, 1 ) );
    error = close_lingering( 0, &time );
    ok( !error, "Got error %d.\n", error );
    ok( time < 10000, "closesocket took %lu ms.\n", time );
    if (wine_lingers())
    {
        ok( time >= 1500, "closesocket took %lu ms.\n", time );
        ok( hook_calls > 3, "The hook was called %u times.\n", hook_calls );

        error = close_lingering( 3, &time );
        ok( error == WSAEINTR, "Got error %d.\n", error );
        ok( time < 1500, "closesocket took %lu ms.\n", time );
        ok( hook_calls == 3, "The hook was called %u times.\n", hook_calls );
    }

    /* without the option it never waits */
    tcp_pair( &client, &server );
    set_hook( 1, 0 );
    ok( !closesocket( client ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !setsockopt( server, SOL_SOCKET, SO_LINGER, (char *)&linger, sizeof(linger) ), "Got error %d.\n",
        WSAGetLastError() );
    set_nonblocking( server, 1 );
    ok( !closesocket( server ), "closesocket failed, error %d.\n", WSAGetLastError() );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    WSACleanup();
}

/* --- nested calls --- */

static SOCKET nested_socket;

#define CHECK_IN_PROGRESS( call, failure ) \
    do \
    { \
        WSASetLastError( 0xdead ); \
        ok( (call) == (failure), #call " succeeded.\n" ); \
        ok( WSAGetLastError() == WSAEINPROGRESS, #call ": got error %d.\n", WSAGetLastError() ); \
    } while (0)

static INT_PTR CALLBACK nesting_hook(void)
{
    fd_set set = {.fd_count = 1, .fd_array = {nested_socket}};
    struct timeval timeout = {0};
    char name[64] = "";
    WSADATA data;
    int ret;

    hook_calls++;
    CHECK_IN_PROGRESS( send( nested_socket, "x", 1, 0 ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( recv( nested_socket, name, 1, 0 ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( select( 0, &set, NULL, NULL, &timeout ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( socket( AF_INET, SOCK_STREAM, 0 ), INVALID_SOCKET );
    CHECK_IN_PROGRESS( accept( nested_socket, NULL, NULL ), INVALID_SOCKET );
    CHECK_IN_PROGRESS( shutdown( nested_socket, SD_BOTH ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( closesocket( nested_socket ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( gethostname( name, sizeof(name) ), SOCKET_ERROR );
    CHECK_IN_PROGRESS( gethostbyname( "localhost" ), NULL );
    CHECK_IN_PROGRESS( WSASetBlockingHook( (FARPROC)hook ), NULL );
    CHECK_IN_PROGRESS( WSAUnhookBlockingHook(), SOCKET_ERROR );
    CHECK_IN_PROGRESS( WSACleanup(), SOCKET_ERROR );
    ret = WSAStartup( MAKEWORD( 1, 1 ), &data );
    ok( ret == WSAEINPROGRESS, "WSAStartup returned %d.\n", ret );
    ok( WSAIsBlocking(), "WSAIsBlocking returned FALSE.\n" );
    ok( htons( 1 ) == 0x100, "htons failed.\n" );
    ok( !WSACancelBlockingCall(), "WSACancelBlockingCall failed, error %d.\n", WSAGetLastError() );
    return FALSE;
}

static void test_nested(void)
{
    SOCKET client, server;
    int error;
    char byte;

    start_version( MAKEWORD( 1, 1 ) );
    tcp_pair( &client, &server );
    nested_socket = client;
    ok( WSASetBlockingHook( (FARPROC)nesting_hook ) != NULL, "WSASetBlockingHook failed.\n" );
    error = result( recv( server, &byte, 1, 0 ) );
    ok( error == WSAEINTR, "Got error %d.\n", error );
    ok( hook_calls == 1, "The hook was called %u times.\n", hook_calls );
    ok( send( client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( recv( server, &byte, 1, 0 ) == 1, "recv failed, error %d.\n", WSAGetLastError() );
    ok( WSACancelBlockingCall() == SOCKET_ERROR && WSAGetLastError() == WSAEINVAL, "Got error %d.\n",
        WSAGetLastError() );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

/* A program of Winsock 2 sees nothing of all this, even if a library of its process asks for 1.1. */
static void check_version_2( WORD first, WORD second )
{
    DWORD time;
    int error;

    start_version( first );
    if (second) start_version( second );
    set_hook( 1, 0 );
    error = timed_recv( &time );
    ok( error == WSAETIMEDOUT, "Got error %d.\n", error );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    ok( !WSAIsBlocking(), "WSAIsBlocking returned TRUE.\n" );
    ok( WSASetBlockingHook( NULL ) == (FARPROC)hook, "Got another hook.\n" );
    WSACleanup();
    if (second) WSACleanup();
}

static void test_version_2(void)
{
    check_version_2( MAKEWORD( 2, 2 ), 0 );
    check_version_2( MAKEWORD( 2, 2 ), MAKEWORD( 1, 1 ) );
    check_version_2( MAKEWORD( 1, 1 ), MAKEWORD( 2, 0 ) );
}

/* --- through wsock32 --- */

static void test_wsock32(void)
{
    HMODULE module = LoadLibraryW( L"wsock32.dll" );
    int (WINAPI *startup)(WORD,WSADATA *) = (void *)GetProcAddress( module, "WSAStartup" );
    FARPROC (WINAPI *set_blocking_hook)(FARPROC) = (void *)GetProcAddress( module, "WSASetBlockingHook" );
    int (WINAPI *unhook)(void) = (void *)GetProcAddress( module, "WSAUnhookBlockingHook" );
    BOOL (WINAPI *is_blocking)(void) = (void *)GetProcAddress( module, "WSAIsBlocking" );
    int (WINAPI *receive)(SOCKET,char *,int,int) = (void *)GetProcAddress( module, "recv" );
    int (WINAPI *get_error)(void) = (void *)GetProcAddress( module, "WSAGetLastError" );
    int (WINAPI *cleanup)(void) = (void *)GetProcAddress( module, "WSACleanup" );
    SOCKET client, server;
    WSADATA data;
    char byte;

    ok( startup && set_blocking_hook && unhook && is_blocking && receive && get_error && cleanup,
        "A function is missing.\n" );
    ok( !startup( MAKEWORD( 1, 1 ), &data ), "WSAStartup failed.\n" );
    tcp_pair( &client, &server );
    set_hook( 2, 0 );
    ok( unhook() == 0, "WSAUnhookBlockingHook failed, error %d.\n", get_error() );
    ok( set_blocking_hook( (FARPROC)hook ) != NULL, "WSASetBlockingHook failed, error %d.\n", get_error() );
    ok( receive( server, &byte, 1, 0 ) == SOCKET_ERROR && get_error() == WSAEINTR, "Got error %d.\n", get_error() );
    ok( hook_calls == 2, "The hook was called %u times.\n", hook_calls );
    ok( !is_blocking(), "WSAIsBlocking returned TRUE.\n" );
    ok( !unhook(), "WSAUnhookBlockingHook failed, error %d.\n", get_error() );
    closesocket( client );
    closesocket( server );
    cleanup();
}

/* --- through a layer --- */

static void check_layer( unsigned int flags )
{
    struct test_layer layer;
    SOCKET client, server;
    int error;
    char byte;

    install_layer( &layer, NULL, flags );
    load_layer( &layer );
    start_version( MAKEWORD( 1, 1 ) );
    tcp_pair( &client, &server );
    clear_counts( &layer );
    set_hook( 2, 0 );
    error = result( recv( server, &byte, 1, 0 ) );
    ok( error == WSAEINTR, "Got error %d.\n", error );
    ok( hook_calls == 2, "The hook was called %u times.\n", hook_calls );
    ok( take_count( &layer, TESTLSP_CANCEL_BLOCKING_CALL ) == 1, "WSPCancelBlockingCall was not called once.\n" );
    closesocket( client );
    closesocket( server );
    WSACleanup();
    uninstall_layers();
}

static void test_layer(void)
{
    check_layer( 0 );
}

static void test_ifs_layer(void)
{
    check_layer( LAYER_IFS );
}

static const struct test_case cases[] =
{
    { "select_timeout", test_select_timeout },
    { "receive_timeout", test_receive_timeout },
    { "per_thread", test_per_thread },
    { "linger", test_linger },
    { "nested", test_nested },
    { "version_2", test_version_2 },
    { "wsock32", test_wsock32 },
    { "layer", test_layer },
    { "ifs_layer", test_ifs_layer },
};

START_TEST(hook_program)
{
    run_cases( "hook_program", cases, ARRAY_SIZE(cases) );
}
