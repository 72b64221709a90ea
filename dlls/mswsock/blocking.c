/*
 * Blocking calls with a hook
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

#include "mswsock_private.h"

/* Wine's Winsock waits natively. For a thread with a blocking hook the base waits itself, in slices, and calls the
 * hook between them (§7). A request is always begun first: whatever Wine's Winsock answers at once, success or
 * error, is the result, and no hook runs.
 *
 * Data is sent and received by overlapped requests, so that the socket stays in its mode for other threads, and no
 * byte is lost: a cancelled request that was done after all reports what it did. On a socket that was made without
 * WSA_FLAG_OVERLAPPED such a request waits as well, so it is made in a thread of the pool. */

#define SLICE 10            /* milliseconds between two calls of the hook */
#define READY_SLICE 100     /* before the first one, when the call should not have to wait */

static DWORD call_tls;  /* the struct blocking_call whose hook the thread is in */

BOOL blocking_init(void)
{
    call_tls = TlsAlloc();
    return call_tls != TLS_OUT_OF_INDEXES;
}

void blocking_uninit(void)
{
    TlsFree( call_tls );
}

BOOL blocking_begin( struct blocking_call *call, SOCKET s )
{
    if (!(call->callback = query_blocking_callback( &call->context ))) return FALSE;
    call->cancelled = FALSE;
    return s == INVALID_SOCKET || !nonblocking_get( s );
}

/* FALSE if the call is cancelled. */
static BOOL call_hook( struct blocking_call *call )
{
    BOOL ret;

    call->outer = TlsGetValue( call_tls );
    TlsSetValue( call_tls, call );
    ret = call->callback( call->context );
    TlsSetValue( call_tls, call->outer );
    return ret && !call->cancelled;
}

/* The callback says the same when ws2_32 cancelled the call; a layer may come here without it. */
int WSPAPI WSPCancelBlockingCall( int *error )
{
    struct blocking_call *call = TlsGetValue( call_tls );

    TRACE( "call %p, error %p\n", call, error );

    if (!call) return fail( error, WSAEINVAL );
    call->cancelled = TRUE;
    return 0;
}

/* --- requests --- */

/* A callback in the thread pool. A close that was cancelled may go on after the last cleanup, which unloads us. */
static BOOL run_in_pool( PTP_SIMPLE_CALLBACK callback, void *context )
{
    HMODULE module;

    GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                        (const WCHAR *)callback, &module );
    return TrySubmitThreadpoolCallback( callback, context, NULL );
}

/* The arguments of the call, and how it ended. On the stack of the thread, which never leaves before the end. */
struct request
{
    int (*function)( struct request *request );
    SOCKET s;
    WSABUF *buffers;
    DWORD count;
    DWORD *size;
    DWORD *recv_flags, send_flags;
    struct sockaddr *from;
    int *from_len;
    const struct sockaddr *to;
    int to_len;
    int timeout_option;
    WSAOVERLAPPED overlapped;
    HANDLE event;
    int ret, error;
};

static int recv_request( struct request *request )
{
    return get_base_winsock()->WSARecvFrom( request->s, request->buffers, request->count, request->size,
                                            request->recv_flags, request->from, request->from_len,
                                            &request->overlapped, NULL );
}

static int send_request( struct request *request )
{
    return get_base_winsock()->WSASendTo( request->s, request->buffers, request->count, request->size,
                                          request->send_flags, request->to, request->to_len,
                                          &request->overlapped, NULL );
}

/* Returns 0 when the request is done, else the error that ends it early. */
static int wait_request( struct blocking_call *call, const struct request *request )
{
    DWORD timeout = 0;
    int len = sizeof(timeout);
    ULONGLONG start = GetTickCount64();

    get_base_winsock()->getsockopt( request->s, SOL_SOCKET, request->timeout_option, (char *)&timeout, &len );
    for (;;)
    {
        if (!call_hook( call )) return WSAEINTR;
        if (!WaitForSingleObjectEx( request->event, SLICE, TRUE )) return 0;
        if (timeout && GetTickCount64() - start >= timeout) return WSAETIMEDOUT;
    }
}

/* The low bit of the event keeps the request from a port. */
static void run_overlapped( struct blocking_call *call, struct request *request )
{
    DWORD size, flags;
    int code;

    request->overlapped.hEvent = (HANDLE)((ULONG_PTR)request->event | 1);
    request->ret = request->function( request );
    request->error = GetLastError();
    if (request->ret != SOCKET_ERROR || request->error != WSA_IO_PENDING) return;

    if ((code = wait_request( call, request )))
    {
        CancelIoEx( (HANDLE)request->s, &request->overlapped );
        WaitForSingleObject( request->event, INFINITE );    /* until then the buffers belong to the request */
    }
    if (get_base_winsock()->WSAGetOverlappedResult( request->s, &request->overlapped, &size, FALSE, &flags ))
    {
        request->ret = 0;
        if (request->size) *request->size = size;
    }
    else
    {
        request->error = GetLastError();
        if (code && request->error == WSA_OPERATION_ABORTED) request->error = code;
    }
}

