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
 * What is done when the call below returns is handed up at once, by the thread that made the call, and so the program
 * finds its packet or its APC as early as without us. (The SDK's sample lets each request pend.) Our completion port
 * need not hear of it, and does not where the layer below has handles of the kernel: these can be told so, and it saves
 * the thread a wake-up. An exception: while a request pends that may have ended earlier, it takes its turn at the port.
 *
 * The call is made below in the thread that made it above, and the caller's buffers and addresses go down as they are:
 * the layer below keeps of them what it needs, as it would for a caller without us. */

/* Who hands the result up: the thread that made the request, the one that hears of the completion below, or one that
 * closes the socket. */
enum request_state
{
    REQUEST_CALLING,    /* the call below has not returned */
    REQUEST_PENDING,    /* it has, and has left the request to the others */
    REQUEST_TAKEN,      /* somebody hands the result up before the completion is heard of */
    REQUEST_COMPLETED,  /* the completion was heard of: during the call, it is left to that */
    REQUEST_TELLING,    /* the program is being told */
};

struct request
{
    OVERLAPPED lower;           /* what the layer below has */
    LONG refs;                  /* one for the call that makes it, one for its completion */
    LONG state;
    struct request *next;       /* of the same socket, until the program has been told */
    struct request **link;
    const char *name;
    struct lsp_socket *socket;
    OVERLAPPED *overlapped;     /* what the layer above has */
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    WSATHREADID thread;         /* for the routine */
    BOOL thread_opened;
    DWORD call_flags;           /* where the layer below puts them at once or later; the caller's may be gone then */
    DWORD size;                 /* the result */
    DWORD flags;
    int error;
    const struct sockaddr *from;
    const int *from_len;
    HANDLE event;               /* for a socket that does not have our completion port */
    TP_WAIT *wait;
};

/* Guards these two, and port_tried, has_port and skips_port of the sockets. */
static SRWLOCK port_lock = SRWLOCK_INIT;
static HANDLE port;
static struct lsp_thread port_thread;

static LONG request_count;

/* What is in Internal before the layer below puts an NTSTATUS there, which has 32 bits. InternalHigh is what the
 * program left in it. */
#define UNTOUCHED 0xffffffff

static SRWLOCK requests_lock = SRWLOCK_INIT;    /* guards the lists of requests of the sockets */

static void add_request( struct request *request )
{
    struct lsp_socket *socket = request->socket;

    AcquireSRWLockExclusive( &requests_lock );
    request->link = &socket->requests;
    if ((request->next = socket->requests)) request->next->link = &request->next;
    socket->requests = request;
    ReleaseSRWLockExclusive( &requests_lock );
    InterlockedIncrement( &request_count );
}

static void remove_request( struct request *request )
{
    AcquireSRWLockExclusive( &requests_lock );
    if ((*request->link = request->next)) request->next->link = request->link;
    ReleaseSRWLockExclusive( &requests_lock );
    InterlockedDecrement( &request_count );
}

/* Other threads write it. */
static ULONG_PTR get_status( const OVERLAPPED *overlapped )
{
    return (ULONG_PTR)InterlockedCompareExchangePointer( (void **)&overlapped->Internal, NULL, NULL );
}

static BOOL is_done( const struct request *request )
{
    ULONG_PTR status = get_status( &request->lower );

    return status != WSS_OPERATION_IN_PROGRESS && status != UNTOUCHED;
}

/* Whether another request, whose call has returned, may have ended before this one, which is done. Its OVERLAPPED
 * tells, but on Windows perhaps not before the completion is heard of; so requests of the same function, whose order
 * matters most, keep it in any case. */
static BOOL may_be_earlier( const struct request *request, const struct request *other )
{
    return other != request && (!strcmp( other->name, request->name ) || is_done( other ));
}

/* Whether the socket has requests that may have ended earlier. Then *state is REQUEST_TELLING if they all are in
 * that. */
static BOOL find_other( const struct request *request, LONG *state )
{
    struct request *other;
    BOOL ret = FALSE;
    LONG current;

    AcquireSRWLockShared( &requests_lock );
    for (other = request->socket->requests; other; other = other->next)
    {
        current = InterlockedCompareExchange( &other->state, 0, 0 );
        if (current == REQUEST_CALLING || !may_be_earlier( request, other )) continue;
        ret = TRUE;
        *state = current;
        if (current != REQUEST_TELLING) break;
    }
    ReleaseSRWLockShared( &requests_lock );
    return ret;
}

/* Whether the program has been told of all requests of the socket that may have ended before this one. The upcall that
 * tells it is short, and worth to be waited for: the program may know already, and makes its next request. */
static BOOL is_first_request( const struct request *request )
{
    LONG state;

    while (find_other( request, &state ))
    {
        if (state != REQUEST_TELLING) return FALSE;
        SwitchToThread();
    }
    return TRUE;
}

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
 * WPUCompleteOverlappedRequest(), which would set it, is not for us. */
static void queue_routine( struct request *request )
{
    int ignored;

    InterlockedIncrement( &request->refs );     /* the APC's */
    request->overlapped->InternalHigh = request->size;
    /* An NTSTATUS; facility 7 is that of Win32 errors. */
    InterlockedExchangePointer( (void **)&request->overlapped->Internal,
                                (void *)(ULONG_PTR)(request->error ? 0xc0070000 | request->error : 0) );
    if (upcalls.lpWPUQueueApc( &request->thread, routine_apc, (DWORD_PTR)request, &ignored ))
        request_release( request );
    if (request->thread_opened) upcalls.lpWPUCloseThread( &request->thread, &ignored );
}

static void request_trace( const struct request *request )
{
    SOCKET s = request->socket->s;

    if (request->from && !request->error)
        TRACE( request->name, s, "completed%s from %s -> %s", text_overlapped( request->overlapped ).str,
               text_address( request->from, *request->from_len ).str, text_bytes( 0, 0, &request->size ).str );
    else
        TRACE( request->name, s, "completed%s -> %s", text_overlapped( request->overlapped ).str,
               text_bytes( request->error ? SOCKET_ERROR : 0, request->error, &request->size ).str );
}

/* Hands the result up, with a reference of the caller's. From the moment the program is told, its OVERLAPPED and
 * buffers are not ours to touch. request_query() looks at Offset and OffsetHigh, which belong to the provider. */
static void request_finish( struct request *request )
{
    struct lsp_socket *socket = request->socket;
    int ignored;

    InterlockedExchange( &request->state, REQUEST_TELLING );
    request->overlapped->Offset = request->flags;
    request->overlapped->OffsetHigh = request->error;
    if (request->routine)
        queue_routine( request );
    else
        WPUCompleteOverlappedRequest( socket->s, request->overlapped, request->error, request->size, &ignored );
    remove_request( request );
    request_release( request );
    socket_release( socket );
}

/* The layer below is done with the request. It may not know the socket any more, when that was closed; then the
 * OVERLAPPED tells by itself how the request ended. */
static void request_get_result( struct request *request )
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
}

