/*
 * Test provider: sockets and calls
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

static struct layer_socket *sockets;    /* guarded by layer_lock */

static DWORD get_tls_index(void)
{
    static LONG index = TLS_OUT_OF_INDEXES;
    DWORD new_index;

    if (index == (LONG)TLS_OUT_OF_INDEXES)
    {
        new_index = TlsAlloc();
        if (InterlockedCompareExchange( &index, new_index, TLS_OUT_OF_INDEXES ) != (LONG)TLS_OUT_OF_INDEXES)
            TlsFree( new_index );
    }
    return index;
}

/* TlsGetValue() changes the last error, which is the application's. */
struct testlsp_instance *current_instance(void)
{
    DWORD error = GetLastError();
    struct testlsp_instance *instance = TlsGetValue( get_tls_index() );

    SetLastError( error );
    return instance;
}

void record_args( enum testlsp_function function, const ULONG_PTR *args, unsigned int count )
{
    if (count > TESTLSP_MAX_ARGS) count = TESTLSP_MAX_ARGS;
    if (count) memcpy( control.args[function], args, count * sizeof(*args) );
    InterlockedIncrement( &control.counts[function] );
}

void record_thread( const WSATHREADID *thread )
{
    static const WSATHREADID none;

    control.last_thread = thread ? *thread : none;
}

static void log_event( enum testlsp_function function, SOCKET s, const struct testlsp_instance *instance )
{
    LONG index = InterlockedIncrement( &control.event_count ) - 1;
    struct testlsp_event *event = &control.events[index];

    if (index >= TESTLSP_MAX_EVENTS) return;
    event->function = function;
    event->socket = s;
    event->catalog_id = instance ? instance->catalog_id : 0;
    event->thread_id = GetCurrentThreadId();
}

/* A non-IFS layer finds its sockets by the context that ws2_32 keeps; the list tells whether that is right. */
struct layer_socket *find_socket( SOCKET upper )
{
    struct layer_socket *socket;
    DWORD_PTR context = 0;
    int error;

    EnterCriticalSection( &layer_lock );
    for (socket = sockets; socket; socket = socket->next)
        if (socket->open && socket->upper == upper) break;
    if (socket && !socket->instance->ifs)
    {
        if (socket->instance->upcalls.lpWPUQuerySocketHandleContext( upper, &context, &error ) ||
            context != (DWORD_PTR)socket)
            InterlockedIncrement( &control.bad_contexts );
    }
    LeaveCriticalSection( &layer_lock );
    return socket;
}

struct layer_socket *find_lower_socket( SOCKET lower )
{
    struct layer_socket *socket;

    EnterCriticalSection( &layer_lock );
    for (socket = sockets; socket; socket = socket->next)
        if (socket->open && socket->lower == lower) break;
    LeaveCriticalSection( &layer_lock );
    return socket;
}

static BOOL test_wants_failure( enum testlsp_function function, int *error )
{
    if (function != control.fail_function && control.fail_function != TESTLSP_FUNCTION_COUNT) return FALSE;
    if (control.fail_count <= 0 || InterlockedDecrement( &control.fail_count ) < 0) return FALSE;
    *error = control.fail_error;
    return TRUE;
}

static void enter_instance( struct call *call, struct testlsp_instance *instance )
{
    DWORD error = GetLastError();

    call->instance = instance;
    call->lower = &instance->lower;
    call->outer = current_instance();
    TlsSetValue( get_tls_index(), instance );
    SetLastError( error );
}

BOOL begin_call( struct call *call, enum testlsp_function function, SOCKET s, int *error )
{
    call->socket = find_socket( s );
    log_event( function, s, call->socket ? call->socket->instance : NULL );
    if (!call->socket)
    {
        *error = WSAENOTSOCK;
        return FALSE;
    }
    if (test_wants_failure( function, error )) return FALSE;
    call->s = call->socket->lower;
    enter_instance( call, call->socket->instance );
    return TRUE;
}

BOOL begin_call_info( struct call *call, enum testlsp_function function, const WSAPROTOCOL_INFOW *info, int *error )
{
    struct testlsp_instance *instance = get_instance( info, error );

    log_event( function, INVALID_SOCKET, instance );
    if (!instance || test_wants_failure( function, error )) return FALSE;
    call->socket = NULL;
    call->s = INVALID_SOCKET;
    enter_instance( call, instance );
    return TRUE;
}

static void leave_instance( struct call *call, BOOL success, int *error )
{
    DWORD last_error = GetLastError();

    TlsSetValue( get_tls_index(), call->outer );
    SetLastError( last_error );
    if (success && control.garbage_error) *error = TESTLSP_GARBAGE;
}

int end_call( struct call *call, int ret, int *error )
{
    leave_instance( call, ret != SOCKET_ERROR, error );
    return ret;
}

