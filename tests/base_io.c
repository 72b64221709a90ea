/*
 * Tests of the base provider: calls on sockets
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

#include "util_base.h"

/* --- errors --- */

/* Every function that takes a socket, with a handle that is none. */
static int call_with( SOCKET s, unsigned int function, int *error )
{
    struct sockaddr_in addr = loopback_addr( 1 );
    WSANETWORKEVENTS events;
    WSAPROTOCOL_INFOW info;
    OVERLAPPED overlapped = {0};
    char data[128] = {0};
    WSABUF buffer = {1, data};
    DWORD size = 0, flags = 0;
    int len = sizeof(addr);
    QOS qos;

    switch (function)
    {
    case 0: return base.lpWSPAccept( s, NULL, NULL, NULL, 0, error );
    case 1: return base.lpWSPBind( s, (struct sockaddr *)&addr, len, error );
    case 2: return base.lpWSPCloseSocket( s, error );
    case 3: return base.lpWSPConnect( s, (struct sockaddr *)&addr, len, NULL, NULL, NULL, NULL, error );
    case 4: return base.lpWSPDuplicateSocket( s, GetCurrentProcessId(), &info, error );
    case 5: return base.lpWSPEnumNetworkEvents( s, NULL, &events, error );
    case 6: return base.lpWSPEventSelect( s, NULL, 0, error );
    case 7: return base.lpWSPGetOverlappedResult( s, &overlapped, &size, FALSE, &flags, error ) - 1;
    case 8: return base.lpWSPGetPeerName( s, (struct sockaddr *)&addr, &len, error );
    case 9: return base.lpWSPGetSockName( s, (struct sockaddr *)&addr, &len, error );
    case 10: return base.lpWSPGetSockOpt( s, SOL_SOCKET, SO_RCVBUF, data, &len, error );
    case 11: return base.lpWSPGetQOSByName( s, &buffer, &qos, error ) - 1;
    case 12: return base.lpWSPIoctl( s, FIONREAD, NULL, 0, data, 4, &size, NULL, NULL, NULL, error );
    case 13: return base.lpWSPJoinLeaf( s, (struct sockaddr *)&addr, len, NULL, NULL, NULL, NULL, JL_BOTH, error );
    case 14: return base.lpWSPListen( s, 1, error );
    case 15: return base.lpWSPRecv( s, &buffer, 1, &size, &flags, NULL, NULL, NULL, error );
    case 16: return base.lpWSPRecvFrom( s, &buffer, 1, &size, &flags, NULL, NULL, NULL, NULL, NULL, error );
    case 17: return base.lpWSPSend( s, &buffer, 1, &size, 0, NULL, NULL, NULL, error );
    case 18: return base.lpWSPSendDisconnect( s, NULL, error );
    case 19: return base.lpWSPSendTo( s, &buffer, 1, &size, 0, (struct sockaddr *)&addr, len, NULL, NULL, NULL, error );
    case 20: return base.lpWSPSetSockOpt( s, SOL_SOCKET, SO_RCVBUF, data, 4, error );
    case 21: return base.lpWSPShutdown( s, SD_BOTH, error );
    case 22: return base.lpWSPIoctl( s, SIO_BSP_HANDLE, NULL, 0, data, sizeof(s), &size, NULL, NULL, NULL, error );
    case 23: return base.lpWSPAsyncSelect( s, NULL, 0, 0, error );
    case 24: return base.lpWSPRecvDisconnect( s, NULL, error );
    }
    return 1;
}

static void test_no_socket(void)
{
    SOCKET handles[4] = {0xdeadbeec, INVALID_SOCKET};
    unsigned int i, function;
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    int ret, error;

    handles[2] = (SOCKET)event;
    handles[3] = base_socket( AF_INET, SOCK_STREAM );
    close_base_socket( handles[3] );
    for (i = 0; i < ARRAY_SIZE(handles); i++)
    {
        for (function = 0; function < 25; function++)
        {
            winetest_push_context( "handle %u, function %u", i, function );
            error = 0;
            ret = call_with( handles[i], function, &error );
            ok( ret == SOCKET_ERROR && error == WSAENOTSOCK, "Got %d, error %d.\n", ret, error );
            ret = call_with( handles[i], function, NULL );
            ok( ret == SOCKET_ERROR, "Got %d.\n", ret );
            winetest_pop_context();
        }
    }
    ok( CloseHandle( event ), "The event was closed.\n" );
}

