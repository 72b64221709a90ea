/*
 * Test provider: overlapped calls and window messages of a non-IFS layer
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

#include "testlsp_private.h"

/* The completion of a request for which the application gave a routine, on its way to its thread. */
struct apc
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    OVERLAPPED *overlapped;
    DWORD error, bytes, flags;
};

static HANDLE port, worker_thread, window_thread;
static HWND event_window;

struct request *begin_request( struct call *call, OVERLAPPED *overlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, const WSATHREADID *thread, int *error )
{
    const WSPUPCALLTABLE *upcalls = &call->instance->upcalls;
    struct request *request = calloc( 1, sizeof(*request) );

    *error = WSAENOBUFS;
    if (!request) return NULL;
    request->users = 2;
    request->socket = call->socket;
    request->upper = overlapped;
    request->routine = routine;
    if (thread) request->thread = *thread;
    else if (routine)
    {
        if (upcalls->lpWPUOpenCurrentThread( &request->thread, error ))
        {
            free( request );
            return NULL;
        }
        request->own_thread = TRUE;
    }
    overlapped->InternalHigh = 0;
    overlapped->Internal = WSS_OPERATION_IN_PROGRESS;
    if (!routine && overlapped->hEvent)
        upcalls->lpWPUResetEvent( (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1), error );
    InterlockedIncrement( &call->socket->users );
    InterlockedIncrement( &control.pending );
    return request;
}

static void end_thread_id( struct request *request )
{
    int error;

    if (request->own_thread) request->socket->instance->upcalls.lpWPUCloseThread( &request->thread, &error );
}

static void release_request( struct request *request )
{
    if (!InterlockedDecrement( &request->users )) free( request );
}

int end_request( struct call *call, struct request *request, int ret, int *error )
{
    OVERLAPPED *overlapped = request->upper;

    if (ret == SOCKET_ERROR && *error != WSA_IO_PENDING)
    {
        overlapped->OffsetHigh = *error;
        overlapped->Internal = 0;
        end_thread_id( request );
        InterlockedDecrement( &control.pending );
        release_socket( request->socket );
        free( request );
        return end_call( call, SOCKET_ERROR, error );
    }
    release_request( request );
    end_call( call, 0, error );
    *error = WSA_IO_PENDING;
    return SOCKET_ERROR;
}

static void CALLBACK call_routine( DWORD_PTR context )
{
    struct apc apc = *(struct apc *)context;

    free( (struct apc *)context );
    apc.routine( apc.error, apc.bytes, apc.overlapped, apc.flags );
}

static void queue_routine( struct request *request, DWORD bytes, DWORD code )
{
    const WSPUPCALLTABLE *upcalls = &request->socket->instance->upcalls;
    struct apc *apc = malloc( sizeof(*apc) );
    int error;

    apc->routine = request->routine;
    apc->overlapped = request->upper;
    apc->error = code;
    apc->bytes = bytes;
    apc->flags = request->flags;
    request->upper->InternalHigh = bytes;
    request->upper->Internal = 0;
    if (upcalls->lpWPUQueueApc( &request->thread, call_routine, (DWORD_PTR)apc, &error )) free( apc );
}

/* The upcall is made under the lock on purpose. */
static void complete_request( struct request *request, DWORD bytes, DWORD code )
{
    struct layer_socket *socket = request->socket;
    DWORD count = bytes, flags = request->flags;
    int error = 0;

    if (!socket->instance->lower.lpWSPGetOverlappedResult( socket->lower, &request->overlapped, &count, FALSE,
                                                           &flags, &error ) && error != WSAENOTSOCK) code = error;
    request->flags = flags;
    request->upper->Offset = flags;
    request->upper->OffsetHigh = code;

    EnterCriticalSection( &layer_lock );
    if (request->routine) queue_routine( request, bytes, code );
    else WPUCompleteOverlappedRequest( socket->upper, request->upper, code, bytes, &error );
    LeaveCriticalSection( &layer_lock );

    end_thread_id( request );
    release_socket( socket );
    InterlockedDecrement( &control.pending );
    release_request( request );
}

/* On Wine 10.0 a thread has a handle from its first wait for a completion port on. Tests count handles, and want values
 * to be used again, so it is to have it from the beginning. */