BOOL end_call_bool( struct call *call, BOOL ret, int *error )
{
    leave_instance( call, ret, error );
    return ret;
}

SOCKET end_call_socket( struct call *call, SOCKET ret, int *error )
{
    leave_instance( call, ret != INVALID_SOCKET, error );
    return ret;
}

/* An IFS handle that was closed behind our back has been reused by now. */
static void add_to_list( struct layer_socket *new_socket )
{
    struct layer_socket *socket;

    EnterCriticalSection( &layer_lock );
    for (socket = sockets; socket; socket = socket->next)
        if (socket->upper == new_socket->upper) socket->open = FALSE;
    new_socket->next = sockets;
    sockets = new_socket;
    control.last_lower = new_socket->lower;
    LeaveCriticalSection( &layer_lock );
}

static struct layer_socket *make_socket( struct testlsp_instance *instance, SOCKET lower )
{
    struct layer_socket *socket = calloc( 1, sizeof(*socket) );

    if (!socket) return NULL;
    socket->instance = instance;
    socket->lower = socket->upper = lower;
    socket->open = TRUE;
    socket->users = 1;
    return socket;
}

SOCKET add_socket( struct testlsp_instance *instance, SOCKET lower, int *error )
{
    struct layer_socket *socket;
    int close_error;

    if (lower == INVALID_SOCKET) return INVALID_SOCKET;
    if (!(socket = make_socket( instance, lower )))
    {
        *error = WSAENOBUFS;
        instance->lower.lpWSPCloseSocket( lower, &close_error );
        return INVALID_SOCKET;
    }
    if (instance->ifs)
    {
        socket->upper = instance->upcalls.lpWPUModifyIFSHandle( instance->catalog_id, lower, error );
    }
    else
    {
        socket->upper = instance->upcalls.lpWPUCreateSocketHandle( instance->catalog_id, (DWORD_PTR)socket, error );
        if (socket->upper != INVALID_SOCKET) watch_handle( lower );
    }
    if (socket->upper == INVALID_SOCKET)
    {
        instance->lower.lpWSPCloseSocket( lower, &close_error );
        free( socket );
        return INVALID_SOCKET;
    }
    add_to_list( socket );
    return socket->upper;
}

/* Does the next layer of an instance take s for a socket of the instance's kind? */
static BOOL is_lower_socket( const struct testlsp_instance *instance, SOCKET s )
{
    WSAPROTOCOL_INFOW info;
    int len = sizeof(info), error;

    if (instance->lower.lpWSPGetSockOpt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len, &error )) return FALSE;
    return info.iSocketType == instance->info.iSocketType;
}

void claim_socket( SOCKET s )
{
    struct layer_socket *socket;
    LONG i;
    int error;

    if (find_socket( s )) return;
    for (i = 0; i < control.instance_count; i++)
        if (control.instances[i].ifs && is_lower_socket( &control.instances[i], s )) break;
    if (i == control.instance_count) return;
    if (control.claim == TESTLSP_CLAIM_AND_REGISTER) add_socket( &control.instances[i], s, &error );
    else if ((socket = make_socket( &control.instances[i], s ))) add_to_list( socket );
}

/* The upper handle of a non-IFS socket stays until the last of its overlapped calls has been completed: that
 * may be long after the application's closesocket(). */
void release_socket( struct layer_socket *socket )
{
    int error;

    if (InterlockedDecrement( &socket->users ) || socket->instance->ifs || control.keep_handle) return;
    socket->instance->upcalls.lpWPUCloseSocketHandle( socket->upper, &error );
}

/* The next layer gives the value of an IFS handle free before it returns: it must not be ours by then. */
int close_socket( struct call *call, int *error )
{
    struct layer_socket *socket = call->socket;
    int ret;

    if (control.close_error)
    {
        *error = control.close_error;
        Sleep( control.close_delay );
        return SOCKET_ERROR;
    }
    socket->open = FALSE;
    if ((ret = call->lower->lpWSPCloseSocket( call->s, error ))) socket->open = TRUE;
    else release_socket( socket );
    Sleep( control.close_delay );
    return ret;
}

BOOL close_sockets(void)
{
    struct layer_socket *socket;
    BOOL ret = TRUE;
    int error;

    for (socket = sockets; socket; socket = socket->next)
    {
        if (!socket->open || socket->instance->ifs) continue;
        if (socket->instance->lower.lpWSPCloseSocket( socket->lower, &error )) ret = FALSE;
        if (socket->instance->upcalls.lpWPUCloseSocketHandle( socket->upper, &error )) ret = FALSE;
    }
    return ret;
}

void free_sockets(void)
{
    struct layer_socket *socket, *next;

    for (socket = sockets; socket; socket = next)
    {
        next = socket->next;
        free( socket );
    }
    sockets = NULL;
}