static void test_cancel_blocking_call(void)
{
    int ret, error = 0;

    ret = base.lpWSPCancelBlockingCall( &error );
    ok( ret == SOCKET_ERROR && error == WSAEINVAL, "Got %d, error %d.\n", ret, error );
}

/* --- data --- */

static void test_stream(void)
{
    char data[16] = {0};
    WSABUF buffers[2] = {{3, data}, {sizeof(data) - 3, data + 3}};
    WSABUF output[2] = {{4, (char *)"wine"}, {3, (char *)"lsp"}};
    DWORD size = 0xdead, flags = 0;
    u_long nonblocking = 1;
    SOCKET client, server;
    int ret, error;

    base_tcp_pair( AF_INET, &client, &server );

    error = 0xdead;
    ret = base.lpWSPSend( client, output, 2, &size, 0, NULL, NULL, NULL, &error );
    ok( !ret && size == 7, "Got %d, sent %lu.\n", ret, size );
    ok( error == 0xdead, "A success wrote error %d.\n", error );
    ret = base.lpWSPRecv( server, buffers, 2, &size, &flags, NULL, NULL, NULL, &error );
    ok( !ret && size == 7 && !strcmp( data, "winelsp" ), "Got %d, received %lu: %s.\n", ret, size, data );
    ok( error == 0xdead, "A success wrote error %d.\n", error );

    ret = base.lpWSPIoctl( server, FIONBIO, &nonblocking, sizeof(nonblocking), NULL, 0, &size, NULL, NULL, NULL,
                           &error );
    ok( !ret, "FIONBIO failed, error %d.\n", error );
    ret = base.lpWSPRecv( server, buffers, 2, &size, &flags, NULL, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSAEWOULDBLOCK, "Got %d, error %d.\n", ret, error );

    ret = base.lpWSPSendDisconnect( client, NULL, &error );
    ok( !ret, "WSPSendDisconnect failed, error %d.\n", error );
    nonblocking = 0;
    base.lpWSPIoctl( server, FIONBIO, &nonblocking, sizeof(nonblocking), NULL, 0, &size, NULL, NULL, NULL, &error );
    ret = base.lpWSPRecv( server, buffers, 2, &size, &flags, NULL, NULL, NULL, &error );
    ok( !ret && !size, "Got %d, received %lu after the end.\n", ret, size );
    ret = base.lpWSPShutdown( server, SD_BOTH, &error );
    ok( !ret, "WSPShutdown failed, error %d.\n", error );
    close_base_socket( client );
    close_base_socket( server );
}

static void test_datagram(void)
{
    SOCKADDR_STORAGE addr, from;
    SOCKET sender = base_bound_socket( AF_INET, SOCK_DGRAM, &from );
    SOCKET s = base_bound_socket( AF_INET, SOCK_DGRAM, &addr );
    char data[16];
    WSABUF output = {8, (char *)"datagram"}, input = {sizeof(data), data};
    struct sockaddr_in peer;
    DWORD size = 0, flags = 0;
    int ret, error = 0, len = sizeof(peer);

    ret = base.lpWSPSendTo( sender, &output, 1, &size, 0, (struct sockaddr *)&addr, sizeof(struct sockaddr_in),
                            NULL, NULL, NULL, &error );
    ok( !ret && size == 8, "Got %d, sent %lu, error %d.\n", ret, size, error );
    ret = base.lpWSPRecvFrom( s, &input, 1, &size, &flags, (struct sockaddr *)&peer, &len, NULL, NULL, NULL, &error );
    ok( !ret && size == 8 && !memcmp( data, "datagram", 8 ), "Got %d, received %lu, error %d.\n", ret, size, error );
    ok( len == sizeof(peer) && !memcmp( &peer, &from, sizeof(peer) ), "Got another sender, port %u.\n", peer.sin_port );

    base.lpWSPSendTo( sender, &output, 1, &size, 0, (struct sockaddr *)&addr, sizeof(struct sockaddr_in), NULL, NULL,
                      NULL, &error );
    input.len = 4;
    ret = base.lpWSPRecvFrom( s, &input, 1, &size, &flags, NULL, NULL, NULL, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSAEMSGSIZE, "Got %d, error %d.\n", ret, error );
    close_base_socket( sender );
    close_base_socket( s );
}

