/*
 * WSPIoctl of the base provider
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

/* "Which handle does a call for this socket belong to?": a layer that does not care passes the question down,
 * and the base says its own (§8). The question has no overlapped form here. */
static int answer_own_handle( SOCKET s, void *out, DWORD out_size, DWORD *ret_size, WSAOVERLAPPED *overlapped,
                              int *error )
{
    if (!is_socket( s )) return fail( error, WSAENOTSOCK );
    if (overlapped) return fail( error, WSAEOPNOTSUPP );
    if (!out || out_size < sizeof(SOCKET) || !ret_size) return fail( error, WSAEFAULT );
    *(SOCKET *)out = s;
    *ret_size = sizeof(SOCKET);
    return 0;
}

/* WSAPoll of a layer or of ws2_32. The answer goes to the input buffer: callers give it as the output, too, and
 * layers that are known look nowhere else (§8). */
static int ext_poll( void *in, DWORD in_size, DWORD *ret_size, int *error )
{
    const DWORD header = offsetof( WSAPOLLDATA, fdArray );
    WSAPOLLDATA *data = in;

    if (!data || in_size < header || data->fds > (in_size - header) / sizeof(WSAPOLLFD))
        return fail( error, WSAEFAULT );

    data->result = get_base_winsock()->WSAPoll( data->fdArray, data->fds, data->timeout );
    if (ret_size) *ret_size = header + data->fds * sizeof(WSAPOLLFD);
    return base_result( data->result == SOCKET_ERROR ? SOCKET_ERROR : 0, error );
}

/* WSASendMsg of a layer or of ws2_32. The output is the error of the call, which *error has as well. */
static int ext_send_msg( SOCKET s, const WSASENDMSG *params, DWORD in_size, DWORD *out, DWORD out_size,
                         DWORD *ret_size, const WSATHREADID *thread, int *error )
{
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    struct routine_request *request;
    int code = 0;

    if (!params || in_size < sizeof(*params)) return fail( error, WSAEFAULT );
    if (out && out_size < sizeof(*out)) return fail( error, WSAEFAULT );

    routine = params->lpCompletionRoutine;
    if (!(code = routine_begin( &request, s, params->lpOverlapped, &routine, thread )))
        routine_end( request, get_base_winsock()->WSASendMsg( s, params->lpMsg, params->dwFlags,
                                                              params->lpNumberOfBytesSent, params->lpOverlapped,
                                                              routine ), &code );
    if (out) *out = code;
    if (ret_size) *ret_size = out ? sizeof(*out) : 0;
    return code ? fail( error, code ) : 0;
}

int WSPAPI WSPIoctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                     WSAOVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                     int *error )
{
    struct routine_request *request;
    int ret;

    TRACE( "socket %#Ix, code %#lx, in %p, in_size %lu, out %p, out_size %lu, ret_size %p, overlapped %p, "
           "routine %p, thread %p, error %p\n",
           s, code, in, in_size, out, out_size, ret_size, overlapped, routine, thread, error );

    switch (code)
    {
    case SIO_QUERY_TARGET_PNP_HANDLE:
    case SIO_BSP_HANDLE:
    case SIO_BSP_HANDLE_SELECT:
    case SIO_BSP_HANDLE_POLL:
        return answer_own_handle( s, out, out_size, ret_size, overlapped, error );

    case SIO_EXT_POLL:
        return ext_poll( in, in_size, ret_size, error );

    case SIO_EXT_SENDMSG:
        return ext_send_msg( s, in, in_size, out, out_size, ret_size, thread, error );
    }

    if ((ret = routine_begin( &request, s, overlapped, &routine, thread ))) return fail( error, ret );
    ret = get_base_winsock()->WSAIoctl( s, code, in, in_size, out, out_size, ret_size, overlapped, routine );
    if (!ret && code == FIONBIO) nonblocking_set( s, !!*(u_long *)in );
    return routine_end( request, ret, error );
}
