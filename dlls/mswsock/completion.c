/*
 * Completion routines of other threads
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

/* A layer with worker threads can start an operation in one of them and have its completion routine run in the
 * thread of the application, which lpThreadId names. The base is then given an event of ours in place of the
 * routine; a thread pool thread waits for it and queues an APC. */
struct routine_request
{
    SOCKET s;
    WSAOVERLAPPED *overlapped;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    WSATHREADID thread;
    WSAEVENT app_event;     /* what the OVERLAPPED had; with a routine it is the application's to use */
    HANDLE event;
    TP_WAIT *wait;
};

/* Each thread's own WSATHREADID, as it was seen last. */
static DWORD handle_tls, reserved_tls;

static void free_request( struct routine_request *request )
{
    if (request->wait) CloseThreadpoolWait( request->wait );
    if (request->event) CloseHandle( request->event );
    free( request );
}

/* Wine's Winsock turns the status into an error, but only for a socket that is still open. A close cancels what
 * is pending. */
static DWORD get_request_error( const struct routine_request *request, DWORD *size, DWORD *flags )
{
    DWORD error;

    *size = *flags = 0;
    if (!request->overlapped->Internal)
    {
        *size = request->overlapped->InternalHigh;
        return 0;
    }
    if (get_base_winsock()->WSAGetOverlappedResult( request->s, request->overlapped, size, FALSE, flags )) return 0;
    error = GetLastError();
    return error == WSAENOTSOCK ? WSA_OPERATION_ABORTED : error;
}

/* In the application's thread. */
static void CALLBACK routine_apc( DWORD_PTR context )
{
    struct routine_request *request = (struct routine_request *)context;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine = request->routine;
    WSAOVERLAPPED *overlapped = request->overlapped;
    DWORD error, size, flags;

    error = get_request_error( request, &size, &flags );
    TRACE( "overlapped %p, routine %p, error %lu, size %lu\n", overlapped, routine, error, size );
    free_request( request );
    routine( error, size, overlapped, flags );
}

static void CALLBACK request_finished( TP_CALLBACK_INSTANCE *instance, void *context, TP_WAIT *wait,
                                       TP_WAIT_RESULT result )
{
    struct routine_request *request = context;

    TRACE( "instance %p, overlapped %p, wait %p, result %lu\n", instance, request->overlapped, wait, result );

    if (!queue_user_apc( &request->thread, routine_apc, (DWORD_PTR)request )) free_request( request );
}

/* To ask what thread a handle is takes a wineserver call. ws2_32 names a thread by the same two values each time,
 * and the second one differs from thread to thread, so that a pair that once was the calling thread still is. */
static BOOL is_known_thread( const WSATHREADID *thread )
{
    return thread->Reserved && TlsGetValue( handle_tls ) == thread->ThreadHandle
           && TlsGetValue( reserved_tls ) == (void *)thread->Reserved;
}

/* A handle that is none counts as the calling thread, which is all that the base can serve without it. */
static BOOL is_other_thread( const WSATHREADID *thread )
{
    DWORD id;

    if (is_known_thread( thread )) return FALSE;
    id = GetThreadId( thread->ThreadHandle );
    if (!id) return FALSE;
    if (id != GetCurrentThreadId()) return TRUE;
    TlsSetValue( handle_tls, thread->ThreadHandle );
    TlsSetValue( reserved_tls, (void *)thread->Reserved );
    return FALSE;
}

BOOL completion_init(void)
{
    handle_tls = TlsAlloc();
    reserved_tls = TlsAlloc();
    return handle_tls != TLS_OUT_OF_INDEXES && reserved_tls != TLS_OUT_OF_INDEXES;
}

void completion_uninit(void)
{
    TlsFree( handle_tls );
    TlsFree( reserved_tls );
}

int routine_begin( struct routine_request **ret, SOCKET s, WSAOVERLAPPED *overlapped,
                   LPWSAOVERLAPPED_COMPLETION_ROUTINE *routine, const WSATHREADID *thread )
{
    struct routine_request *request;
    HMODULE module;

    *ret = NULL;
    if (!overlapped || !*routine || !thread || !is_other_thread( thread )) return 0;

    /* The APC may come after the last cleanup, which unloads us. */
    GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_PIN,
                        (const WCHAR *)routine_apc, &module );

    if (!(request = calloc( 1, sizeof(*request) ))) return WSAENOBUFS;
    if (!(request->event = CreateEventW( NULL, TRUE, FALSE, NULL ))
        || !(request->wait = CreateThreadpoolWait( request_finished, request, NULL )))
    {
        free_request( request );
        return WSAENOBUFS;
    }
    request->s = s;
    request->overlapped = overlapped;
    request->routine = *routine;
    request->thread = *thread;
    request->app_event = overlapped->hEvent;

    /* The low bit keeps the completion from a port. */
    overlapped->hEvent = (HANDLE)((ULONG_PTR)request->event | 1);
    *routine = NULL;
    *ret = request;
    return 0;
}

int routine_end( struct routine_request *request, int ret, int *error )
{
    DWORD code = GetLastError();

    if (!request) return base_result( ret, error );

    request->overlapped->hEvent = request->app_event;
    if (ret == SOCKET_ERROR && code != WSA_IO_PENDING) free_request( request );
    else SetThreadpoolWait( request->wait, request->event, NULL );
    SetLastError( code );
    return base_result( ret, error );
}
