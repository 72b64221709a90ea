/*
 * Data, controls and notifications
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

#include "ws2_32_private.h"

/* The calling thread, for a call that may complete later. Synchronous calls go without. */
static WSATHREADID *overlapped_thread_id( const OVERLAPPED *overlapped )
{
    return overlapped ? get_thread_id() : NULL;
}

/***********************************************************************
 *      WSASend   (ws2_32.@)
 */
int WINAPI WSASend( SOCKET s, WSABUF *buffers, DWORD count, DWORD *sent, DWORD flags, OVERLAPPED *overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, buffers %p, count %lu, sent %p, flags %#lx, overlapped %p, completion %p\n",
           s, buffers, count, sent, flags, overlapped, completion );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPSend( s, buffers, count, sent, flags, overlapped, completion,
                                                overlapped_thread_id( overlapped ), &error ), &error );
}

/***********************************************************************
 *      send   (ws2_32.19)
 */
int WINAPI send( SOCKET s, const char *data, int len, int flags )
{
    WSABUF buffer = {.len = len, .buf = (char *)data};
    struct provider *provider;
    DWORD sent = 0;
    int error = 0;

    TRACE( "socket %#Ix, data %p, len %d, flags %#x\n", s, data, len, flags );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    if (end_call( provider->procs.lpWSPSend( s, &buffer, 1, &sent, flags, NULL, NULL, NULL, &error ), &error ))
        return SOCKET_ERROR;
    return sent;
}

/***********************************************************************
 *      WSASendTo   (ws2_32.@)
 */
int WINAPI WSASendTo( SOCKET s, WSABUF *buffers, DWORD count, DWORD *sent, DWORD flags,
                      const struct sockaddr *addr, int addr_len, OVERLAPPED *overlapped,
                      LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, buffers %p, count %lu, sent %p, flags %#lx, addr %p, addr_len %d, overlapped %p, "
           "completion %p\n", s, buffers, count, sent, flags, addr, addr_len, overlapped, completion );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPSendTo( s, buffers, count, sent, flags, addr, addr_len, overlapped,
                                                  completion, overlapped_thread_id( overlapped ), &error ), &error );
}

/***********************************************************************
 *      sendto   (ws2_32.20)
 */
int WINAPI sendto( SOCKET s, const char *data, int len, int flags, const struct sockaddr *addr, int addr_len )
{
    WSABUF buffer = {.len = len, .buf = (char *)data};
    struct provider *provider;
    DWORD sent = 0;
    int error = 0;

    TRACE( "socket %#Ix, data %p, len %d, flags %#x, addr %p, addr_len %d\n", s, data, len, flags, addr, addr_len );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    if (end_call( provider->procs.lpWSPSendTo( s, &buffer, 1, &sent, flags, addr, addr_len, NULL, NULL, NULL,
                                               &error ), &error ))
        return SOCKET_ERROR;
    return sent;
}

/***********************************************************************
 *      WSARecv   (ws2_32.@)
 */
int WINAPI WSARecv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *received, DWORD *flags, OVERLAPPED *overlapped,
                    LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, buffers %p, count %lu, received %p, flags %p, overlapped %p, completion %p\n",
           s, buffers, count, received, flags, overlapped, completion );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPRecv( s, buffers, count, received, flags, overlapped, completion,
                                                overlapped_thread_id( overlapped ), &error ), &error );
}

/***********************************************************************
 *      recv   (ws2_32.16)
 */
int WINAPI recv( SOCKET s, char *data, int len, int flags )
{
    WSABUF buffer = {.len = len, .buf = data};
    DWORD received = 0, recv_flags = flags;
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, data %p, len %d, flags %#x\n", s, data, len, flags );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    if (end_call( provider->procs.lpWSPRecv( s, &buffer, 1, &received, &recv_flags, NULL, NULL, NULL, &error ),
                  &error ))
        return SOCKET_ERROR;
    return received;
}

/***********************************************************************
 *      WSARecvFrom   (ws2_32.@)
 */
int WINAPI WSARecvFrom( SOCKET s, WSABUF *buffers, DWORD count, DWORD *received, DWORD *flags,
                        struct sockaddr *addr, int *addr_len, OVERLAPPED *overlapped,
                        LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, buffers %p, count %lu, received %p, flags %p, addr %p, addr_len %p, overlapped %p, "
           "completion %p\n", s, buffers, count, received, flags, addr, addr_len, overlapped, completion );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPRecvFrom( s, buffers, count, received, flags, addr, addr_len, overlapped,
                                                    completion, overlapped_thread_id( overlapped ), &error ),
                     &error );
}

/***********************************************************************
 *      recvfrom   (ws2_32.17)
 */
