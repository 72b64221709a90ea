/*
 * WSPIoctl
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
#include <mstcpip.h>

/* Answers a question for a handle. */
static int answer_socket( SOCKET s, void *out, DWORD out_size, DWORD *ret_size, int *error )
{
    if (!out || out_size < sizeof(s))
    {
        *error = WSAEFAULT;
        return SOCKET_ERROR;
    }
    *(SOCKET *)out = s;
    if (ret_size) *ret_size = sizeof(s);
    return 0;
}

/* Answers SIO_EXT_SENDMSG, which is WSASendMsg(). The message names an OVERLAPPED of its own, besides the one that
 * WSPIoctl() has and this code does not use. The error goes into the buffer too. */
static int send_message( struct call *call, const WSASENDMSG *msg, DWORD size, void *out, DWORD out_size,
                         DWORD *ret_size, WSATHREADID *thread, int *error )
{
    WSASENDMSG lower_msg;
    struct io io;
    int ret = SOCKET_ERROR;

    if (!msg || size < sizeof(*msg))
    {
        *error = WSAEFAULT;
        TRACE_CALL( call, "SIO_EXT_SENDMSG -> WSAEFAULT" );
        return SOCKET_ERROR;
    }
    if (io_begin( &io, call, msg->lpNumberOfBytesSent, NULL, msg->lpOverlapped, msg->lpCompletionRoutine, thread,
                  error ))
    {
        lower_msg = *msg;
        lower_msg.lpNumberOfBytesSent = io.size;
        lower_msg.lpOverlapped = io.overlapped;
        lower_msg.lpCompletionRoutine = io.routine;
        ret = call->next->lpWSPIoctl( call->lower, SIO_EXT_SENDMSG, &lower_msg, sizeof(lower_msg), out, out_size,
                                      ret_size, NULL, NULL, thread, error );
        ret = io_end( &io, ret, error );
    }
    if (out && out_size >= sizeof(DWORD)) *(DWORD *)out = ret ? *error : 0;
    TRACE_CALL( call, "SIO_EXT_SENDMSG %s%s -> %s", text_message( msg->lpMsg ).str,
                text_overlapped( msg->lpOverlapped ).str, text_bytes( ret, *error, msg->lpNumberOfBytesSent ).str );
    return ret;
}

static const char *code_name( DWORD code )
{
    switch (code)
    {
#define E(name) case (DWORD)name: return #name
    E(FIONBIO);
    E(FIONREAD);
    E(SIOCATMARK);
    E(SIO_ADDRESS_LIST_CHANGE);
    E(SIO_ADDRESS_LIST_QUERY);
    E(SIO_BASE_HANDLE);
    E(SIO_BSP_HANDLE);
    E(SIO_BSP_HANDLE_POLL);
    E(SIO_BSP_HANDLE_SELECT);
    E(SIO_EXT_SELECT);
    E(SIO_GET_EXTENSION_FUNCTION_POINTER);
    E(SIO_KEEPALIVE_VALS);
    E(SIO_QUERY_TARGET_PNP_HANDLE);
    E(SIO_RCVALL);
    E(SIO_ROUTING_INTERFACE_QUERY);
    E(SIO_UDP_CONNRESET);
#undef E
    default: return NULL;
    }
}

static void trace_ioctl( SOCKET s, DWORD code, const OVERLAPPED *overlapped, int ret, int error )
{
    const char *name = code_name( code );

    if (name)
        trace_line( "WSPIoctl", s, "%s%s -> %s", name, text_overlapped( overlapped ).str,
                    text_result( ret, error ).str );
    else
        trace_line( "WSPIoctl", s, "%#lx%s -> %s", (unsigned long)code, text_overlapped( overlapped ).str,
                    text_result( ret, error ).str );
}

/* Winsock asks which socket a select(), WSAPoll() or WSASendMsg() is to be made with; who wants to see them answers
 * with its own socket, and then gets WSPSelect(), SIO_EXT_POLL and SIO_EXT_SENDMSG. It asks for each socket of a poll,
 * so the answer is given without looking for the socket: should it be gone, the call itself finds that. */
static BOOL answer_quickly( SOCKET s, DWORD code, void *out, DWORD out_size, DWORD *ret_size,
                            const OVERLAPPED *overlapped, int *ret, int *error )
{
    if (overlapped) return FALSE;
    if (code != SIO_BSP_HANDLE && code != SIO_BSP_HANDLE_SELECT && code != SIO_BSP_HANDLE_POLL) return FALSE;
    *ret = answer_socket( s, out, out_size, ret_size, error );
    if (trace_enabled()) trace_ioctl( s, code, overlapped, *ret, *error );
    return TRUE;
}

/* What needs an answer of ours is asked without OVERLAPPED, but for the extension functions, which programs ask for as
 * they like. SIO_BASE_HANDLE is not ours to answer: it exists to get around all layers. poll_sockets() and
 * send_message() write their own lines, which tell more. */
int WSPAPI WSPIoctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                     OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                     int *error )
{
    DWORD own_code = overlapped && code != SIO_GET_EXTENSION_FUNCTION_POINTER ? 0 : code;
    struct call call;
    struct io io;
    int ret = SOCKET_ERROR;

    if (answer_quickly( s, code, out, out_size, ret_size, overlapped, &ret, error )) return ret;
    if (!call_begin( &call, "WSPIoctl", s, error )) return SOCKET_ERROR;
    if (own_code == SIO_QUERY_TARGET_PNP_HANDLE && call.socket->layer->is_ifs) own_code = 0;
    switch (own_code)
    {
    case SIO_QUERY_TARGET_PNP_HANDLE:
        ret = answer_socket( call.lower, out, out_size, ret_size, error );
        break;

    case SIO_EXT_POLL:
        ret = poll_sockets( &call, in, in_size, ret_size, error );
        break;

    case SIO_EXT_SENDMSG:
        ret = send_message( &call, in, in_size, out, out_size, ret_size, thread, error );
        break;

    case SIO_GET_EXTENSION_FUNCTION_POINTER:
        ret = extension_query( &call, in, in_size, out, out_size, ret_size, overlapped, routine, thread, error );
        break;

    default:
        if (!io_begin( &io, &call, ret_size, NULL, overlapped, routine, thread, error )) break;
        ret = call.next->lpWSPIoctl( call.lower, code, in, in_size, out, out_size, io.size, io.overlapped, io.routine,
                                     thread, error );
        ret = io_end( &io, ret, error );
        break;
    }
    if (trace_enabled() && own_code != SIO_EXT_POLL && own_code != SIO_EXT_SENDMSG)
        trace_ioctl( s, code, overlapped, ret, *error );
    call_end( &call );
    return ret;
}
