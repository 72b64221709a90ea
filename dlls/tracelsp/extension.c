/*
 * Extension functions
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

/* A program asks WSPIoctl() for these and calls them past Winsock, so it must get ours. They have no *lpErrno: an
 * error is the thread's last error. Those that find no layer below that has the function are not given away at all. */

static BOOL WINAPI trace_AcceptEx( SOCKET s, SOCKET accept, void *buffer, DWORD recv_len, DWORD local_len,
                                   DWORD remote_len, DWORD *size, OVERLAPPED *overlapped );
static BOOL WINAPI trace_ConnectEx( SOCKET s, const struct sockaddr *addr, int len, void *buffer, DWORD send_len,
                                    DWORD *size, OVERLAPPED *overlapped );
static BOOL WINAPI trace_DisconnectEx( SOCKET s, OVERLAPPED *overlapped, DWORD flags, DWORD reserved );
static BOOL WINAPI trace_TransmitFile( SOCKET s, HANDLE file, DWORD len, DWORD chunk, OVERLAPPED *overlapped,
                                       TRANSMIT_FILE_BUFFERS *buffers, DWORD flags );
static BOOL WINAPI trace_TransmitPackets( SOCKET s, TRANSMIT_PACKETS_ELEMENT *packets, DWORD count, DWORD chunk,
                                          OVERLAPPED *overlapped, DWORD flags );
static int WINAPI trace_WSARecvMsg( SOCKET s, WSAMSG *msg, DWORD *size, OVERLAPPED *overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine );
static int WINAPI trace_WSASendMsg( SOCKET s, WSAMSG *msg, DWORD flags, DWORD *size, OVERLAPPED *overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine );

static const struct
{
    GUID guid;
    void *func;
}
extensions[EXTENSION_COUNT] =
{
    [EXTENSION_ACCEPTEX]        = {WSAID_ACCEPTEX, trace_AcceptEx},
    [EXTENSION_CONNECTEX]       = {WSAID_CONNECTEX, trace_ConnectEx},
    [EXTENSION_DISCONNECTEX]    = {WSAID_DISCONNECTEX, trace_DisconnectEx},
    [EXTENSION_TRANSMITFILE]    = {WSAID_TRANSMITFILE, trace_TransmitFile},
    [EXTENSION_TRANSMITPACKETS] = {WSAID_TRANSMITPACKETS, trace_TransmitPackets},
    [EXTENSION_WSARECVMSG]      = {WSAID_WSARECVMSG, trace_WSARecvMsg},
    [EXTENSION_WSASENDMSG]      = {WSAID_WSASENDMSG, trace_WSASendMsg},
};

/* The others, such as GetAcceptExSockaddrs(), have no socket, or are nothing that we know: the pointer goes up as it
 * came. In an IFS layer the OVERLAPPED belongs below; otherwise the request is done when the pointer is there, and has
 * never been one when the layer below refuses. */
int extension_query( struct call *call, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                     OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                     int *error )
{
    BOOL is_ifs = call->socket->layer->is_ifs;
    unsigned int i;
    struct io io;
    int ret;

    ret = call->next->lpWSPIoctl( call->lower, SIO_GET_EXTENSION_FUNCTION_POINTER, in, in_size, out, out_size,
                                  ret_size, is_ifs ? overlapped : NULL, is_ifs ? routine : NULL, thread, error );
    if (ret) return ret;

    for (i = 0; i < EXTENSION_COUNT; ++i)
    {
        if (!IsEqualGUID( in, &extensions[i].guid )) continue;
        call->socket->layer->extensions[i] = *(void **)out;
        pin_module();
        *(void **)out = extensions[i].func;
    }
    if (!io_begin( &io, call, NULL, NULL, overlapped, routine, thread, error )) return SOCKET_ERROR;
    io_succeed( &io );
    return 0;
}

/* The function of the layer below. The program may have got ours from a socket of another chain, so that it has not
 * been asked for yet. */
