/*
 * Overlapped requests of a non-IFS layer
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


#include "tracelsp.h"

/* The layer above gives an OVERLAPPED, and perhaps a completion routine, that belong to our socket. The layer below
 * gets an OVERLAPPED of ours instead, and never a routine. Its completions arrive at a completion port of ours, and a
 * thread hands them up: by WPUCompleteOverlappedRequest(), behind which Winsock deals with the event and with the
 * completion port of the program, or, when there is a routine, by an APC in the thread that made the call.
 *
 * The call is made below in the thread that made it above, and the caller's buffers and addresses go down as they are:
 * the layer below keeps of them what it needs, as it would for a caller without us. */

struct request
{
    OVERLAPPED lower;           /* what the layer below has */
    LONG refs;                  /* one for the call that makes it, one for its completion */
    const char *name;
    struct lsp_socket *socket;
    OVERLAPPED *overlapped;     /* what the layer above has */
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    WSATHREADID thread;         /* for the routine */
    BOOL thread_opened;
    DWORD call_size;            /* where the layer below puts what it returns at once; of no use */
    DWORD call_flags;
    DWORD size;                 /* the result */
    DWORD flags;
    int error;
    const struct sockaddr *from;
    const int *from_len;
    HANDLE event;               /* for a socket that does not have our completion port */
    TP_WAIT *wait;
};

static SRWLOCK port_lock = SRWLOCK_INIT;    /* guards these two, and port_tried and has_port of the sockets */
static HANDLE port;
static struct lsp_thread port_thread;

static LONG request_count;

static void request_release( struct request *request )
{
    if (InterlockedDecrement( &request->refs )) return;
    if (request->wait) CloseThreadpoolWait( request->wait );
    if (request->event) CloseHandle( request->event );
    free( request );
}

/* Runs in the thread that made the call, whenever that waits alertably. If the thread ends before, the request is
 * lost with it. */
static void CALLBACK routine_apc( DWORD_PTR context )
{
    struct request *request = (struct request *)context;

    request->routine( request->error, request->size, request->overlapped, request->flags );
    request_release( request );
}

/* A routine is the only notification: hEvent is then the program's to use as it likes, so that
 * WPUCompleteOverlappedRequest(), which would set it, is not for us. After the APC is queued the request may be
 * gone. */
static void queue_routine( struct request *request )
{
    WSATHREADID thread = request->thread;
    BOOL opened = request->thread_opened;
    int ignored;

    request->overlapped->InternalHigh = request->size;
    /* An NTSTATUS; facility 7 is that of Win32 errors. */
    InterlockedExchangePointer( (void **)&request->overlapped->Internal,
                                (void *)(ULONG_PTR)(request->error ? 0xc0070000 | request->error : 0) );
    if (upcalls.lpWPUQueueApc( &thread, routine_apc, (DWORD_PTR)request, &ignored )) request_release( request );
    if (opened) upcalls.lpWPUCloseThread( &thread, &ignored );
}

/* Hands the result up. From the moment the program is told, its OVERLAPPED and buffers are not ours to touch. Offset
 * and OffsetHigh are what WSPGetOverlappedResult() finds. */
static void request_finish( struct request *request )
{
    struct lsp_socket *socket = request->socket;
    int ignored;

    if (request->from && !request->error)
        TRACE( request->name, socket->s, "completed%s from %s -> %s", text_overlapped( request->overlapped ).str,
               text_address( request->from, *request->from_len ).str, text_bytes( 0, 0, &request->size ).str );
    else
        TRACE( request->name, socket->s, "completed%s -> %s", text_overlapped( request->overlapped ).str,
               text_bytes( request->error ? SOCKET_ERROR : 0, request->error, &request->size ).str );

    request->overlapped->Offset = request->flags;
    request->overlapped->OffsetHigh = request->error;
    if (request->routine)
        queue_routine( request );
    else
    {
        WPUCompleteOverlappedRequest( socket->s, request->overlapped, request->error, request->size, &ignored );
        request_release( request );
    }
    socket_release( socket );
    InterlockedDecrement( &request_count );
}

