/*
 * Tests of the calls that wait with a blocking hook
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

/* --- what blocks --- */

/* The functions that block, of ws2_32, or those of the same names in wsock32. */
static struct
{
    SOCKET (WINAPI *accept)(SOCKET,struct sockaddr *,int *);
    int (WINAPI *connect)(SOCKET,const struct sockaddr *,int);
    int (WINAPI *recv)(SOCKET,char *,int,int);
    int (WINAPI *recvfrom)(SOCKET,char *,int,int,struct sockaddr *,int *);
    int (WINAPI *select)(int,fd_set *,fd_set *,fd_set *,const struct timeval *);
    int (WINAPI *send)(SOCKET,const char *,int,int);
    int (WINAPI *sendto)(SOCKET,const char *,int,int,const struct sockaddr *,int);
} winsock = {accept, connect, recv, recvfrom, select, send, sendto};

static void use_wsock32(void)
{
    HMODULE module = LoadLibraryW( L"wsock32.dll" );

#define GET( name ) \
    winsock.name = (void *)GetProcAddress( module, #name ); \
    ok( winsock.name != NULL, "wsock32 has no " #name ".\n" )
    GET( accept );
    GET( connect );
    GET( recv );
    GET( recvfrom );
    GET( select );
    GET( send );
    GET( sendto );
#undef GET
}

struct scene
{
    SOCKET s, peer;                 /* s is the socket of the call */
    struct sockaddr_in addr;
    SOCKET fill[8];                 /* connections in the backlog of peer */
    char *data;
};

static SOCKET listener( struct sockaddr_in *addr, int backlog )
{
    SOCKET s = bound_socket( SOCK_STREAM, addr );

    ok( !listen( s, backlog ), "listen failed, error %d.\n", WSAGetLastError() );
    return s;
}

static void prepare_stream( struct scene *scene )
{
    tcp_pair( &scene->s, &scene->peer );
    scene->data = calloc( 1, BIG_SIZE );
}

static void prepare_datagram( struct scene *scene )
{
    scene->s = bound_socket( SOCK_DGRAM, &scene->addr );
    scene->peer = socket( AF_INET, SOCK_DGRAM, 0 );
}

static void prepare_accept( struct scene *scene )
{
    scene->s = listener( &scene->addr, 5 );
    scene->peer = socket( AF_INET, SOCK_STREAM, 0 );
}

static BOOL is_connected( SOCKET s )
{
    fd_set set = {.fd_count = 1, .fd_array = {s}};
    struct timeval timeout = {0, 300000};

    return select( 0, NULL, &set, NULL, &timeout ) == 1;
}

/* A listening socket takes no more connections when its backlog is full: the next one hangs. */
static void prepare_connect( struct scene *scene )
{
    unsigned int i;

    scene->peer = listener( &scene->addr, 1 );
    for (i = 0; i < ARRAY_SIZE(scene->fill); i++)
    {
        scene->fill[i] = socket( AF_INET, SOCK_STREAM, 0 );
        set_nonblocking( scene->fill[i], 1 );
        connect( scene->fill[i], (struct sockaddr *)&scene->addr, sizeof(scene->addr) );
        if (!is_connected( scene->fill[i] )) break;
    }
    ok( i < ARRAY_SIZE(scene->fill), "The backlog does not become full.\n" );
    scene->s = socket( AF_INET, SOCK_STREAM, 0 );
}

static int call_recv( struct scene *scene )
{
    char byte;

    return result( winsock.recv( scene->s, &byte, 1, 0 ) );
}

static int call_recvfrom( struct scene *scene )
{
    struct sockaddr_in from = {0};
    int ret, len = sizeof(from);
    char byte;

    ret = result( winsock.recvfrom( scene->s, &byte, 1, 0, (struct sockaddr *)&from, &len ) );
    if (!ret) ok( from.sin_family == AF_INET && from.sin_port, "Got no address.\n" );
    return ret;
}

static int call_accept( struct scene *scene )
{
    SOCKET s = winsock.accept( scene->s, NULL, NULL );

    if (s == INVALID_SOCKET) return WSAGetLastError();
    closesocket( s );
    return 0;
}

static int call_connect( struct scene *scene )
{
    return result( winsock.connect( scene->s, (struct sockaddr *)&scene->addr, sizeof(scene->addr) ) );
}

static int check_sent( int ret )
{
    if (ret != SOCKET_ERROR) ok( ret == BIG_SIZE, "%d bytes were sent.\n", ret );
    return result( ret );
}

static int call_send( struct scene *scene )
{
    return check_sent( winsock.send( scene->s, scene->data, BIG_SIZE, 0 ) );
}

static int call_sendto( struct scene *scene )
{
    return check_sent( winsock.sendto( scene->s, scene->data, BIG_SIZE, 0, NULL, 0 ) );
}

static int call_select( struct scene *scene )
{
    fd_set set = {.fd_count = 1, .fd_array = {scene->s}};
    int ret = winsock.select( 0, &set, NULL, NULL, NULL );

    ok( set.fd_count == 1 && set.fd_array[0] == scene->s, "The set has %u sockets.\n", set.fd_count );
    if (ret != SOCKET_ERROR) ok( ret == 1, "select returned %d.\n", ret );
    return result( ret );
}

static void satisfy_stream( struct scene *scene )
{
    ok( send( scene->peer, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
}

static void satisfy_datagram( struct scene *scene )
{
    ok( sendto( scene->peer, "x", 1, 0, (struct sockaddr *)&scene->addr, sizeof(scene->addr) ) == 1,
        "sendto failed, error %d.\n", WSAGetLastError() );
}

static void satisfy_accept( struct scene *scene )
{
    ok( !connect( scene->peer, (struct sockaddr *)&scene->addr, sizeof(scene->addr) ), "connect failed, error %d.\n",
        WSAGetLastError() );
}

/* Closing the connections that come until there is none for a while makes room for the one that hangs. */
static void satisfy_connect( struct scene *scene )
{
    fd_set set = {.fd_count = 1, .fd_array = {scene->peer}};
    struct timeval timeout = {0, 100000};

    while (select( 0, &set, NULL, NULL, &timeout ) == 1) closesocket( accept( scene->peer, NULL, NULL ) );
}

static void satisfy_send( struct scene *scene )
{
    int ret, total = 0, size = 0x10000;
    char *buffer = malloc( size );

    while (total < BIG_SIZE && (ret = recv( scene->peer, buffer, size, 0 )) > 0) total += ret;
    ok( total == BIG_SIZE, "Received %d bytes, error %d.\n", total, WSAGetLastError() );
    free( buffer );
}

struct operation
{
    const char *name;
    void (*prepare)( struct scene *scene );
    int (*call)( struct scene *scene );     /* returns 0 or the error */
    void (*satisfy)( struct scene *scene ); /* by this the call ends; in a thread without a hook */
};

static const struct operation operations[] =
{
    { "recv", prepare_stream, call_recv, satisfy_stream },
    { "recvfrom", prepare_datagram, call_recvfrom, satisfy_datagram },
    { "accept", prepare_accept, call_accept, satisfy_accept },
    { "select", prepare_stream, call_select, satisfy_stream },
    { "connect", prepare_connect, call_connect, satisfy_connect },
    { "send", prepare_stream, call_send, satisfy_send },
    { "sendto", prepare_stream, call_sendto, satisfy_send },
};

static void begin_scene( const struct operation *operation, struct scene *scene )
{
    memset( scene, 0, sizeof(*scene) );
    winetest_push_context( "%s", operation->name );
    operation->prepare( scene );
}

static void end_scene( struct scene *scene )
{
    unsigned int i;

    ok( !WSAIsBlocking(), "WSAIsBlocking returned TRUE.\n" );
    WSAUnhookBlockingHook();
    closesocket( scene->s );
    closesocket( scene->peer );
    for (i = 0; i < ARRAY_SIZE(scene->fill); i++) if (scene->fill[i]) closesocket( scene->fill[i] );
    free( scene->data );
    winetest_pop_context();
}

/* --- cases of a 1.1 program --- */

/* WSAStartup, and which sockets the thread gets from socket() and accept(). Those for ReadFile() are not made with
 * WSA_FLAG_OVERLAPPED. */
static void start_with_sockets( int open_type )
{
    start_version( MAKEWORD( 1, 1 ) );
    ok( !setsockopt( INVALID_SOCKET, SOL_SOCKET, SO_OPENTYPE, (char *)&open_type, sizeof(open_type) ),
        "setsockopt failed, error %d.\n", WSAGetLastError() );
}

static void check_cancelled( int open_type )
{
    struct scene scene;
    unsigned int i;
    int error;

    start_with_sockets( open_type );
    for (i = 0; i < ARRAY_SIZE(operations); i++)
    {
        begin_scene( &operations[i], &scene );
        set_hook( 3, 0 );
        error = operations[i].call( &scene );
        ok( error == WSAEINTR, "Got error %d.\n", error );
        ok( hook_calls == 3, "The hook was called %u times.\n", hook_calls );
        end_scene( &scene );
    }
    WSACleanup();
}

struct helper
{
    const struct operation *operation;
    struct scene *scene;
};

static DWORD WINAPI satisfy_thread( void *arg )
{
    struct helper *helper = arg;

    ok( !WaitForSingleObject( wake_event, WAIT_TIME ), "The hook was not called.\n" );
    helper->operation->satisfy( helper->scene );
    return 0;
}

static void check_satisfied( int open_type )
{
    struct helper helper;
    struct scene scene;
    unsigned int i;
    HANDLE thread;
    int error;

    start_with_sockets( open_type );
    wake_event = CreateEventW( NULL, FALSE, FALSE, NULL );
    for (i = 0; i < ARRAY_SIZE(operations); i++)
    {
        begin_scene( &operations[i], &scene );
        helper.operation = &operations[i];
        helper.scene = &scene;
        thread = CreateThread( NULL, 0, satisfy_thread, &helper, 0, NULL );
        set_hook( 0, 3 );
        error = operations[i].call( &scene );
        ok( !error, "Got error %d.\n", error );
        ok( hook_calls >= 3, "The hook was called %u times.\n", hook_calls );
        ok( !WaitForSingleObject( thread, WAIT_TIME ), "The thread hangs.\n" );
        CloseHandle( thread );
        end_scene( &scene );
    }
    CloseHandle( wake_event );
    WSACleanup();
}

/* What is ready needs no hook. */
static void check_at_once( int open_type )
{
    struct scene scene;
    unsigned int i;
    int error;

    start_with_sockets( open_type );
    for (i = 0; i < 4; i++)
    {
        begin_scene( &operations[i], &scene );
        operations[i].satisfy( &scene );
        set_hook( 1, 0 );
        error = operations[i].call( &scene );
        ok( !error, "Got error %d.\n", error );
        ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
        end_scene( &scene );
    }

    memset( &scene, 0, sizeof(scene) );
    prepare_accept( &scene );
    set_hook( 1, 0 );
    satisfy_accept( &scene );
    ok( send( scene.peer, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( sendto( scene.peer, "x", 1, 0, NULL, 0 ) == 1, "sendto failed, error %d.\n", WSAGetLastError() );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    closesocket( scene.s );
    closesocket( scene.peer );
    WSACleanup();
}

/* Nor does what fails. Wine has its own error for a send without a connection: the hook must not change it. */
static void test_errors(void)
{
    int error, send_error;
    struct sockaddr_in addr;
    SOCKET s, dead;
    char byte = 'x';

    start_version( MAKEWORD( 1, 1 ) );
    s = bound_socket( SOCK_STREAM, &addr );
    send_error = result( send( s, &byte, 1, 0 ) );
    ok( send_error == WSAENOTCONN || send_error == WSAECONNRESET, "send: got error %d.\n", send_error );
    set_hook( 1, 0 );
    error = result( recv( s, &byte, 1, 0 ) );
    ok( error == WSAENOTCONN, "recv: got error %d.\n", error );
    error = result( send( s, &byte, 1, 0 ) );
    ok( error == send_error, "send: got error %d.\n", error );
    error = accept( s, NULL, NULL ) == INVALID_SOCKET ? WSAGetLastError() : 0;
    ok( error == WSAEINVAL, "accept: got error %d.\n", error );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    closesocket( s );

    /* A refused connection fails with the hook as without it. */
    dead = bound_socket( SOCK_STREAM, &addr );
    s = socket( AF_INET, SOCK_STREAM, 0 );
    set_hook( 0, 0 );
    error = result( connect( s, (struct sockaddr *)&addr, sizeof(addr) ) );
    ok( error == WSAECONNREFUSED, "connect: got error %d.\n", error );
    closesocket( s );
    closesocket( dead );
    WSACleanup();
}

static void check_would_block( const struct operation *operation, BOOL events )
{
    struct scene scene;
    int error;

    begin_scene( operation, &scene );
    if (events) ok( !WSAEventSelect( scene.s, wake_event, FD_CLOSE ), "Got error %d.\n", WSAGetLastError() );
    else set_nonblocking( scene.s, 1 );
    set_hook( 1, 0 );
    error = operation->call( &scene );
    ok( error == WSAEWOULDBLOCK, "Got error %d.\n", error );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );
    end_scene( &scene );
}

static void test_nonblocking(void)
{
    char byte, *data = calloc( 1, BIG_SIZE );
    SOCKET client, server;
    int error;

    start_version( MAKEWORD( 1, 1 ) );
    wake_event = CreateEventW( NULL, FALSE, FALSE, NULL );
    check_would_block( &operations[0], FALSE );
    check_would_block( &operations[1], FALSE );
    check_would_block( &operations[2], FALSE );
    check_would_block( &operations[4], FALSE );
    check_would_block( &operations[0], TRUE );

    tcp_pair( &client, &server );
    set_nonblocking( client, 1 );
    set_hook( 1, 0 );
    ok( send( client, data, BIG_SIZE, 0 ) > 0, "send failed, error %d.\n", WSAGetLastError() );
    ok( !hook_calls, "The hook was called %u times.\n", hook_calls );

    /* blocking again */
    set_nonblocking( client, 0 );
    error = result( recv( client, &byte, 1, 0 ) );
    ok( error == WSAEINTR && hook_calls == 1, "Got error %d, %u calls of the hook.\n", error, hook_calls );
    closesocket( client );
    closesocket( server );
    CloseHandle( wake_event );
    free( data );
    WSACleanup();
}

/* An accepted socket is as its listener is; a new one with the handle of a non-blocking one is blocking. */
static void test_mode_of_new_sockets(void)
{
    struct sockaddr_in addr;
    SOCKET s, client, server;
    unsigned int i;
    int error;
    char byte;

    start_version( MAKEWORD( 1, 1 ) );
    s = listener( &addr, 5 );
    set_nonblocking( s, 1 );
    client = socket( AF_INET, SOCK_STREAM, 0 );
    ok( !connect( client, (struct sockaddr *)&addr, sizeof(addr) ), "connect failed, error %d.\n", WSAGetLastError() );
    for (i = 0; i < 100; i++)
    {
        if ((server = accept( s, NULL, NULL )) != INVALID_SOCKET) break;
        Sleep( 10 );
    }
    set_hook( 1, 0 );
    error = result( recv( server, &byte, 1, 0 ) );
    ok( error == WSAEWOULDBLOCK && !hook_calls, "Got error %d, %u calls of the hook.\n", error, hook_calls );
    closesocket( s );
    closesocket( client );
    closesocket( server );

    for (i = 0; i < 3; i++)
    {
        s = bound_socket( SOCK_DGRAM, &addr );
        set_hook( 1, 0 );
        error = result( recv( s, &byte, 1, 0 ) );
        ok( error == WSAEINTR && hook_calls == 1, "Got error %d, %u calls of the hook.\n", error, hook_calls );
        set_nonblocking( s, 1 );
        closesocket( s );
    }
    WSACleanup();
}

/* --- a program with a window --- */

static unsigned int timer_count;

static LRESULT CALLBACK window_proc( HWND hwnd, UINT msg, WPARAM wparam, LPARAM lparam )
{
    if (msg != WM_TIMER) return DefWindowProcW( hwnd, msg, wparam, lparam );
    ok( WSAIsBlocking(), "The timer came outside the hook.\n" );
    if (++timer_count == 10) ok( !WSACancelBlockingCall(), "WSACancelBlockingCall failed, error %d.\n",
                                 WSAGetLastError() );
    return 0;
}

/* As the 1.1 specification has it: at most one message, TRUE if there was one. */
static INT_PTR CALLBACK pumping_hook(void)
{
    MSG msg;

    hook_calls++;
    if (!PeekMessageW( &msg, NULL, 0, 0, PM_REMOVE )) return FALSE;
    TranslateMessage( &msg );
    DispatchMessageW( &msg );
    return TRUE;
}

/* It lives on during a connect that hangs, and gives it up. */
static void test_window(void)
{
    WNDCLASSW class = {.lpfnWndProc = window_proc, .lpszClassName = L"winelsp hook"};
    struct scene scene;
    DWORD time;
    HWND hwnd;
    int error;

    class.hInstance = GetModuleHandleW( NULL );
    RegisterClassW( &class );
    hwnd = CreateWindowW( L"winelsp hook", L"", WS_OVERLAPPEDWINDOW, 0, 0, 100, 100, NULL, NULL, NULL, NULL );
    ok( hwnd != NULL, "CreateWindow failed, error %lu.\n", GetLastError() );
    start_version( MAKEWORD( 1, 1 ) );
    begin_scene( &operations[4], &scene );
    ok( WSASetBlockingHook( (FARPROC)pumping_hook ) != NULL, "WSASetBlockingHook failed.\n" );
    SetTimer( hwnd, 1, 50, NULL );
    time = GetTickCount();
    error = call_connect( &scene );
    time = GetTickCount() - time;
    KillTimer( hwnd, 1 );
    ok( error == WSAEINTR, "Got error %d.\n", error );
    ok( timer_count == 10, "%u timer messages came.\n", timer_count );
    ok( time >= 400 && time < 5000, "connect took %lu ms.\n", time );
    ok( hook_calls < 1000, "The hook was called %u times.\n", hook_calls );
    end_scene( &scene );
    WSACleanup();
    DestroyWindow( hwnd );
}

/* The time of SO_RCVTIMEO, which Wine keeps on overlapped sockets only; and what a cancelled call left. */
static void test_synchronous_timeout(void)
{
    SOCKET client, server;
    int timeout = 300, error;
    DWORD time;
    char byte;

    start_with_sockets( SO_SYNCHRONOUS_NONALERT );
    tcp_pair( &client, &server );
    set_hook( 2, 0 );
    error = result( recv( server, &byte, 1, 0 ) );
    ok( error == WSAEINTR && hook_calls == 2, "Got error %d, %u calls of the hook.\n", error, hook_calls );
    ok( send( client, "x", 1, 0 ) == 1, "send failed, error %d.\n", WSAGetLastError() );
    ok( recv( server, &byte, 1, 0 ) == 1 && byte == 'x', "recv failed, error %d.\n", WSAGetLastError() );

    setsockopt( server, SOL_SOCKET, SO_RCVTIMEO, (char *)&timeout, sizeof(timeout) );
    set_hook( 0, 0 );
    time = GetTickCount();
    error = result( recv( server, &byte, 1, 0 ) );
    time = GetTickCount() - time;
    ok( error == WSAETIMEDOUT, "Got error %d.\n", error );
    ok( time >= 280 && time < 5000, "recv took %lu ms.\n", time );
    ok( hook_calls > 1, "The hook was called %u times.\n", hook_calls );
    closesocket( client );
    closesocket( server );
    WSACleanup();
}

#define OVERLAPPED_AND_SYNCHRONOUS( name ) \
    static void test_##name##_overlapped(void) { check_##name( 0 ); } \
    static void test_##name##_synchronous(void) { check_##name( SO_SYNCHRONOUS_NONALERT ); }

OVERLAPPED_AND_SYNCHRONOUS( cancelled )
OVERLAPPED_AND_SYNCHRONOUS( satisfied )
OVERLAPPED_AND_SYNCHRONOUS( at_once )

static void test_cancelled_wsock32(void)
{
    use_wsock32();
    check_cancelled( 0 );
}

static void test_satisfied_wsock32(void)
{
    use_wsock32();
    check_satisfied( 0 );
}

static const struct test_case cases[] =
{
    { "cancelled_overlapped", test_cancelled_overlapped },
    { "cancelled_synchronous", test_cancelled_synchronous },
    { "cancelled_wsock32", test_cancelled_wsock32 },
    { "satisfied_overlapped", test_satisfied_overlapped },
    { "satisfied_synchronous", test_satisfied_synchronous },
    { "satisfied_wsock32", test_satisfied_wsock32 },
    { "at_once_overlapped", test_at_once_overlapped },
    { "at_once_synchronous", test_at_once_synchronous },
    { "synchronous_timeout", test_synchronous_timeout },
    { "errors", test_errors },
    { "nonblocking", test_nonblocking },
    { "mode_of_new_sockets", test_mode_of_new_sockets },
    { "window", test_window },
};

START_TEST(hook)
{
    run_cases( "hook", cases, ARRAY_SIZE(cases) );
}
