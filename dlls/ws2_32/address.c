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

WCHAR *strdupAtoW( const char *str )
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
