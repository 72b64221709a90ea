/*
 * Tests of WSACleanup while other threads are in calls of providers
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

#define ROUNDS  60
#define THREADS 4

/* --- a call that blocks until the cleanup ends it --- */

enum blocking_call { CALL_RECV, CALL_ACCEPT, CALL_SELECT };

struct blocked_thread
{
    enum blocking_call call;
    SOCKET s;
    int ret;
};

static DWORD WINAPI block( void *arg )
{
    struct blocked_thread *blocked = arg;
    fd_set set;
    char c;

    FD_ZERO( &set );
    FD_SET( blocked->s, &set );
    if (blocked->call == CALL_RECV) blocked->ret = recv( blocked->s, &c, 1, 0 );
    else if (blocked->call == CALL_ACCEPT) blocked->ret = accept( blocked->s, NULL, NULL ) == INVALID_SOCKET ? -1 : 0;
    else blocked->ret = select( 0, &set, NULL, NULL, NULL );
    return 0;
}

static SOCKET blocking_socket( enum blocking_call call )
{
    struct sockaddr_in addr;
    SOCKET s = bound_socket( call == CALL_ACCEPT ? SOCK_STREAM : SOCK_DGRAM, &addr );

    if (call == CALL_ACCEPT) ok( !listen( s, 1 ), "listen failed, error %d.\n", WSAGetLastError() );
    return s;
}

/* The call of another thread ends (§2.8), and what it has to return through is still there. Stock Wine's select finds
 * the socket ready then (8.0). */
static void check_blocked( enum blocking_call call )
{
    struct blocked_thread blocked = {call, blocking_socket( call ), 0xdead};
    HANDLE thread = CreateThread( NULL, 0, block, &blocked, 0, NULL );

    ok( WaitForSingleObject( thread, 200 ) == WAIT_TIMEOUT, "Call %u does not block.\n", call );
    ok( !WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( thread, 5000 ), "Call %u does not end.\n", call );
    ok( blocked.ret == SOCKET_ERROR || (call == CALL_SELECT && blocked.ret == 1), "Call %u returned %d.\n", call,
        blocked.ret );
    CloseHandle( thread );
}

static void check_all_blocked(void)
{
    enum blocking_call call;
    SOCKET a, b;

    for (call = CALL_RECV; call <= CALL_SELECT; call++)
    {
        start_winsock();
        check_blocked( call );
    }
    start_winsock();
    tcp_pair( &a, &b );
    check_echo( a, b );
    WSACleanup();
}

static void test_blocked_base(void)
{
    check_all_blocked();
}

static void test_blocked_ifs(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, LAYER_IFS );
    check_all_blocked();
}

static void test_blocked_non_ifs(void)
{
    struct test_layer layer;

    install_layer( &layer, NULL, 0 );
    check_all_blocked();
}

/* --- a layer that starts and stops Winsock while it is being started itself --- */

static struct
{
    struct test_layer upper, lower;
    DWORD thread_id;        /* of the thread that starts the upper layer */
    HANDLE starting;        /* is signalled when it is in WSPStartup */
    int startup, cleanup;   /* what it got from WSAStartup and WSACleanup */
} nested;

/* The lower layer is the one that the main thread has to stop. It stays in its WSPCleanup for a while, so that
 * WSAStartup is called inside the last WSACleanup. */
static void CDECL restart_winsock( enum testlsp_context context, const WSPUPCALLTABLE *upcalls, DWORD catalog_id )
{
    LONG *cleanups = &nested.lower.control->counts[TESTLSP_CLEANUP];
    DWORD end = GetTickCount() + 10000;
    WSADATA data;

    (void)upcalls;
    (void)catalog_id;
    if (context != TESTLSP_IN_STARTUP || GetCurrentThreadId() != nested.thread_id) return;
    SetEvent( nested.starting );
    while (!ReadAcquire( cleanups ) && (int)(end - GetTickCount()) > 0) Sleep( 1 );
    ok( *cleanups == 1, "WSACleanup does not stop the lower layer.\n" );
    nested.thread_id = 0;   /* another start is not held up */
    nested.startup = WSAStartup( MAKEWORD( 2, 2 ), &data );
    nested.cleanup = WSACleanup();
}