static void CALLBACK request_in_pool( TP_CALLBACK_INSTANCE *instance, void *context )
{
    struct request *request = context;

    TRACE( "instance %p, socket %#Ix\n", instance, request->s );

    request->ret = request->function( request );
    request->error = GetLastError();
    SetEvent( request->event );
}

/* Whether what the request waits for is there: then it is most likely done at once. */
static BOOL is_ready( const struct request *request )
{
    fd_set set = {.fd_count = 1, .fd_array = {request->s}};
    struct timeval timeout = {0};

    if (request->recv_flags) return get_base_winsock()->select( 0, &set, NULL, NULL, &timeout ) == 1;
    return get_base_winsock()->select( 0, NULL, &set, NULL, &timeout ) == 1;
}

/* Without WSA_FLAG_OVERLAPPED the thread that makes a request waits in Wine's ntdll, whatever its OVERLAPPED says; but
 * that names the request for CancelIoEx(), which finds it as soon as it has begun. Whether the request is done at once
 * can be told by time only. */
static void run_synchronous( struct blocking_call *call, struct request *request )
{
    int code;

    if (!run_in_pool( request_in_pool, request ))
    {
        request->ret = SOCKET_ERROR;
        request->error = WSAENOBUFS;
        return;
    }
    if (!WaitForSingleObjectEx( request->event, is_ready( request ) ? READY_SLICE : SLICE, TRUE )) return;
    if (!(code = wait_request( call, request ))) return;
    do CancelIoEx( (HANDLE)request->s, &request->overlapped );
    while (WaitForSingleObject( request->event, SLICE ));
    if (request->ret && request->error == WSA_OPERATION_ABORTED) request->error = code;
}