static void request_hand_up( struct request *request )
{
    request_get_result( request );
    request_trace( request );
    request_finish( request );
}

/* The layer below has told us of a completion. */
static void request_completed( struct request *request )
{
    if (InterlockedExchange( &request->state, REQUEST_COMPLETED ) == REQUEST_PENDING)
        request_hand_up( request );
    else
        request_release( request );
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

/* Whether the layer below has a handle of the kernel. That of a non-IFS layer must not be told to skip the port: what
 * that layer completes later would not be heard of. */
static BOOL has_kernel_handle( const struct lsp_socket *socket )
{
    DWORD_PTR context;
    int ignored;

    return upcalls.lpWPUQuerySocketHandleContext( socket->lower, &context, &ignored ) != 0;
}

/* A socket has one completion port for its life, in all processes that share it. So one that another process has
 * duplicated for us may have the port of that process: then each request gets an event. The upcall is made without the
 * lock: port_tried becomes TRUE once and stays so, and who sees that too late asks in vain. */
static BOOL socket_prepare( struct lsp_socket *socket )
{
    BOOL ret, kernel = !socket->port_tried && has_kernel_handle( socket );

    AcquireSRWLockExclusive( &port_lock );
    if ((ret = start_port_thread()) && !socket->port_tried)
    {
        socket->has_port = !!CreateIoCompletionPort( (HANDLE)socket->lower, port, 0, 0 );
        socket->skips_port = socket->has_port && kernel &&
            SetFileCompletionNotificationModes( (HANDLE)socket->lower, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS );
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
    request->lower.Internal = UNTOUCHED;
    request->lower.InternalHigh = overlapped->InternalHigh;
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
    io->caller_flags = flags;
    if (!overlapped || call->socket->layer->is_ifs) return TRUE;

    if (!(request = request_create( call, overlapped, error ))) return FALSE;
    if (routine ? !request_set_routine( request, routine, thread, error ) : !reset_event( overlapped->hEvent, error ))
    {
        request_release( request );
        return FALSE;
    }

    request->refs = 2;
    InterlockedIncrement( &request->socket->refs );
    add_request( request );
    if (flags) request->call_flags = *flags;

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
static void request_fail( struct request *request )
{
    int ignored;

    if (request->lower.Internal != UNTOUCHED) request->overlapped->Internal = request->lower.Internal;
    if (request->thread_opened) upcalls.lpWPUCloseThread( &request->thread, &ignored );
    remove_request( request );
    socket_release( request->socket );
    request_release( request );
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

/* Whether the call that made the request, and that got ret and error from below, is to hand the result up. If nobody
 * will hear of the completion, its reference is given back; an event is the request's own, so that nobody waits for it
 * then. A request that has to take its turn is put into the port where its completion would be. */
static BOOL request_take( struct request *request, int ret, int error )
{
    BOOL skipped = request->socket->skips_port && !(ret && error == WSA_IO_PENDING);

    if (((!ret || is_done( request )) && is_first_request( request )) ||
        (skipped && !PostQueuedCompletionStatus( port, 0, 0, &request->lower )))
    {
        InterlockedExchange( &request->state, REQUEST_TAKEN );
        if (request->wait || skipped) request_release( request );
        return TRUE;
    }
    if (request->wait) SetThreadpoolWait( request->wait, request->event, NULL );
    return InterlockedCompareExchange( &request->state, REQUEST_PENDING, REQUEST_CALLING ) == REQUEST_COMPLETED;
}

/* A result that the call returns has no line of its own in the trace. */
static void request_succeed( struct io *io )
{
    struct request *request = io->request;

    if (io->caller_flags) *io->caller_flags = request->call_flags;
    request_get_result( request );
    request_finish( request );
}

int io_end( struct io *io, int ret, int *error )
{
    struct request *request = io->request;
    BOOL taken;

    if (!request) return ret;
    /* The program's OVERLAPPED becomes what it would be without us, also when the layer below leaves it as it was. */
    request->overlapped->InternalHigh = request->lower.InternalHigh;
    if (has_failed( request, ret, *error ))
    {
        request_fail( request );
        return SOCKET_ERROR;
    }
    request->overlapped->Internal = WSS_OPERATION_IN_PROGRESS;
    taken = request_take( request, ret, *error );
    if (taken && !ret)
    {
        request_succeed( io );
        return 0;
    }
    if (taken) request_hand_up( request );
    else request_release( request );
    *error = WSA_IO_PENDING;
    return SOCKET_ERROR;
}

void io_succeed( struct io *io )
{
    struct request *request = io->request;

    if (!request) return;
    request_finish( request );
    request_release( request );
}

static BOOL has_request( const struct lsp_socket *socket, const OVERLAPPED *overlapped )
{
    struct request *request;

    AcquireSRWLockShared( &requests_lock );
    for (request = socket->requests; request && request->overlapped != overlapped; request = request->next) {}
    ReleaseSRWLockShared( &requests_lock );
    return request != NULL;
}

/* The event is set after the result is in the OVERLAPPED. A program that looked there, and has made its next request
 * with the same OVERLAPPED since, finds the event set by the previous one: then we look again, each millisecond. */
static BOOL wait_for_request( const struct lsp_socket *socket, const OVERLAPPED *overlapped )
{
    HANDLE event = (HANDLE)((ULONG_PTR)overlapped->hEvent & ~(ULONG_PTR)1);

    if (!event || WaitForSingleObject( event, INFINITE ) == WAIT_FAILED) return FALSE;
    while (get_status( overlapped ) == WSS_OPERATION_IN_PROGRESS && has_request( socket, overlapped )) Sleep( 1 );
    return TRUE;
}

BOOL request_query( const struct lsp_socket *socket, const OVERLAPPED *overlapped, DWORD *size, BOOL wait, DWORD *flags,
                    int *error )
{
    *error = 0;
    if (!overlapped || !size)
        *error = WSAEFAULT;
    else if (get_status( overlapped ) == WSS_OPERATION_IN_PROGRESS)
    {
        if (!wait)
            *error = WSA_IO_INCOMPLETE;
        else if (!wait_for_request( socket, overlapped ))
            *error = WSA_INVALID_HANDLE;
    }
    if (*error) return FALSE;
    *size = overlapped->InternalHigh;
    if (flags) *flags = overlapped->Offset;
    *error = overlapped->OffsetHigh;
    return !*error;
}

/* A request in the list has a reference that is not ours, of whoever will hand it up. */
static struct request *take_done( struct lsp_socket *socket )
{
    struct request *request;

    AcquireSRWLockShared( &requests_lock );
    for (request = socket->requests; request; request = request->next)
    {
        if (!is_done( request )) continue;
        InterlockedIncrement( &request->refs );
        if (InterlockedCompareExchange( &request->state, REQUEST_TAKEN, REQUEST_PENDING ) == REQUEST_PENDING) break;
        InterlockedDecrement( &request->refs );
    }
    ReleaseSRWLockShared( &requests_lock );
    return request;
}

void requests_abort( struct lsp_socket *socket )
{
    struct request *request;

    while ((request = take_done( socket ))) request_hand_up( request );
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