static DWORD WINAPI start_upper_layer( void *arg )
{
    SOCKET s;

    (void)arg;
    nested.thread_id = GetCurrentThreadId();
    s = socket( AF_INET, SOCK_STREAM, 0 );
    ok( s == INVALID_SOCKET, "socket succeeded.\n" );
    ok( WSAGetLastError() == WSANOTINITIALISED, "Got error %d.\n", WSAGetLastError() );
    return 0;
}

static void check_balance( const struct test_layer *layer )
{
    const LONG *counts = layer->control->counts;

    ok( counts[TESTLSP_STARTUP] > 0, "The layer was not started.\n" );
    ok( counts[TESTLSP_CLEANUP] == counts[TESTLSP_STARTUP], "Got %ld WSPCleanup for %ld WSPStartup.\n",
        counts[TESTLSP_CLEANUP], counts[TESTLSP_STARTUP] );
}

static void start_lower_layer(void)
{
    WSAPROTOCOL_INFOW entry;
    SOCKET s;

    ok( get_entry( nested.lower.tcp_id, &entry ), "The catalog lacks the lower layer.\n" );
    s = WSASocketW( AF_INET, SOCK_STREAM, 0, &entry, 0, WSA_FLAG_OVERLAPPED );
    ok( s != INVALID_SOCKET, "WSASocket failed, error %d.\n", WSAGetLastError() );
}

/* Neither waits for the other for ever, and the cleanup that passes over a layer leaves its WSPCleanup to the thread
 * that starts it (§2.8). */
