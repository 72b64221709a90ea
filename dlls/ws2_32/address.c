/*
 * Conversion of addresses, and connecting by name
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

BOOL protocol_info_AtoW( const WSAPROTOCOL_INFOA *infoA, WSAPROTOCOL_INFOW *infoW )
{
    memcpy( infoW, infoA, offsetof( WSAPROTOCOL_INFOA, szProtocol ) );
    return !!MultiByteToWideChar( CP_ACP, 0, infoA->szProtocol, -1, infoW->szProtocol, ARRAY_SIZE(infoW->szProtocol) );
}

static WCHAR *strdupAtoW( const char *str )
{
    int size = MultiByteToWideChar( CP_ACP, 0, str, -1, NULL, 0 );
    WCHAR *ret = malloc( size * sizeof(WCHAR) );

    if (ret) MultiByteToWideChar( CP_ACP, 0, str, -1, ret, size );
    return ret;
}

/* Without a structure the first entry of the family converts; this can be the first call that loads a
 * provider, and after it end_call() is due. Before WSAStartup there are no providers: Windows then refuses to
 * convert, but Wine does not, and its wbemprox counts on that (8.0). ret->provider is NULL in this case. Returns 0
 * or the error. */
static int select_converter( int af, const WSAPROTOCOL_INFOW *info, struct selection *ret )
{
    int error;

    if (!is_started())
    {
        ret->provider = NULL;
        return 0;
    }

    if (!enter_providers()) return GetLastError();
    if (info) error = snapshot_select_info( info, ret );
    else error = snapshot_select_family( af, ret );
    if (!error) error = provider_start( ret->provider, &ret->entry );
    if (error) leave_providers();
    return error;
}

/***********************************************************************
 *      WSAAddressToStringW   (ws2_32.@)
 */
int WINAPI WSAAddressToStringW( struct sockaddr *addr, DWORD addr_len, WSAPROTOCOL_INFOW *info, WCHAR *string,
                                DWORD *len )
{
    struct selection selection;
    int error;

    TRACE( "addr %p, addr_len %lu, info %p, string %p, len %p\n", addr, addr_len, info, string, len );

    if (!addr || addr_len < sizeof(addr->sa_family) || !len) error = WSAEFAULT;
    else error = select_converter( addr->sa_family, info, &selection );
    /* Without a buffer the caller asks for the length, which no provider has to write for. */
    if (!error && !string) *len = 0;
    if (error)
    {
        SetLastError( error );
        return SOCKET_ERROR;
    }
    if (!selection.provider) CALL_BASE( SOCKET_ERROR, WSAAddressToStringW, addr, addr_len, info, string, len );
    return end_call( selection.provider->procs.lpWSPAddressToString( addr, addr_len, &selection.entry.info, string,
                                                                     len, &error ), &error );
}

/***********************************************************************
 *      WSAAddressToStringA   (ws2_32.@)
 */