/* --- overlapped --- */

static void test_event(void)
{
    OVERLAPPED overlapped = {.hEvent = CreateEventW( NULL, TRUE, FALSE, NULL )};
    char data[16] = {0};
    WSABUF buffer = {sizeof(data), data};
    DWORD size = 0, flags = 0;
    SOCKET client, server;
    int ret, error = 0;

    base_tcp_pair( AF_INET, &client, &server );
    ret = base.lpWSPRecv( server, &buffer, 1, NULL, &flags, &overlapped, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSA_IO_PENDING, "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPGetOverlappedResult( server, &overlapped, &size, FALSE, &flags, &error );
    ok( !ret && error == WSA_IO_INCOMPLETE, "Got %d, error %d.\n", ret, error );

    base_send( client, "event" );
    ret = WaitForSingleObject( overlapped.hEvent, 1000 );
    ok( !ret, "Waiting returned %d.\n", ret );
    error = 0xdead;
    ret = base.lpWSPGetOverlappedResult( server, &overlapped, &size, TRUE, &flags, &error );
    ok( ret && size == 5 && !memcmp( data, "event", 5 ), "Got %d, received %lu.\n", ret, size );
    ok( error == 0xdead, "A success wrote error %d.\n", error );

    /* A close cancels, with the notification. */
    ResetEvent( overlapped.hEvent );
    ret = base.lpWSPRecv( server, &buffer, 1, NULL, &flags, &overlapped, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSA_IO_PENDING, "Got %d, error %d.\n", ret, error );
    close_base_socket( server );
    ret = WaitForSingleObject( overlapped.hEvent, 1000 );
    ok( !ret, "Waiting returned %d.\n", ret );
    CloseHandle( overlapped.hEvent );
    close_base_socket( client );
}

static void test_port(void)
{
    char data[16] = {0};
    WSABUF buffer = {sizeof(data), data};
    OVERLAPPED overlapped = {0}, *completed = NULL;
    SOCKET client, server;
    DWORD size = 0, flags = 0;
    ULONG_PTR key = 0;
    HANDLE port;
    int ret, error = 0;

    base_tcp_pair( AF_INET, &client, &server );
    port = CreateIoCompletionPort( (HANDLE)server, NULL, 0x1234, 0 );
    ok( port != NULL, "CreateIoCompletionPort failed, error %lu.\n", GetLastError() );
    ret = base.lpWSPRecv( server, &buffer, 1, NULL, &flags, &overlapped, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSA_IO_PENDING, "Got %d, error %d.\n", ret, error );
    base_send( client, "port" );
    ret = GetQueuedCompletionStatus( port, &size, &key, &completed, 1000 );
    ok( ret && size == 4 && key == 0x1234 && completed == &overlapped, "Got %d, size %lu, key %#Ix, overlapped %p.\n",
        ret, size, key, completed );
    CloseHandle( port );
    close_base_socket( client );
    close_base_socket( server );
}

static struct
{
    LONG count;
    DWORD thread, error, size;
    OVERLAPPED *overlapped;
} routine_call;

static void CALLBACK record_routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)flags;
    routine_call.thread = GetCurrentThreadId();
    routine_call.error = error;
    routine_call.size = size;
    routine_call.overlapped = overlapped;
    InterlockedIncrement( &routine_call.count );
}