static void *get_lower( struct call *call, enum extension extension, int *error )
{
    void **func = &call->socket->layer->extensions[extension];
    GUID guid = extensions[extension].guid;
    DWORD size;

    if (!*func && call->next->lpWSPIoctl( call->lower, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), func,
                                          sizeof(*func), &size, NULL, NULL, NULL, error ))
        *func = NULL;
    return *func;
}

/* Begins a call of an extension function, as io_begin() and call_begin() do. Returns what to call below, or NULL
 * with the last error set, and then the call is over. */
static void *extension_begin( struct call *call, struct io *io, enum extension extension, const char *name, SOCKET s,
                              DWORD *size, OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine )
{
    void *func = NULL;
    int error;

    if (!call_begin( call, name, s, &error ))
    {
        WSASetLastError( error );
        return NULL;
    }
    if ((func = get_lower( call, extension, &error )) &&
        io_begin( io, call, size, NULL, overlapped, routine, NULL, &error )) return func;

    TRACE_CALL( call, "-> %s", text_error( error ).str );
    call_end( call );
    WSASetLastError( error );
    return NULL;
}

/* Takes the result of the layer below, which is in the last error too, as io_end() does. *error is what the program
 * is to find there, if the result says so. */
static int extension_io_end( struct io *io, int ret, int *error )
{
    *error = ret ? WSAGetLastError() : 0;
    return io_end( io, ret, error );
}

static int extension_end( struct call *call, int ret, int error )
{
    call_end( call );
    if (ret) WSASetLastError( error );
    return ret;
}

/* The accepting socket may be any: if it is not ours, the layer below will know. */
static BOOL WINAPI trace_AcceptEx( SOCKET s, SOCKET accept, void *buffer, DWORD recv_len, DWORD local_len,
                                   DWORD remote_len, DWORD *size, OVERLAPPED *overlapped )
{
    struct lsp_socket *acceptor;
    LPFN_ACCEPTEX func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_ACCEPTEX, "AcceptEx", s, size, overlapped, NULL );
    if (!func) return FALSE;
    acceptor = socket_acquire( accept );
    ret = func( call.lower, acceptor ? acceptor->lower : accept, buffer, recv_len, local_len, remote_len, io.size,
                io.overlapped ) ? 0 : SOCKET_ERROR;
    ret = extension_io_end( &io, ret, &error );
    if (acceptor) socket_release( acceptor );
    TRACE_CALL( &call, "into s=%04lx %lu bytes%s -> %s", (unsigned long)accept, (unsigned long)recv_len,
                text_overlapped( overlapped ).str, text_bytes( ret, error, size ).str );
    return !extension_end( &call, ret, error );
}

static BOOL WINAPI trace_ConnectEx( SOCKET s, const struct sockaddr *addr, int len, void *buffer, DWORD send_len,
                                    DWORD *size, OVERLAPPED *overlapped )
{
    LPFN_CONNECTEX func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_CONNECTEX, "ConnectEx", s, size, overlapped, NULL );
    if (!func) return FALSE;
    ret = func( call.lower, addr, len, buffer, send_len, io.size, io.overlapped ) ? 0 : SOCKET_ERROR;
    ret = extension_io_end( &io, ret, &error );
    TRACE_CALL( &call, "%s %lu bytes%s -> %s", text_address( addr, len ).str, (unsigned long)send_len,
                text_overlapped( overlapped ).str, text_bytes( ret, error, size ).str );
    return !extension_end( &call, ret, error );
}

static BOOL WINAPI trace_DisconnectEx( SOCKET s, OVERLAPPED *overlapped, DWORD flags, DWORD reserved )
{
    LPFN_DISCONNECTEX func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_DISCONNECTEX, "DisconnectEx", s, NULL, overlapped, NULL );
    if (!func) return FALSE;
    ret = func( call.lower, io.overlapped, flags, reserved ) ? 0 : SOCKET_ERROR;
    ret = extension_io_end( &io, ret, &error );
    TRACE_CALL( &call, "flags %#lx%s -> %s", (unsigned long)flags, text_overlapped( overlapped ).str,
                text_result( ret, error ).str );
    return !extension_end( &call, ret, error );
}