static DWORD WINAPI worker( void *ready )
{
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD bytes;
    BOOL ret;

    GetQueuedCompletionStatus( port, &bytes, &key, &overlapped, 0 );
    SetEvent( ready );
    for (;;)
    {
        ret = GetQueuedCompletionStatus( port, &bytes, &key, &overlapped, INFINITE );
        if (!overlapped) return 0;
        complete_request( CONTAINING_RECORD( overlapped, struct request, overlapped ), bytes,
                          ret ? 0 : GetLastError() );
    }
}

/* Starts a thread and waits until it sets the event that it gets. */
static HANDLE start_thread( LPTHREAD_START_ROUTINE proc )
{
    HANDLE thread, ready = CreateEventW( NULL, TRUE, FALSE, NULL );

    thread = CreateThread( NULL, 0, proc, ready, 0, NULL );
    WaitForSingleObject( ready, 10000 );
    CloseHandle( ready );
    return thread;
}

void watch_handle( SOCKET lower )
{
    EnterCriticalSection( &layer_lock );
    if (!port)
    {
        port = CreateIoCompletionPort( INVALID_HANDLE_VALUE, NULL, 0, 0 );
        worker_thread = start_thread( worker );
    }
    CreateIoCompletionPort( (HANDLE)lower, port, 0, 0 );
    LeaveCriticalSection( &layer_lock );
}

BOOL get_request_result( OVERLAPPED *overlapped, DWORD *bytes, BOOL wait, DWORD *flags, int *error )
{
    while (overlapped->Internal == WSS_OPERATION_IN_PROGRESS)
    {
        *error = WSA_IO_INCOMPLETE;
        if (!wait) return FALSE;
        if (WaitForSingleObject( overlapped->hEvent, INFINITE ) == WAIT_FAILED)
        {
            *error = WSA_INVALID_HANDLE;
            return FALSE;
        }
    }
    *bytes = overlapped->InternalHigh;
    if (flags) *flags = overlapped->Offset;
    if (!overlapped->OffsetHigh) return TRUE;
    *error = overlapped->OffsetHigh;
    return FALSE;
}

/* --- messages --- */

static LRESULT CALLBACK window_proc( HWND hwnd, UINT message, WPARAM wparam, LPARAM lparam )
{
    struct layer_socket *socket;

    if (message == WM_CLOSE)
    {
        DestroyWindow( hwnd );
        PostQuitMessage( 0 );
        return 0;
    }
    if (message != WM_APP) return DefWindowProcW( hwnd, message, wparam, lparam );
    if ((socket = find_lower_socket( wparam )))
        socket->instance->upcalls.lpWPUPostMessage( socket->window, socket->message, socket->upper, lparam );
    return 0;
}

static DWORD WINAPI window_loop( void *ready )
{
    WNDCLASSW class = {.lpfnWndProc = window_proc, .hInstance = layer_module, .lpszClassName = L"winelsp testlsp"};
    MSG msg;

    RegisterClassW( &class );
    event_window = CreateWindowExW( 0, class.lpszClassName, NULL, 0, 0, 0, 0, 0, HWND_MESSAGE, NULL, layer_module,
                                    NULL );
    SetEvent( ready );
    while (event_window && GetMessageW( &msg, NULL, 0, 0 ) > 0) DispatchMessageW( &msg );
    UnregisterClassW( class.lpszClassName, layer_module );
    return 0;
}

HWND get_event_window(void)
{
    EnterCriticalSection( &layer_lock );
    if (!window_thread) window_thread = start_thread( window_loop );
    LeaveCriticalSection( &layer_lock );
    return event_window;
}

static void join_thread( HANDLE *thread )
{
    if (!*thread) return;
    WaitForSingleObject( *thread, 10000 );
    CloseHandle( *thread );
    *thread = NULL;
}

void stop_threads(void)
{
    if (port) PostQueuedCompletionStatus( port, 0, 0, NULL );
    if (event_window) PostMessageW( event_window, WM_CLOSE, 0, 0 );
    event_window = NULL;
    join_thread( &worker_thread );
    join_thread( &window_thread );
    if (port) CloseHandle( port );
    port = NULL;
}