/* Lets routines run for at most a second. */
static void wait_routine(void)
{
    int i;

    for (i = 0; i < 100 && !routine_call.count; i++) SleepEx( 10, TRUE );
}

static void check_routine( const OVERLAPPED *overlapped, DWORD error, DWORD size )
{
    wait_routine();
    ok( routine_call.count == 1, "The routine ran %ld times.\n", routine_call.count );
    ok( routine_call.thread == GetCurrentThreadId(), "It ran in thread %04lx.\n", routine_call.thread );
    ok( routine_call.overlapped == overlapped, "Got overlapped %p, expected %p.\n", routine_call.overlapped,
        overlapped );
    ok( routine_call.error == error && routine_call.size == size, "Got error %lu, size %lu.\n", routine_call.error,
        routine_call.size );
    routine_call.count = 0;
}

/* The calling thread, as ws2_32 names it to providers. */
static WSATHREADID this_thread(void)
{
    WSATHREADID id = {.Reserved = GetCurrentThreadId()};

    DuplicateHandle( GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &id.ThreadHandle, 0, FALSE,
                     DUPLICATE_SAME_ACCESS );
    return id;
}

static void test_routine(void)
{
    OVERLAPPED overlapped = {.hEvent = (HANDLE)0xdeadbee0};     /* of no use with a routine, and the application's */
    WSATHREADID thread = this_thread(), unmarked = {.ThreadHandle = thread.ThreadHandle}, none = {0};
    WSATHREADID *threads[] = {NULL, &thread, &thread, &unmarked, &none};
    char data[16];
    WSABUF input = {sizeof(data), data}, output = {7, (char *)"routine"};
    SOCKET client, server;
    DWORD flags = 0;
    unsigned int i;
    int ret, error;

    base_tcp_pair( AF_INET, &client, &server );
    base_upcalls.apc_count = 0;
    for (i = 0; i < ARRAY_SIZE(threads); i++)
    {
        winetest_push_context( "thread %u", i );
        error = 0;
        ret = base.lpWSPRecv( server, &input, 1, NULL, &flags, &overlapped, record_routine, threads[i], &error );
        ok( ret == SOCKET_ERROR && error == WSA_IO_PENDING, "Got %d, error %d.\n", ret, error );
        base_send( client, "received" );
        check_routine( &overlapped, 0, 8 );

        ret = base.lpWSPSend( client, &output, 1, NULL, 0, &overlapped, record_routine, threads[i], &error );
        ok( !ret || error == WSA_IO_PENDING, "Got %d, error %d.\n", ret, error );
        check_routine( &overlapped, 0, 7 );
        check_received( server, "routine" );
        winetest_pop_context();
    }
    ok( !base_upcalls.apc_count, "Got %ld WPUQueueApc calls for the calling thread.\n", base_upcalls.apc_count );
    CloseHandle( thread.ThreadHandle );
    close_base_socket( client );
    close_base_socket( server );
}

/* A layer's worker, which starts an operation for the thread of the application. */
struct worker
{
    SOCKET s;
    WSATHREADID thread;
    OVERLAPPED *overlapped;
    char data[16];
    HANDLE done, stop;
    int ret, error;
};

static DWORD WINAPI worker_thread( void *arg )
{
    struct worker *worker = arg;
    WSABUF buffer = {sizeof(worker->data), worker->data};
    DWORD flags = 0;

    worker->error = 0;
    worker->ret = base.lpWSPRecv( worker->s, &buffer, 1, NULL, &flags, worker->overlapped, record_routine,
                                  &worker->thread, &worker->error );
    SetEvent( worker->done );
    WaitForSingleObjectEx( worker->stop, 5000, TRUE );      /* a routine that came here would run */
    return 0;
}

static HANDLE start_worker( struct worker *worker )
{
    HANDLE thread = CreateThread( NULL, 0, worker_thread, worker, 0, NULL );

    WaitForSingleObject( worker->done, 5000 );
    return thread;
}

