/*
 * Test provider: select and controls
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

/* Fills a set with the handles of the next layer. What is not ours goes down as it is. NULL for no set. */
static fd_set *lower_set( const fd_set *upper, fd_set *lower )
{
    struct layer_socket *socket;
    unsigned int i;

    if (!upper) return NULL;
    lower->fd_count = upper->fd_count;
    for (i = 0; i < upper->fd_count; i++)
        lower->fd_array[i] = (socket = find_socket( upper->fd_array[i] )) ? socket->lower : upper->fd_array[i];
    return lower;
}

static void reduce_set( const struct call *call, fd_set *upper, fd_set *lower )
{
    struct layer_socket *socket;
    unsigned int i, count = 0;

    for (i = 0; i < upper->fd_count; i++)
    {
        SOCKET s = (socket = find_socket( upper->fd_array[i] )) ? socket->lower : upper->fd_array[i];

        if (call->instance->upcalls.lpWPUFDIsSet( s, lower )) upper->fd_array[count++] = upper->fd_array[i];
    }
    upper->fd_count = count;
}

static SOCKET first_own_socket( fd_set **sets )
{
    unsigned int i, j;

    for (i = 0; i < 3; i++)
        for (j = 0; sets[i] && j < sets[i]->fd_count; j++)
            if (find_socket( sets[i]->fd_array[j] )) return sets[i]->fd_array[j];
    return INVALID_SOCKET;
}

int WSPAPI layer_select( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                         int *error )
{
    fd_set *upper[3] = {read, write, except}, lower[3], *passed[3];
    struct call call;
    unsigned int i;
    int ret;

    RECORD( TESTLSP_SELECT, count, P(read), P(write), P(except), P(timeout) );
    for (i = 0; i < 3; i++)
    {
        if (!upper[i] || upper[i]->fd_count <= FD_SETSIZE) continue;
        *error = WSAENOBUFS;
        return SOCKET_ERROR;
    }
    if (!begin_call( &call, TESTLSP_SELECT, first_own_socket( upper ), error )) return SOCKET_ERROR;
    for (i = 0; i < 3; i++) passed[i] = lower_set( upper[i], &lower[i] );
    ret = call.lower->lpWSPSelect( count, passed[0], passed[1], passed[2], timeout, error );
    for (i = 0; i < 3; i++) if (passed[i] && ret != SOCKET_ERROR) reduce_set( &call, upper[i], passed[i] );
    return end_call( &call, ret, error );
}

/* A known layer writes the result into the input, and needs one buffer for both; so do we (§8 of the
 * description of the interface). */
static int poll_sockets( const struct call *call, WSAPOLLDATA *data, DWORD size, int *error )
{
    WSAPOLLDATA *lower = malloc( size );
    struct layer_socket *socket;
    DWORD bytes;
    ULONG i;
    int ret;

    memcpy( lower, data, size );
    for (i = 0; i < data->fds; i++)
        if ((socket = find_socket( data->fdArray[i].fd ))) lower->fdArray[i].fd = socket->lower;
    ret = call->lower->lpWSPIoctl( call->s, SIO_EXT_POLL, lower, size, lower, size, &bytes, NULL, NULL, NULL, error );
    data->result = lower->result;
    for (i = 0; i < data->fds; i++) data->fdArray[i].revents = lower->fdArray[i].revents;
    free( lower );
    return ret;
}

static int send_message( struct call *call, const WSASENDMSG *params, DWORD *code, const WSATHREADID *thread,
                         int *error )
{
    WSASENDMSG lower = *params;
    struct request *request = NULL;
    DWORD size = 0;
    int ret;

    if (params->lpOverlapped)
    {
        request = begin_request( call, params->lpOverlapped, params->lpCompletionRoutine, thread, error );
        if (!request) return end_call( call, SOCKET_ERROR, error );
        lower.lpNumberOfBytesSent = &request->bytes;
        lower.lpOverlapped = &request->overlapped;
        lower.lpCompletionRoutine = NULL;
    }
    ret = call->lower->lpWSPIoctl( call->s, SIO_EXT_SENDMSG, &lower, sizeof(lower), code, sizeof(*code), &size, NULL,
                                   NULL, request ? &request->thread : NULL, error );
    if (request) ret = end_request( call, request, ret, error );
    else ret = end_call( call, ret, error );
    *code = ret ? *error : 0;
    return ret;
}

static int answer_handle( SOCKET s, SOCKET *out, DWORD out_size, int *error )
{
    if (!out || out_size < sizeof(*out))
    {
        *error = WSAEFAULT;
        return SOCKET_ERROR;
    }
    *out = s;   /* and no byte count: a known layer gives none */
    return 0;
}

/* What a non-IFS layer does itself. FALSE: the layer below does it. */
static BOOL handle_ioctl( struct call *call, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size,
                          const WSATHREADID *thread, int *ret, int *error )
{
    switch (code)
    {
    case SIO_BSP_HANDLE:
    case SIO_BSP_HANDLE_SELECT:
    case SIO_BSP_HANDLE_POLL:
        if (control.no_claim) return FALSE;
        *ret = end_call( call, answer_handle( call->socket->upper, out, out_size, error ), error );
        return TRUE;
    case SIO_EXT_POLL:
        *ret = end_call( call, poll_sockets( call, in, in_size, error ), error );
        return TRUE;
    case SIO_EXT_SENDMSG:
        *ret = send_message( call, in, out, thread, error );
        return TRUE;
    case SIO_GET_EXTENSION_FUNCTION_POINTER:
        *error = WSAEOPNOTSUPP; /* the functions of the layer below would be given our handles */
        *ret = end_call( call, SOCKET_ERROR, error );
        return TRUE;
    default:
        return FALSE;
    }
}

int WSPAPI layer_ioctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *bytes,
                        OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                        int *error )
{
    struct request *request;
    struct call call;
    int ret;

    RECORD( TESTLSP_IOCTL, s, code, P(in), in_size, P(out), out_size, P(overlapped), P(routine) );
    if (!begin_call( &call, TESTLSP_IOCTL, s, error )) return SOCKET_ERROR;
    if (code == TESTLSP_PROBE_IOCTL)
    {
        EnterCriticalSection( &layer_lock );
        call_probe( TESTLSP_IN_CALL, call.instance );
        LeaveCriticalSection( &layer_lock );
        return end_call( &call, 0, error );
    }
    if (!call.instance->ifs && handle_ioctl( &call, code, in, in_size, out, out_size, thread, &ret, error ))
        return ret;
    if (!overlapped || call.instance->ifs)
        return end_call( &call, call.lower->lpWSPIoctl( call.s, code, in, in_size, out, out_size, bytes, overlapped,
                                                        routine, thread, error ), error );

    if (!(request = begin_request( &call, overlapped, routine, thread, error )))
        return end_call( &call, SOCKET_ERROR, error );
    ret = call.lower->lpWSPIoctl( call.s, code, in, in_size, out, out_size, &request->bytes, &request->overlapped,
                                  NULL, &request->thread, error );
    return end_request( &call, request, ret, error );
}