static int run_request( struct blocking_call *call, struct request *request, int *error )
{
    if (!(request->event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return fail( error, WSAENOBUFS );
    if (synchronous_get( request->s )) run_synchronous( call, request );
    else run_overlapped( call, request );
    CloseHandle( request->event );
    return request->ret == SOCKET_ERROR ? fail( error, request->error ) : request->ret;
}

int blocking_recv( struct blocking_call *call, SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                   struct sockaddr *addr, int *addr_len, int *error )
{
    struct request request =
    {
        .function = recv_request,
        .s = s,
        .buffers = buffers,
        .count = count,
        .size = size,
        .recv_flags = flags,
        .from = addr,
        .from_len = addr_len,
        .timeout_option = SO_RCVTIMEO,
    };

    return run_request( call, &request, error );
}

int blocking_send( struct blocking_call *call, SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags,
                   const struct sockaddr *addr, int addr_len, int *error )
{
    struct request request =
    {
        .function = send_request,
        .s = s,
        .buffers = buffers,
        .count = count,
        .size = size,
        .send_flags = flags,
        .to = addr,
        .to_len = addr_len,
        .timeout_option = SO_SNDTIMEO,
    };

    return run_request( call, &request, error );
}

/* --- sets of sockets --- */

static SIZE_T fd_set_size( const fd_set *set )
{
    return offsetof( fd_set, fd_array[set->fd_count] );
}

static void restore_sets( fd_set *const sets[3], fd_set *const saved[3] )
{
    int i;

    for (i = 0; i < 3; ++i)
        if (sets[i]) memcpy( sets[i], saved[i], fd_set_size( saved[i] ) );
}

/* select() until a socket is ready, in slices. A cancelled call leaves the sets as they were. */
static int select_slices( struct blocking_call *call, fd_set *const sets[3], fd_set *const saved[3],
                          const struct timeval *timeout, int *error )
{
    const struct base_winsock *base = get_base_winsock();
    ULONGLONG elapsed, start = GetTickCount64(), limit = 0;
    struct timeval slice = {0};
    int ret;

    if (timeout) limit = timeout->tv_sec * 1000ull + (timeout->tv_usec + 999) / 1000;
    for (;;)
    {
        ret = base->select( 0, sets[0], sets[1], sets[2], &slice );
        if (ret) return base_result( ret, error );
        elapsed = GetTickCount64() - start;
        if (timeout && elapsed >= limit) return 0;
        restore_sets( sets, saved );
        if (!call_hook( call )) return fail( error, WSAEINTR );
        slice.tv_usec = 1000 * (timeout ? min( SLICE, limit - elapsed ) : SLICE);
    }
}

int blocking_select( struct blocking_call *call, fd_set *read, fd_set *write, fd_set *except,
                     const struct timeval *timeout, int *error )
{
    fd_set *const sets[3] = {read, write, except};
    fd_set *saved[3] = {0};
    BOOL no_memory = FALSE;
    int i, ret;

    for (i = 0; i < 3 && !no_memory; ++i)
    {
        if (!sets[i]) continue;
        if ((saved[i] = malloc( fd_set_size( sets[i] ) ))) memcpy( saved[i], sets[i], fd_set_size( sets[i] ) );
        else no_memory = TRUE;
    }
    if (no_memory) ret = fail( error, WSAENOBUFS );
    else ret = select_slices( call, sets, saved, timeout, error );

    for (i = 0; i < 3; ++i) free( saved[i] );
    return ret;
}

/* --- connections --- */

/* A socket that does not listen is never ready, and Wine's Winsock knows what to say of it. */
int blocking_wait_accept( struct blocking_call *call, SOCKET s, int *error )
{
    fd_set read = {.fd_count = 1, .fd_array = {s}};
    BOOL listening = FALSE;
    int len = sizeof(listening);

    if (get_base_winsock()->getsockopt( s, SOL_SOCKET, SO_ACCEPTCONN, (char *)&listening, &len )) return 0;
    if (!listening) return 0;
    return blocking_select( call, &read, NULL, NULL, NULL, error ) == SOCKET_ERROR ? SOCKET_ERROR : 0;
}

static int set_mode( SOCKET s, u_long nonblocking )
{
    DWORD size;

    return get_base_winsock()->WSAIoctl( s, FIONBIO, &nonblocking, sizeof(nonblocking), NULL, 0, &size, NULL, NULL );
}

/* Waits for a connection that was begun. */
static int finish_connect( struct blocking_call *call, SOCKET s, int *error )
{
    fd_set write = {.fd_count = 1, .fd_array = {s}}, except = write;
    int code = 0, len = sizeof(code);

    if (blocking_select( call, NULL, &write, &except, NULL, error ) == SOCKET_ERROR) return SOCKET_ERROR;
    if (write.fd_count) return 0;
    get_base_winsock()->getsockopt( s, SOL_SOCKET, SO_ERROR, (char *)&code, &len );
    return fail( error, code ? code : WSAECONNREFUSED );
}

/* Only a non-blocking socket leaves its connection to be waited for, and it is one for no longer than it takes to
 * begin. A cancelled connection goes on behind the scenes: the socket is fit for closesocket() only (§5.8). */
int blocking_connect( struct blocking_call *call, SOCKET s, const struct sockaddr *addr, int len,
                      WSABUF *caller_data, WSABUF *callee_data, QOS *sqos, QOS *gqos, int *error )
{
    int ret, code;

    if (set_mode( s, TRUE )) return fail( error, GetLastError() );
    ret = get_base_winsock()->WSAConnect( s, addr, len, caller_data, callee_data, sqos, gqos );
    code = GetLastError();
    set_mode( s, FALSE );
    SetLastError( code );

    if (ret == SOCKET_ERROR && code == WSAEWOULDBLOCK) return finish_connect( call, s, error );
    return base_result( ret, error );
}

/* --- closing --- */

/* A closesocket() that lingers, in a thread pool thread. */
struct close_request
{
    SOCKET s;
    HANDLE done;
    int ret, error;     /* valid when done is set */
    LONG users;         /* that thread, and the one that waits */
};

static void release_close( struct close_request *request )
{
    if (InterlockedDecrement( &request->users )) return;
    CloseHandle( request->done );
    free( request );
}

static void CALLBACK close_in_pool( TP_CALLBACK_INSTANCE *instance, void *context )
{
    struct close_request *request = context;

    TRACE( "instance %p, socket %#Ix\n", instance, request->s );

    request->ret = get_base_winsock()->closesocket( request->s );
    request->error = GetLastError();
    SetEvent( request->done );
    release_close( request );
}

/* NULL without resources. */
static struct close_request *begin_close( SOCKET s )
{
    struct close_request *request;

    if (!(request = calloc( 1, sizeof(*request) ))) return NULL;
    request->s = s;
    request->users = 2;
    if ((request->done = CreateEventW( NULL, TRUE, FALSE, NULL )))
    {
        if (run_in_pool( close_in_pool, request )) return request;
        CloseHandle( request->done );
    }
    free( request );
    return NULL;
}

BOOL blocking_lingers( SOCKET s )
{
    LINGER linger;
    int len = sizeof(linger);

    if (get_base_winsock()->getsockopt( s, SOL_SOCKET, SO_LINGER, (char *)&linger, &len )) return FALSE;
    return linger.l_onoff && linger.l_linger;
}

/* Whether the data has gone can be learned from the close only, which Wine does in the calling thread. One that is
 * done within a slice was done at once. */
int blocking_close( struct blocking_call *call, SOCKET s, int *error )
{
    struct close_request *request = begin_close( s );
    BOOL cancelled = FALSE;
    int ret, code;

    if (!request) return base_result( get_base_winsock()->closesocket( s ), error );

    while (!cancelled && WaitForSingleObjectEx( request->done, SLICE, TRUE )) cancelled = !call_hook( call );
    ret = cancelled ? SOCKET_ERROR : request->ret;
    code = cancelled ? WSAEINTR : request->error;
    release_close( request );
    SetLastError( code );
    return base_result( ret, error );
}