static BOOL WINAPI trace_TransmitFile( SOCKET s, HANDLE file, DWORD len, DWORD chunk, OVERLAPPED *overlapped,
                                       TRANSMIT_FILE_BUFFERS *buffers, DWORD flags )
{
    LPFN_TRANSMITFILE func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_TRANSMITFILE, "TransmitFile", s, NULL, overlapped, NULL );
    if (!func) return FALSE;
    /* The file position is in the OVERLAPPED. */
    if (io.request)
    {
        io.overlapped->Offset = overlapped->Offset;
        io.overlapped->OffsetHigh = overlapped->OffsetHigh;
    }
    ret = func( call.lower, file, len, chunk, io.overlapped, buffers, flags ) ? 0 : SOCKET_ERROR;
    ret = extension_io_end( &io, ret, &error );
    TRACE_CALL( &call, "%lu bytes%s -> %s", (unsigned long)len, text_overlapped( overlapped ).str,
                text_result( ret, error ).str );
    return !extension_end( &call, ret, error );
}

static BOOL WINAPI trace_TransmitPackets( SOCKET s, TRANSMIT_PACKETS_ELEMENT *packets, DWORD count, DWORD chunk,
                                          OVERLAPPED *overlapped, DWORD flags )
{
    LPFN_TRANSMITPACKETS func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_TRANSMITPACKETS, "TransmitPackets", s, NULL, overlapped, NULL );
    if (!func) return FALSE;
    ret = func( call.lower, packets, count, chunk, io.overlapped, flags ) ? 0 : SOCKET_ERROR;
    ret = extension_io_end( &io, ret, &error );
    TRACE_CALL( &call, "%lu packets%s -> %s", (unsigned long)count, text_overlapped( overlapped ).str,
                text_result( ret, error ).str );
    return !extension_end( &call, ret, error );
}

static int WINAPI trace_WSARecvMsg( SOCKET s, WSAMSG *msg, DWORD *size, OVERLAPPED *overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine )
{
    LPFN_WSARECVMSG func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_WSARECVMSG, "WSARecvMsg", s, size, overlapped, routine );
    if (!func) return SOCKET_ERROR;
    ret = func( call.lower, msg, io.size, io.overlapped, io.routine );
    ret = extension_io_end( &io, ret, &error );
    if (IsBadReadPtr( msg, sizeof(*msg) ))
        TRACE_CALL( &call, "-> %s", text_bytes( ret, error, size ).str );
    else
        TRACE_CALL( &call, "%s%s -> %s", text_buffers( msg->lpBuffers, msg->dwBufferCount ).str,
                    text_overlapped( overlapped ).str, text_bytes( ret, error, size ).str );
    return extension_end( &call, ret, error );
}

static int WINAPI trace_WSASendMsg( SOCKET s, WSAMSG *msg, DWORD flags, DWORD *size, OVERLAPPED *overlapped,
                                    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine )
{
    LPFN_WSASENDMSG func;
    struct call call;
    struct io io;
    int ret, error;

    func = extension_begin( &call, &io, EXTENSION_WSASENDMSG, "WSASendMsg", s, size, overlapped, routine );
    if (!func) return SOCKET_ERROR;
    ret = func( call.lower, msg, flags, io.size, io.overlapped, io.routine );
    ret = extension_io_end( &io, ret, &error );
    TRACE_CALL( &call, "%s%s -> %s", text_message( msg ).str, text_overlapped( overlapped ).str,
                text_bytes( ret, error, size ).str );
    return extension_end( &call, ret, error );
}
