/*
 * SPI functions: input and output
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

int WSPAPI WSPSend( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags, OVERLAPPED *overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    struct call call;
    struct io io;
    int ret = SOCKET_ERROR;

    if (!call_begin( &call, "WSPSend", s, error )) return SOCKET_ERROR;
    if (io_begin( &io, &call, size, NULL, overlapped, routine, thread, error ))
    {
        ret = call.next->lpWSPSend( call.lower, buffers, count, io.size, flags, io.overlapped, io.routine, thread,
                                    error );
        ret = io_end( &io, ret, error );
    }
    TRACE_CALL( &call, "%s%s -> %s", text_buffers( buffers, count ).str, text_overlapped( overlapped ).str,
                text_bytes( ret, *error, size ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPSendTo( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags, const struct sockaddr *addr,
                      int len, OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                      WSATHREADID *thread, int *error )
{
    struct call call;
    struct io io;
    int ret = SOCKET_ERROR;

    if (!call_begin( &call, "WSPSendTo", s, error )) return SOCKET_ERROR;
    if (io_begin( &io, &call, size, NULL, overlapped, routine, thread, error ))
    {
        ret = call.next->lpWSPSendTo( call.lower, buffers, count, io.size, flags, addr, len, io.overlapped,
                                      io.routine, thread, error );
        ret = io_end( &io, ret, error );
    }
    TRACE_CALL( &call, "%s to %s%s -> %s", text_buffers( buffers, count ).str, text_address( addr, len ).str,
                text_overlapped( overlapped ).str, text_bytes( ret, *error, size ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPRecv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags, OVERLAPPED *overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error )
{
    struct call call;
    struct io io;
    int ret = SOCKET_ERROR;

    if (!call_begin( &call, "WSPRecv", s, error )) return SOCKET_ERROR;
    if (io_begin( &io, &call, size, flags, overlapped, routine, thread, error ))
    {
        ret = call.next->lpWSPRecv( call.lower, buffers, count, io.size, io.flags, io.overlapped, io.routine, thread,
                                    error );
        ret = io_end( &io, ret, error );
    }
    TRACE_CALL( &call, "%s%s -> %s", text_buffers( buffers, count ).str, text_overlapped( overlapped ).str,
                text_bytes( ret, *error, size ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPRecvFrom( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags, struct sockaddr *addr,
                        int *len, OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                        WSATHREADID *thread, int *error )
{
    struct call call;
    struct io io;
    int ret = SOCKET_ERROR;

    if (!call_begin( &call, "WSPRecvFrom", s, error )) return SOCKET_ERROR;
    if (io_begin( &io, &call, size, flags, overlapped, routine, thread, error ))
    {
        io_set_from( &io, addr, len );
        ret = call.next->lpWSPRecvFrom( call.lower, buffers, count, io.size, io.flags, addr, len, io.overlapped,
                                        io.routine, thread, error );
        ret = io_end( &io, ret, error );
    }
    if (!ret && addr && len)
        TRACE_CALL( &call, "%s%s from %s -> %s", text_buffers( buffers, count ).str,
                    text_overlapped( overlapped ).str, text_address( addr, *len ).str,
                    text_bytes( ret, *error, size ).str );
    else
        TRACE_CALL( &call, "%s%s -> %s", text_buffers( buffers, count ).str, text_overlapped( overlapped ).str,
                    text_bytes( ret, *error, size ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPSendDisconnect( SOCKET s, WSABUF *data, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPSendDisconnect", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPSendDisconnect( call.lower, data, error );
    TRACE_CALL( &call, "-> %s", text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

int WSPAPI WSPRecvDisconnect( SOCKET s, WSABUF *data, int *error )
{
    struct call call;
    int ret;

    if (!call_begin( &call, "WSPRecvDisconnect", s, error )) return SOCKET_ERROR;
    ret = call.next->lpWSPRecvDisconnect( call.lower, data, error );
    TRACE_CALL( &call, "-> %s", text_result( ret, *error ).str );
    call_end( &call );
    return ret;
}

BOOL WSPAPI WSPGetOverlappedResult( SOCKET s, OVERLAPPED *overlapped, DWORD *size, BOOL wait, DWORD *flags,
                                    int *error )
{
    struct call call;
    BOOL ret;

    if (!call_begin( &call, "WSPGetOverlappedResult", s, error )) return FALSE;
    if (call.socket->layer->is_ifs)
        ret = call.next->lpWSPGetOverlappedResult( call.lower, overlapped, size, wait, flags, error );
    else
        ret = request_query( call.socket, overlapped, size, wait, flags, error );
    TRACE_CALL( &call, "ov=%p -> %s", (void *)overlapped, text_bytes( ret ? 0 : SOCKET_ERROR, *error, size ).str );
    call_end( &call );
    return ret;
}