int WINAPI WSAAddressToStringA( struct sockaddr *addr, DWORD addr_len, WSAPROTOCOL_INFOA *info, char *string,
                                DWORD *len )
{
    WSAPROTOCOL_INFOW infoW;
    WCHAR buffer[256];
    DWORD size = ARRAY_SIZE(buffer);

    TRACE( "addr %p, addr_len %lu, info %p, string %p, len %p\n", addr, addr_len, info, string, len );

    if (info) protocol_info_AtoW( info, &infoW );
    if (!len)
    {
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    if (WSAAddressToStringW( addr, addr_len, info ? &infoW : NULL, buffer, &size )) return SOCKET_ERROR;

    size = WideCharToMultiByte( CP_ACP, 0, buffer, -1, NULL, 0, NULL, NULL );
    if (!string || *len < size)
    {
        *len = size;
        SetLastError( WSAEFAULT );
        return SOCKET_ERROR;
    }
    *len = WideCharToMultiByte( CP_ACP, 0, buffer, -1, string, *len, NULL, NULL );
    return 0;
}

/***********************************************************************
 *      WSAStringToAddressW   (ws2_32.@)
 */
int WINAPI WSAStringToAddressW( WCHAR *string, int af, WSAPROTOCOL_INFOW *info, struct sockaddr *addr, int *len )
{
    struct selection selection;
    int error;

    TRACE( "string %s, af %d, info %p, addr %p, len %p\n", debugstr_w(string), af, info, addr, len );

    if (!addr || !len) error = WSAEFAULT;
    else if (!string) error = WSAEINVAL;
    else error = select_converter( af, info, &selection );
    if (error)
    {
        SetLastError( error );
        return SOCKET_ERROR;
    }
    if (!selection.provider) CALL_BASE( SOCKET_ERROR, WSAStringToAddressW, string, af, info, addr, len );
    return end_call( selection.provider->procs.lpWSPStringToAddress( string, af, &selection.entry.info, addr, len,
                                                                     &error ), &error );
}

/***********************************************************************
 *      WSAStringToAddressA   (ws2_32.@)
 */
int WINAPI WSAStringToAddressA( char *string, int af, WSAPROTOCOL_INFOA *info, struct sockaddr *addr, int *len )
{
    WSAPROTOCOL_INFOW infoW;
    WCHAR *stringW = NULL;
    int ret;

    TRACE( "string %s, af %d, info %p, addr %p, len %p\n", debugstr_a(string), af, info, addr, len );

    if (info) protocol_info_AtoW( info, &infoW );
    if (string && !(stringW = strdupAtoW( string )))
    {
        SetLastError( WSA_NOT_ENOUGH_MEMORY );
        return SOCKET_ERROR;
    }
    ret = WSAStringToAddressW( stringW, af, info ? &infoW : NULL, addr, len );
    free( stringW );
    return ret;
}

/* Copies an address to where the application wants it, if it wants it; WSAEFAULT if it does not fit. */
static int store_address( const struct sockaddr *addr, DWORD addr_len, struct sockaddr *ret, DWORD *ret_len )
{
    if (!ret || !ret_len) return 0;
    if (*ret_len < addr_len) return WSAEFAULT;
    memcpy( ret, addr, addr_len );
    *ret_len = addr_len;
    return 0;
}

/* Waits for a connection that a non-blocking socket has begun. Returns 0 or the error. */
static int finish_connect( SOCKET s )
{
    WSAPOLLFD fd = {.fd = s, .events = POLLWRNORM};
    int error, len = sizeof(error);

    if (WSAPoll( &fd, 1, -1 ) == SOCKET_ERROR) return GetLastError();
    if (!(fd.revents & (POLLERR | POLLHUP | POLLNVAL))) return 0;
    if (getsockopt( s, SOL_SOCKET, SO_ERROR, (char *)&error, &len )) return GetLastError();
    return error;
}

static int connect_by_name( SOCKET s, const WCHAR *node, const WCHAR *service, struct sockaddr *local,
                            DWORD *local_len, struct sockaddr *remote, DWORD *remote_len )
{
    const struct base_winsock *base = get_base_winsock();
    WSAPROTOCOL_INFOW info;
    struct sockaddr_storage addr;
    ADDRINFOW hints = {0}, *result;
    int error, len = sizeof(info);

    if (getsockopt( s, SOL_SOCKET, SO_PROTOCOL_INFOW, (char *)&info, &len )) return GetLastError();
    hints.ai_family = info.iAddressFamily;
    hints.ai_socktype = info.iSocketType;
    hints.ai_protocol = info.iProtocol;
    if ((error = base->GetAddrInfoW( node, service, &hints, &result ))) return error;

    if (info.iSocketType != SOCK_STREAM)
        error = WSAEFAULT;
    else if (connect( s, result->ai_addr, result->ai_addrlen ))
        error = GetLastError();
    else
        error = finish_connect( s );

    if (!error) error = store_address( result->ai_addr, result->ai_addrlen, remote, remote_len );
    base->FreeAddrInfoW( result );
    if (error) return error;

    len = sizeof(addr);
    if (getsockname( s, (struct sockaddr *)&addr, &len )) return GetLastError();
    SS_PORT( &addr ) = 0;
    return store_address( (struct sockaddr *)&addr, len, local, local_len );
}

/***********************************************************************
 *      WSAConnectByNameW   (ws2_32.@)
 *
 * As in Wine's own Winsock the timeout is not honoured, and the first address is the only one that is tried.
 */
BOOL WINAPI WSAConnectByNameW( SOCKET s, const WCHAR *node, const WCHAR *service, DWORD *local_len,
                               struct sockaddr *local, DWORD *remote_len, struct sockaddr *remote,
                               const struct timeval *timeout, WSAOVERLAPPED *reserved )
{
    int error;

    TRACE( "socket %#Ix, node %s, service %s, local_len %p, local %p, remote_len %p, remote %p, timeout %p, "
           "reserved %p\n", s, debugstr_w(node), debugstr_w(service), local_len, local, remote_len, remote, timeout,
           reserved );

    if (!ensure_started()) return FALSE;
    if (timeout) FIXME( "timeout is not honoured.\n" );
    if (!node || !service || reserved) error = WSAEINVAL;
    else error = connect_by_name( s, node, service, local, local_len, remote, remote_len );
    if (error) SetLastError( error );
    return !error;
}

/***********************************************************************
 *      WSAConnectByNameA   (ws2_32.@)
 */
BOOL WINAPI WSAConnectByNameA( SOCKET s, const char *node, const char *service, DWORD *local_len,
                               struct sockaddr *local, DWORD *remote_len, struct sockaddr *remote,
                               const struct timeval *timeout, WSAOVERLAPPED *reserved )
{
    WCHAR *nodeW = node ? strdupAtoW( node ) : NULL;
    WCHAR *serviceW = service ? strdupAtoW( service ) : NULL;
    BOOL ret = FALSE;

    if ((node && !nodeW) || (service && !serviceW)) SetLastError( WSAENOBUFS );
    else ret = WSAConnectByNameW( s, nodeW, serviceW, local_len, local, remote_len, remote, timeout, reserved );
    free( nodeW );
    free( serviceW );
    return ret;
}