static void stop_worker( struct worker *worker, HANDLE thread )
{
    SetEvent( worker->stop );
    WaitForSingleObject( thread, 5000 );
    CloseHandle( thread );
}

static void test_routine_of_other_thread(void)
{
    OVERLAPPED overlapped = {.hEvent = (HANDLE)0xdeadbee0};
    struct worker worker = {.thread = this_thread(), .overlapped = &overlapped};
    SOCKET client;
    HANDLE thread;

    worker.done = CreateEventW( NULL, FALSE, FALSE, NULL );
    worker.stop = CreateEventW( NULL, FALSE, FALSE, NULL );
    base_tcp_pair( AF_INET, &client, &worker.s );
    base_upcalls.apc_count = 0;

    thread = start_worker( &worker );
    ok( worker.ret == SOCKET_ERROR && worker.error == WSA_IO_PENDING, "Got %d, error %d.\n", worker.ret, worker.error );
    ok( overlapped.hEvent == (HANDLE)0xdeadbee0, "hEvent was changed to %p.\n", overlapped.hEvent );
    base_send( client, "for you" );
    check_routine( &overlapped, 0, 7 );
    ok( !memcmp( worker.data, "for you", 7 ), "Got another text.\n" );
    ok( base_upcalls.apc_count == 1, "Got %ld WPUQueueApc calls.\n", base_upcalls.apc_count );
    stop_worker( &worker, thread );

    /* at once */
    base_send( client, "now" );
    thread = start_worker( &worker );
    ok( !worker.ret || worker.error == WSA_IO_PENDING, "Got %d, error %d.\n", worker.ret, worker.error );
    check_routine( &overlapped, 0, 3 );
    stop_worker( &worker, thread );

    /* cancelled by a close */
    thread = start_worker( &worker );
    ok( worker.ret == SOCKET_ERROR && worker.error == WSA_IO_PENDING, "Got %d, error %d.\n", worker.ret, worker.error );
    close_base_socket( worker.s );
    check_routine( &overlapped, WSA_OPERATION_ABORTED, 0 );
    stop_worker( &worker, thread );

    /* refused: no notification */
    thread = start_worker( &worker );
    ok( worker.ret == SOCKET_ERROR && worker.error == WSAENOTSOCK, "Got %d, error %d.\n", worker.ret, worker.error );
    ok( overlapped.hEvent == (HANDLE)0xdeadbee0, "hEvent was changed to %p.\n", overlapped.hEvent );
    SleepEx( 100, TRUE );
    ok( !routine_call.count, "The routine ran for a call that failed.\n" );
    stop_worker( &worker, thread );

    close_base_socket( client );
    CloseHandle( worker.thread.ThreadHandle );
    CloseHandle( worker.done );
    CloseHandle( worker.stop );
}

/* --- select and events --- */