int WINAPI recvfrom( SOCKET s, char *data, int len, int flags, struct sockaddr *addr, int *addr_len )
{
    WSABUF buffer = {.len = len, .buf = data};
    DWORD received = 0, recv_flags = flags;
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, data %p, len %d, flags %#x, addr %p, addr_len %p\n", s, data, len, flags, addr, addr_len );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    if (end_call( provider->procs.lpWSPRecvFrom( s, &buffer, 1, &received, &recv_flags, addr, addr_len, NULL,
                                                 NULL, NULL, &error ), &error ))
        return SOCKET_ERROR;
    return received;
}

/***********************************************************************
 *      WSASendDisconnect   (ws2_32.@)
 */
int WINAPI WSASendDisconnect( SOCKET s, WSABUF *data )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, data %p\n", s, data );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPSendDisconnect( s, data, &error ), &error );
}

/***********************************************************************
 *      WSARecvDisconnect   (ws2_32.@)
 */
int WINAPI WSARecvDisconnect( SOCKET s, WSABUF *data )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, data %p\n", s, data );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPRecvDisconnect( s, data, &error ), &error );
}

/***********************************************************************
 *      WSAIoctl   (ws2_32.@)
 */
int WINAPI WSAIoctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                     OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, code %#lx, in %p, in_size %lu, out %p, out_size %lu, ret_size %p, overlapped %p, "
           "completion %p\n", s, code, in, in_size, out, out_size, ret_size, overlapped, completion );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPIoctl( s, code, in, in_size, out, out_size, ret_size, overlapped,
                                                 completion, overlapped_thread_id( overlapped ), &error ), &error );
}

/***********************************************************************
 *      ioctlsocket   (ws2_32.10)
 */
int WINAPI ioctlsocket( SOCKET s, LONG code, u_long *value )
{
    struct provider *provider;
    DWORD ret_size = 0;
    int error = 0;

    TRACE( "socket %#Ix, code %#lx, value %p\n", s, code, value );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPIoctl( s, code, value, sizeof(*value), value, sizeof(*value), &ret_size,
                                                 NULL, NULL, NULL, &error ), &error );
}

/***********************************************************************
 *      WSAGetOverlappedResult   (ws2_32.@)
 *
 * What Internal and the offsets of a request mean is the provider's secret (§5.7). Nobody made a request by a handle
 * that we have not seen: Windows fails with WSAENOTSOCK even if it is a socket, as Wine's own tests expect.
 */
BOOL WINAPI WSAGetOverlappedResult( SOCKET s, OVERLAPPED *overlapped, DWORD *transfer, BOOL wait, DWORD *flags )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, overlapped %p, transfer %p, wait %d, flags %p\n", s, overlapped, transfer, wait, flags );

    if (!ensure_started()) return FALSE;
    if (!socket_table_provider( s ))
    {
        SetLastError( WSAENOTSOCK );
        return FALSE;
    }
    if (!(provider = begin_call( s ))) return FALSE;
    return end_bool_call( provider->procs.lpWSPGetOverlappedResult( s, overlapped, transfer, wait, flags, &error ),
                          &error );
}

/***********************************************************************
 *      WSAAsyncSelect   (ws2_32.101)
 */
int WINAPI WSAAsyncSelect( SOCKET s, HWND hwnd, UINT msg, LONG mask )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, hwnd %p, msg %#x, mask %#lx\n", s, hwnd, msg, mask );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPAsyncSelect( s, hwnd, msg, mask, &error ), &error );
}

/***********************************************************************
 *      WSAEventSelect   (ws2_32.@)
 */
int WINAPI WSAEventSelect( SOCKET s, WSAEVENT event, LONG mask )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, event %p, mask %#lx\n", s, event, mask );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPEventSelect( s, event, mask, &error ), &error );
}

/***********************************************************************
 *      WSAEnumNetworkEvents   (ws2_32.@)
 */
int WINAPI WSAEnumNetworkEvents( SOCKET s, WSAEVENT event, WSANETWORKEVENTS *events )
{
    struct provider *provider;
    int error = 0;

    TRACE( "socket %#Ix, event %p, events %p\n", s, event, events );

    if (!(provider = begin_call( s ))) return SOCKET_ERROR;
    return end_call( provider->procs.lpWSPEnumNetworkEvents( s, event, events, &error ), &error );
}

/***********************************************************************
 *      WSACreateEvent   (ws2_32.@)
 */
WSAEVENT WINAPI WSACreateEvent(void)
{
    TRACE( "\n" );

    return CreateEventW( NULL, TRUE, FALSE, NULL );
}

/***********************************************************************
 *      WSACloseEvent   (ws2_32.@)
 */
BOOL WINAPI WSACloseEvent( WSAEVENT event )
{
    TRACE( "event %p\n", event );

    return CloseHandle( event );
}