static void test_nested_startup(void)
{
    WCHAR path[MAX_PATH];
    HANDLE thread;
    SOCKET a, b;

    copy_test_layer( L"testlsp2.dll", path );
    install_layer( &nested.lower, path, LAYER_IFS );
    install_layer( &nested.upper, NULL, LAYER_IFS );
    load_layer( &nested.lower );
    load_layer( &nested.upper );
    nested.lower.control->cleanup_delay = 300;
    nested.upper.control->probe = restart_winsock;
    nested.starting = CreateEventW( NULL, TRUE, FALSE, NULL );

    start_winsock();
    start_lower_layer();
    thread = CreateThread( NULL, 0, start_upper_layer, NULL, 0, NULL );
    ok( !WaitForSingleObject( nested.starting, 10000 ), "The upper layer is not started.\n" );
    ok( !WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
    ok( !WaitForSingleObject( thread, 10000 ), "The thread hangs.\n" );
    ok( !nested.startup && !nested.cleanup, "Got %d from WSAStartup, %d from WSACleanup.\n", nested.startup,
        nested.cleanup );
    check_balance( &nested.lower );
    check_balance( &nested.upper );

    start_winsock();
    tcp_pair( &a, &b );
    check_echo( a, b );
    WSACleanup();
    check_balance( &nested.lower );
    check_balance( &nested.upper );
    CloseHandle( thread );
    CloseHandle( nested.starting );
}

/* --- calls that come and go --- */

struct traffic
{
    LONG stop;
    LONG calls;     /* that succeeded */
    SRWLOCK lock;   /* held exclusive while a socket is made, shared while one is used */
};

/* Wine's last WSACleanup closes all sockets, so that a value may at any time become that of another thread's socket.
 * While that is being made it blocks, and the next send, receive or poll ends the wineserver (8.0, an assertion in
 * set_fd_events). */
static SOCKET make_nonblocking_socket( struct traffic *traffic )
{
    u_long nonblocking = 1;
    SOCKET s;

    AcquireSRWLockExclusive( &traffic->lock );
    s = socket( AF_INET, SOCK_DGRAM, 0 );
    if (s != INVALID_SOCKET && ioctlsocket( s, FIONBIO, &nonblocking ))
    {
        CloseHandle( (HANDLE)s );
        s = INVALID_SOCKET;
    }
    ReleaseSRWLockExclusive( &traffic->lock );
    return s;
}

/* Any call may fail. */
static void use_socket( struct traffic *traffic )
{
    struct sockaddr_in addr = loopback_addr( 0 );
    int type, len = sizeof(addr), size = sizeof(type);
    char text[16] = "winelsp";
    SOCKET s = make_nonblocking_socket( traffic );

    if (s == INVALID_SOCKET) return;
    AcquireSRWLockShared( &traffic->lock );
    bind( s, (struct sockaddr *)&addr, sizeof(addr) );
    getsockname( s, (struct sockaddr *)&addr, &len );
    sendto( s, text, sizeof(text), 0, (struct sockaddr *)&addr, sizeof(addr) );
    if (recv( s, text, sizeof(text), 0 ) == sizeof(text)) InterlockedIncrement( &traffic->calls );
    getsockopt( s, SOL_SOCKET, SO_TYPE, (char *)&type, &size );
    ReleaseSRWLockShared( &traffic->lock );
    closesocket( s );
}

static DWORD WINAPI make_traffic( void *arg )
{
    struct traffic *traffic = arg;
    WCHAR string[32];

    while (!ReadAcquire( &traffic->stop ))
    {
        struct sockaddr_in addr = loopback_addr( 80 );
        DWORD len = ARRAY_SIZE(string);

        use_socket( traffic );
        WSAAddressToStringW( (struct sockaddr *)&addr, sizeof(addr), NULL, string, &len );
    }
    return 0;
}

static void check_traffic(void)
{
    struct traffic traffic = {0};
    HANDLE threads[THREADS];
    unsigned int i;
    SOCKET a, b;

    for (i = 0; i < THREADS; i++) threads[i] = CreateThread( NULL, 0, make_traffic, &traffic, 0, NULL );
    for (i = 0; i < ROUNDS; i++)
    {
        start_winsock();
        Sleep( i % 8 );
        ok( !WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
    }
    start_winsock();
    Sleep( 100 );
    InterlockedExchange( &traffic.stop, 1 );
    for (i = 0; i < THREADS; i++)
    {
        ok( !WaitForSingleObject( threads[i], 10000 ), "Thread %u hangs.\n", i );
        CloseHandle( threads[i] );
    }
    ok( traffic.calls > 0, "Nothing was sent.\n" );
    tcp_pair( &a, &b );
    check_echo( a, b );
    closesocket( a );
    closesocket( b );
    WSACleanup();
}

static void test_traffic_base(void)
{
    check_traffic();
}

static void check_traffic_through( const WCHAR *install )
{
    DWORD ret = run_tracelsp( install );

    ok( !ret, "tracelsp install ended with %lu.\n", ret );
    check_traffic();
    ret = run_tracelsp( L"remove" );
    ok( !ret, "tracelsp remove ended with %lu.\n", ret );
}

static void test_traffic_ifs(void)
{
    check_traffic_through( L"install --ifs" );
}

static void test_traffic_non_ifs(void)
{
    check_traffic_through( L"install --non-ifs" );
}

/* The version comes first, and a fault leaves no lock behind. */
static void test_startup_pointer(void)
{
    WSADATA *const pointers[] = {NULL, (WSADATA *)16};
    unsigned int i;
    int ret;

    for (i = 0; i < ARRAY_SIZE(pointers); i++)
    {
        ret = WSAStartup( MAKEWORD( 2, 2 ), pointers[i] );
        ok( ret == WSAEFAULT, "Got %d for pointer %p.\n", ret, pointers[i] );
        ret = WSAStartup( MAKEWORD( 0, 1 ), pointers[i] );
        ok( ret == WSAVERNOTSUPPORTED, "Got %d for version 0.1 and pointer %p.\n", ret, pointers[i] );
    }
    start_winsock();
    ok( !WSACleanup(), "WSACleanup failed, error %d.\n", WSAGetLastError() );
}

static const struct test_case cases[] =
{
    { "blocked_base", test_blocked_base },
    { "blocked_ifs", test_blocked_ifs },
    { "blocked_non_ifs", test_blocked_non_ifs },
    { "nested_startup", test_nested_startup },
    { "startup_pointer", test_startup_pointer },
    { "traffic_base", test_traffic_base },
    { "traffic_ifs", test_traffic_ifs },
    { "traffic_non_ifs", test_traffic_non_ifs },
};

START_TEST(cleanup)
{
    run_cases( "cleanup", cases, ARRAY_SIZE(cases) );
}