static void test_select(void)
{
    static const struct timeval no_time = {0, 0};
    SOCKET client, server;
    fd_set read, write;
    int ret, error = 0;

    base_tcp_pair( AF_INET, &client, &server );
    FD_ZERO( &read );
    FD_SET( server, &read );
    FD_ZERO( &write );
    FD_SET( client, &write );
    ret = base.lpWSPSelect( 0, &read, &write, NULL, &no_time, &error );
    ok( ret == 1 && !read.fd_count && write.fd_count == 1, "Got %d, %u to read, %u to write, error %d.\n", ret,
        read.fd_count, write.fd_count, error );

    base_send( client, "select" );
    FD_SET( server, &read );
    ret = base.lpWSPSelect( 0, &read, NULL, NULL, NULL, &error );
    ok( ret == 1 && read.fd_count == 1 && read.fd_array[0] == server, "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPSelect( 0, NULL, NULL, NULL, &no_time, &error );
    ok( ret == SOCKET_ERROR && error == WSAEINVAL, "Got %d, error %d without sets.\n", ret, error );
    close_base_socket( client );
    close_base_socket( server );
}

static void test_event_select(void)
{
    HANDLE event = CreateEventW( NULL, TRUE, FALSE, NULL );
    WSANETWORKEVENTS events;
    SOCKET client, server;
    int ret, error = 0;

    base_tcp_pair( AF_INET, &client, &server );
    ret = base.lpWSPEventSelect( server, event, FD_READ | FD_CLOSE, &error );
    ok( !ret, "WSPEventSelect failed, error %d.\n", error );
    base_send( client, "event" );
    ret = WaitForSingleObject( event, 1000 );
    ok( !ret, "Waiting returned %d.\n", ret );
    ret = base.lpWSPEnumNetworkEvents( server, event, &events, &error );
    ok( !ret && events.lNetworkEvents == FD_READ, "Got %d, events %#lx, error %d.\n", ret, events.lNetworkEvents,
        error );
    ok( WaitForSingleObject( event, 0 ) == WAIT_TIMEOUT, "The event was not reset.\n" );
    CloseHandle( event );
    close_base_socket( client );
    close_base_socket( server );
}

static void test_async_select(void)
{
    HWND hwnd = CreateWindowA( "Message", NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, NULL, NULL );
    SOCKET client, server;
    int i, ret, error = 0;
    MSG msg = {0};

    if (!hwnd)
    {
        skip( "Cannot make a window, error %lu.\n", GetLastError() );
        return;
    }
    base_tcp_pair( AF_INET, &client, &server );
    ret = base.lpWSPAsyncSelect( server, hwnd, WM_USER + 7, FD_READ, &error );
    ok( !ret, "WSPAsyncSelect failed, error %d.\n", error );
    base_send( client, "message" );
    for (i = 0; i < 100 && !PeekMessageA( &msg, hwnd, WM_USER + 7, WM_USER + 7, PM_REMOVE ); i++) Sleep( 10 );
    ok( msg.wParam == server && msg.lParam == FD_READ, "Got socket %#Ix, event %#Ix.\n", msg.wParam, msg.lParam );
    DestroyWindow( hwnd );
    close_base_socket( client );
    close_base_socket( server );
}

/* --- addresses --- */

static void test_addresses(void)
{
    static const WCHAR text[] = L"10.1.2.3:80";
    WSAPROTOCOL_INFOW entry = get_base_entry( AF_INET, SOCK_STREAM );
    struct sockaddr_in addr = {0};
    int ret, error = 0, len = sizeof(addr);
    WCHAR string[32];
    DWORD size = ARRAY_SIZE(string);

    ret = base.lpWSPStringToAddress( (WCHAR *)text, AF_INET, &entry, (struct sockaddr *)&addr, &len, &error );
    ok( !ret && addr.sin_port == htons( 80 ) && addr.sin_addr.s_addr == inet_addr( "10.1.2.3" ),
        "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPAddressToString( (struct sockaddr *)&addr, sizeof(addr), &entry, string, &size, &error );
    ok( !ret && !wcscmp( string, text ), "Got %d, error %d.\n", ret, error );
    ok( size == ARRAY_SIZE(text), "Got size %lu.\n", size );
    size = 3;
    ret = base.lpWSPAddressToString( (struct sockaddr *)&addr, sizeof(addr), &entry, string, &size, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT && size == ARRAY_SIZE(text), "Got %d, error %d, size %lu.\n", ret,
        error, size );
    ret = base.lpWSPStringToAddress( (WCHAR *)L"nonsense", AF_INET, &entry, (struct sockaddr *)&addr, &len, &error );
    ok( ret == SOCKET_ERROR && error == WSAEINVAL, "Got %d, error %d.\n", ret, error );
}

START_TEST(base_io)
{
    if (!load_base()) return;
    start_base();

    test_no_socket();
    test_cancel_blocking_call();
    test_stream();
    test_datagram();
    test_event();
    test_port();
    test_routine();
    test_routine_of_other_thread();
    test_select();
    test_event_select();
    test_async_select();
    test_addresses();
}
