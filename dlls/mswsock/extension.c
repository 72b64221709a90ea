/*
 * The Microsoft extensions to Winsock
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

/* A layer has functions of its own, which differ from socket to socket, so they are asked for each time. */
static void *get_extension_function( SOCKET s, GUID guid )
{
    void *func = NULL;
    DWORD size;

    if (WSAIoctl( s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), &size,
                  NULL, NULL ))
    {
        WARN( "socket %#Ix has no %s, error %lu.\n", s, debugstr_guid( &guid ), GetLastError() );
        return NULL;
    }
    return func;
}

/***********************************************************************
 *      AcceptEx   (mswsock.1)
 */
BOOL WINAPI AcceptEx( SOCKET listener, SOCKET acceptor, void *dest, DWORD dest_len, DWORD local_len,
                      DWORD remote_len, DWORD *received, OVERLAPPED *overlapped )
{
    LPFN_ACCEPTEX func;

    TRACE( "listener %#Ix, acceptor %#Ix, dest %p, dest_len %lu, local_len %lu, remote_len %lu, received %p, "
           "overlapped %p\n", listener, acceptor, dest, dest_len, local_len, remote_len, received, overlapped );

    if (!(func = get_extension_function( listener, (GUID)WSAID_ACCEPTEX ))) return FALSE;
    return func( listener, acceptor, dest, dest_len, local_len, remote_len, received, overlapped );
}

/* The function has no socket argument that could be asked. Layers hand the buffer of AcceptEx to the base, so
 * it is the base that knows its layout. Any socket of the base tells the function, which never changes. */
static LPFN_GETACCEPTEXSOCKADDRS get_base_sockaddrs_function(void)
{
    static void *cached;
    const struct base_winsock *base = get_base_winsock();
    LPFN_GETACCEPTEXSOCKADDRS func;
    GUID guid = WSAID_GETACCEPTEXSOCKADDRS;
    DWORD size;
    SOCKET s;

    if ((func = read_pointer_acquire( &cached ))) return func;
    if (!base) return NULL;
    if ((s = base->WSASocketW( AF_INET, SOCK_DGRAM, IPPROTO_UDP, NULL, 0, 0 )) == INVALID_SOCKET) return NULL;
    if (base->WSAIoctl( s, SIO_GET_EXTENSION_FUNCTION_POINTER, &guid, sizeof(guid), &func, sizeof(func), &size,
                        NULL, NULL ))
        func = NULL;
    write_pointer_release( &cached, func );
    base->closesocket( s );
    return func;
}

/***********************************************************************
 *      GetAcceptExSockaddrs   (mswsock.4)
 */
void WINAPI GetAcceptExSockaddrs( void *buffer, DWORD data_size, DWORD local_size, DWORD remote_size,
                                  struct sockaddr **local, int *local_len, struct sockaddr **remote, int *remote_len )
{
    LPFN_GETACCEPTEXSOCKADDRS func = get_base_sockaddrs_function();

    TRACE( "buffer %p, data_size %lu, local_size %lu, remote_size %lu, local %p, local_len %p, remote %p, "
           "remote_len %p\n", buffer, data_size, local_size, remote_size, local, local_len, remote, remote_len );

    if (func) func( buffer, data_size, local_size, remote_size, local, local_len, remote, remote_len );
}

/***********************************************************************
 *      TransmitFile   (mswsock.22)
 */
BOOL WINAPI TransmitFile( SOCKET s, HANDLE file, DWORD file_len, DWORD chunk_len, OVERLAPPED *overlapped,
                          TRANSMIT_FILE_BUFFERS *buffers, DWORD flags )
{
    LPFN_TRANSMITFILE func;

    TRACE( "socket %#Ix, file %p, file_len %lu, chunk_len %lu, overlapped %p, buffers %p, flags %#lx\n",
           s, file, file_len, chunk_len, overlapped, buffers, flags );

    if (!(func = get_extension_function( s, (GUID)WSAID_TRANSMITFILE ))) return FALSE;
    return func( s, file, file_len, chunk_len, overlapped, buffers, flags );
}

/***********************************************************************
 *      WSARecvEx   (mswsock.23)
 *
 * recv() that takes a part of a datagram for a success, and says so by MSG_PARTIAL in *flags.
 */
int WINAPI WSARecvEx( SOCKET s, char *buffer, int len, int *flags )
{
    WSABUF wsabuf = {.len = len, .buf = buffer};
    DWORD size = 0, recv_flags;
    BOOL partial = FALSE;

    TRACE( "socket %#Ix, buffer %p, len %d, flags %p\n", s, buffer, len, flags );

    if (!flags)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    recv_flags = *flags;
    if (WSARecv( s, &wsabuf, 1, &size, &recv_flags, NULL, NULL ))
    {
        if (GetLastError() != WSAEMSGSIZE) return SOCKET_ERROR;
        partial = TRUE;
        size = len;
    }
    *flags = partial ? recv_flags | MSG_PARTIAL : recv_flags & ~MSG_PARTIAL;
    return size;
}

/***********************************************************************
 *      EnumProtocolsA   (mswsock.2)
 */
int WINAPI EnumProtocolsA( int *protocols, void *buffer, DWORD *size )
{
    TRACE( "protocols %p, buffer %p, size %p\n", protocols, buffer, size );

    return WSAEnumProtocolsA( protocols, buffer, size );
}

/***********************************************************************
 *      EnumProtocolsW   (mswsock.3)
 */
int WINAPI EnumProtocolsW( int *protocols, void *buffer, DWORD *size )
{
    TRACE( "protocols %p, buffer %p, size %p\n", protocols, buffer, size );

    return WSAEnumProtocolsW( protocols, buffer, size );
}