/* The layer below has completed the request. It may not know the socket any more, when that was closed; then the
 * OVERLAPPED tells by itself how the request ended. */
static void request_completed( struct request *request )
{
    const struct lsp_socket *socket = request->socket;
    int error = 0;

    if (!socket->layer->lower.lpWSPGetOverlappedResult( socket->lower, &request->lower, &request->size, FALSE,
                                                        &request->flags, &error ))
    {
        if (error == WSAENOTSOCK)
        {
            request->size = request->lower.InternalHigh;
            error = (LONG)request->lower.Internal < 0 ? WSA_OPERATION_ABORTED : 0;
        }
        request->error = error;
    }
    request_finish( request );
}

static void port_proc(void)
{
    OVERLAPPED *overlapped;
    ULONG_PTR key;
    DWORD size;

    for (;;)
    {
        overlapped = NULL;
        GetQueuedCompletionStatus( port, &size, &key, &overlapped, INFINITE );
        if (!overlapped) break;     /* requests_stop() wants us to end */
        request_completed( CONTAINING_RECORD( overlapped, struct request, lower ) );
    }
}

static void CALLBACK event_proc( TP_CALLBACK_INSTANCE *instance, void *context, TP_WAIT *wait, TP_WAIT_RESULT result )
{
    (void)instance;
    (void)wait;
    (void)result;
    request_completed( context );
}

static BOOL start_port_thread(void)
{
    if (port) return TRUE;
    if (!(port = CreateIoCompletionPort( INVALID_HANDLE_VALUE, NULL, 0, 1 ))) return FALSE;
    if (thread_start( &port_thread, port_proc )) return TRUE;
    CloseHandle( port );
    port = NULL;
    return FALSE;
}

/* A socket has one completion port for its life, in all processes that share it. So one that another process has
 * duplicated for us may have the port of that process: then each request gets an event. */
static BOOL socket_prepare( struct lsp_socket *socket )
{
    BOOL ret;

    AcquireSRWLockExclusive( &port_lock );
    if ((ret = start_port_thread()) && !socket->port_tried)
    {
        socket->has_port = !!CreateIoCompletionPort( (HANDLE)socket->lower, port, 0, 0 );
        socket->port_tried = TRUE;
    }
    ReleaseSRWLockExclusive( &port_lock );
    return ret;
}

/* The low bit tells that no completion port is to hear of the request: it would be that of another process. */
static BOOL request_use_event( struct request *request )
{
    pin_module();
    if (!(request->event = CreateEventW( NULL, TRUE, FALSE, NULL ))) return FALSE;
    if (!(request->wait = CreateThreadpoolWait( event_proc, request, NULL ))) return FALSE;
    request->lower.hEvent = (HANDLE)((ULONG_PTR)request->event | 1);
    return TRUE;
}

/* The event of the program, for a request without routine. Its low bit belongs to the program and is not part of the
 * handle. */
static BOOL reset_event( HANDLE event, int *error )
{
    HANDLE handle = (HANDLE)((ULONG_PTR)event & ~(ULONG_PTR)1);

    return !handle || upcalls.lpWPUResetEvent( handle, error );
}

static struct request *request_create( const struct call *call, OVERLAPPED *overlapped, int *error )
{
    struct request *request;

    *error = WSA_NOT_ENOUGH_MEMORY;
    if (!socket_prepare( call->socket ) || !(request = calloc( 1, sizeof(*request) ))) return NULL;
    request->refs = 1;
    request->name = call->name;
    request->socket = call->socket;
    request->overlapped = overlapped;
    if (call->socket->has_port || request_use_event( request )) return request;
    request_release( request );
    return NULL;
}

