/*
 * Every function of Winsock that takes a socket
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

#include "util.h"

/* The call has to fail, with a code that the thread's last error has. */
#define check_failure( call, failure ) \
    do \
    { \
        SetLastError( 0xdeadbeef ); \
        ok_( file, line )( (call) == (failure), #call " succeeded.\n" ); \
        ok_( file, line )( WSAGetLastError() == code, #call ": got error %d, expected %d.\n", \
                               WSAGetLastError(), code ); \
    } while (0)

static void check_socket_calls( const char *file, int line, SOCKET s, int code )
{
    struct sockaddr_in addr = loopback_addr( 1 );
    struct sockaddr *sockaddr = (struct sockaddr *)&addr;
    int value = 0, len = sizeof(addr), value_len = sizeof(value);
    WSAPROTOCOL_INFOA infoA;
    WSAPROTOCOL_INFOW infoW;
    WSANETWORKEVENTS events;
    u_long long_value = 0;

    check_failure( accept( s, NULL, NULL ), INVALID_SOCKET );
    check_failure( accept( s, sockaddr, &len ), INVALID_SOCKET );
    check_failure( WSAAccept( s, NULL, NULL, NULL, 0 ), INVALID_SOCKET );
    check_failure( bind( s, sockaddr, sizeof(addr) ), SOCKET_ERROR );
    check_failure( closesocket( s ), SOCKET_ERROR );
    check_failure( connect( s, sockaddr, sizeof(addr) ), SOCKET_ERROR );
    check_failure( WSAConnect( s, sockaddr, sizeof(addr), NULL, NULL, NULL, NULL ), SOCKET_ERROR );
    check_failure( getpeername( s, sockaddr, &len ), SOCKET_ERROR );
    check_failure( getsockname( s, sockaddr, &len ), SOCKET_ERROR );
    check_failure( getsockopt( s, SOL_SOCKET, SO_REUSEADDR, (char *)&value, &value_len ), SOCKET_ERROR );
    check_failure( setsockopt( s, SOL_SOCKET, SO_REUSEADDR, (char *)&value, sizeof(value) ), SOCKET_ERROR );
    check_failure( ioctlsocket( s, FIONBIO, &long_value ), SOCKET_ERROR );
    check_failure( ioctlsocket( s, FIONREAD, &long_value ), SOCKET_ERROR );
    check_failure( listen( s, 1 ), SOCKET_ERROR );
    check_failure( shutdown( s, SD_BOTH ), SOCKET_ERROR );
    check_failure( WSAAsyncSelect( s, NULL, 0, 0 ), SOCKET_ERROR );
    check_failure( WSAEventSelect( s, NULL, 0 ), SOCKET_ERROR );
    check_failure( WSAEnumNetworkEvents( s, NULL, &events ), SOCKET_ERROR );
    check_failure( WSADuplicateSocketA( s, GetCurrentProcessId(), &infoA ), SOCKET_ERROR );
    check_failure( WSADuplicateSocketW( s, GetCurrentProcessId(), &infoW ), SOCKET_ERROR );
    check_failure( WSAGetQOSByName( s, NULL, NULL ), FALSE );
    check_failure( WSAJoinLeaf( s, sockaddr, sizeof(addr), NULL, NULL, NULL, NULL, JL_BOTH ), INVALID_SOCKET );
}

static void check_transfer_calls( const char *file, int line, SOCKET s, int code )
{
    struct sockaddr_in addr = loopback_addr( 1 );
    struct sockaddr *sockaddr = (struct sockaddr *)&addr;
    char data[16] = {0};
    WSABUF buffer = {.len = sizeof(data), .buf = data};
    WSAMSG msg = {.name = sockaddr, .namelen = sizeof(addr), .lpBuffers = &buffer, .dwBufferCount = 1};
    OVERLAPPED overlapped = {0};
    DWORD size = 0, flags = 0;
    int len = sizeof(addr);

    check_failure( recv( s, data, sizeof(data), 0 ), SOCKET_ERROR );
    check_failure( recvfrom( s, data, sizeof(data), 0, sockaddr, &len ), SOCKET_ERROR );
    check_failure( send( s, data, sizeof(data), 0 ), SOCKET_ERROR );
    check_failure( sendto( s, data, sizeof(data), 0, sockaddr, sizeof(addr) ), SOCKET_ERROR );
    check_failure( WSARecv( s, &buffer, 1, &size, &flags, NULL, NULL ), SOCKET_ERROR );
    check_failure( WSARecv( s, &buffer, 1, NULL, &flags, &overlapped, NULL ), SOCKET_ERROR );
    check_failure( WSARecvFrom( s, &buffer, 1, &size, &flags, sockaddr, &len, NULL, NULL ), SOCKET_ERROR );
    check_failure( WSARecvDisconnect( s, NULL ), SOCKET_ERROR );
    check_failure( WSASend( s, &buffer, 1, &size, 0, NULL, NULL ), SOCKET_ERROR );
    check_failure( WSASend( s, &buffer, 1, NULL, 0, &overlapped, NULL ), SOCKET_ERROR );
    check_failure( WSASendTo( s, &buffer, 1, &size, 0, sockaddr, sizeof(addr), NULL, NULL ), SOCKET_ERROR );
    check_failure( WSASendMsg( s, &msg, 0, &size, NULL, NULL ), SOCKET_ERROR );
    check_failure( WSASendMsg( s, &msg, 0, NULL, &overlapped, NULL ), SOCKET_ERROR );
    check_failure( WSASendDisconnect( s, NULL ), SOCKET_ERROR );
    check_failure( WSAIoctl( s, SIO_BASE_HANDLE, NULL, 0, data, sizeof(data), &size, NULL, NULL ), SOCKET_ERROR );
    check_failure( WSAIoctl( s, FIONREAD, NULL, 0, data, sizeof(data), &size, &overlapped, NULL ), SOCKET_ERROR );
    check_failure( WSAGetOverlappedResult( s, &overlapped, &size, FALSE, &flags ), FALSE );
}

static void check_poll_calls( const char *file, int line, SOCKET s, int code )
{
    WSAPOLLFD fd = {.fd = s, .events = POLLRDNORM};
    struct timeval timeout = {0};
    fd_set set;

    FD_ZERO( &set );
    FD_SET( s, &set );
    check_failure( select( 0, &set, NULL, NULL, &timeout ), SOCKET_ERROR );
    check_failure( select( 0, NULL, &set, NULL, &timeout ), SOCKET_ERROR );
    check_failure( select( 0, NULL, NULL, &set, &timeout ), SOCKET_ERROR );
    check_failure( WSAPoll( &fd, 1, 0 ), SOCKET_ERROR );
}

/* These take the byte order of the socket's protocol from the catalog; no provider is called. */
static void check_byte_order_calls( const char *file, int line, SOCKET s, int code )
{
    u_long long_value = 0;
    u_short short_value = 0;

    check_failure( WSAHtonl( s, 1, &long_value ), SOCKET_ERROR );
    check_failure( WSAHtons( s, 1, &short_value ), SOCKET_ERROR );
    check_failure( WSANtohl( s, 1, &long_value ), SOCKET_ERROR );
    check_failure( WSANtohs( s, 1, &short_value ), SOCKET_ERROR );
}

void check_provider_fails_( const char *file, int line, SOCKET s, int code )
{
    check_socket_calls( file, line, s, code );
    check_transfer_calls( file, line, s, code );
    check_poll_calls( file, line, s, code );
}

void check_all_fail_( const char *file, int line, SOCKET s, int code )
{
    winetest_push_context( "socket %#Ix", s );
    check_provider_fails_( file, line, s, code );
    check_byte_order_calls( file, line, s, code );
    winetest_pop_context();
}