/* Who runs the routine: the thread that the call names, or, if it names none, this one. */
static BOOL request_set_routine( struct request *request, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                                 const WSATHREADID *thread, int *error )
{
    request->routine = routine;
    pin_module();   /* here, since a detach handler, with the loader's lock, may wait for the thread that queues it */
    if (thread) request->thread = *thread;
    else if (upcalls.lpWPUOpenCurrentThread( &request->thread, error )) return FALSE;
    else request->thread_opened = TRUE;
    return TRUE;
}

BOOL io_begin( struct io *io, const struct call *call, DWORD *size, DWORD *flags, OVERLAPPED *overlapped,
               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, const WSATHREADID *thread, int *error )
{
    struct request *request;

    io->size = size;
    io->flags = flags;
    io->overlapped = overlapped;
    io->routine = routine;
    io->request = NULL;
    if (!overlapped || call->socket->layer->is_ifs) return TRUE;

    if (!(request = request_create( call, overlapped, error ))) return FALSE;
    if (routine ? !request_set_routine( request, routine, thread, error ) : !reset_event( overlapped->hEvent, error ))
    {
        request_release( request );
        return FALSE;
    }

    request->refs = 2;
    InterlockedIncrement( &request->socket->refs );
    InterlockedIncrement( &request_count );
    if (flags) request->call_flags = *flags;
    overlapped->InternalHigh = 0;
    overlapped->Internal = WSS_OPERATION_IN_PROGRESS;

    io->size = &request->call_size;
    io->flags = flags ? &request->call_flags : NULL;
    io->overlapped = &request->lower;
    io->routine = NULL;
    io->request = request;
    return TRUE;
}

void io_set_from( struct io *io, const struct sockaddr *from, const int *from_len )
{
    if (!io->request || !from || !from_len) return;
    io->request->from = from;
    io->request->from_len = from_len;
}

/* Nobody will hear of the request: the caller gets the error at once. */
static void request_fail( struct request *request, int error )
{
    int ignored;

    request->overlapped->Offset = 0;
    request->overlapped->OffsetHigh = error;
    request->overlapped->Internal = 0;
    if (request->thread_opened) upcalls.lpWPUCloseThread( &request->thread, &ignored );
    socket_release( request->socket );
    InterlockedDecrement( &request_count );
    request_release( request );
}

/* An error at once means that the request never was one, with an exception: a datagram that does not fit into the
 * buffer is WSAEMSGSIZE, and yet a completion follows (seen with Wine 8.0), since its NTSTATUS is not an error but a
 * warning. To free the request here would be to free it twice. */
static BOOL has_failed( const struct request *request, int ret, int error )
{
    if (!ret || error == WSA_IO_PENDING) return FALSE;
    return (ULONG)request->lower.Internal >> 30 != 2;
}

/* Even what the layer below has done already is reported as pending: it completes by our port, as all do. */
int io_end( struct io *io, int ret, int *error )
{
    struct request *request = io->request;

    if (!request) return ret;
    if (has_failed( request, ret, *error ))
        request_fail( request, *error );
    else
    {
        if (request->wait) SetThreadpoolWait( request->wait, request->event, NULL );
        *error = WSA_IO_PENDING;
    }
    request_release( request );
    return SOCKET_ERROR;
}

int io_succeed( struct io *io, DWORD size, int *error )
{
    struct request *request = io->request;

    if (!request) return 0;
    request->size = size;
    request_finish( request );
    request_release( request );
    *error = WSA_IO_PENDING;
    return SOCKET_ERROR;
}

/* All sockets are closed, so that the layer below is ending the requests; but nothing says that it ends each. When
 * the process is ending, our thread was killed, and nobody would handle them. */
void requests_stop(void)
{
    unsigned int i;

    if (!port) return;
    for (i = 0; i < 100 && InterlockedCompareExchange( &request_count, 0, 0 ); ++i)
        if (WaitForSingleObject( port_thread.handle, 10 ) == WAIT_OBJECT_0) break;

    PostQueuedCompletionStatus( port, 0, 0, NULL );
    thread_stop( &port_thread );
    CloseHandle( port );
    port = NULL;
}
