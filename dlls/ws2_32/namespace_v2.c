/*
 * Name-space providers of the second version
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
#include "namespace.h"

/* Providers of the second version serve one name space, NS_EMAIL, to the processes of a user. Nothing here asks for
 * names of e-mail, so that there is nobody to whom a provider could be advertised (§12.2). */

static BOOL is_installed( const GUID *id )
{
    struct namespace_catalog catalog = {0};
    BOOL ret;

    ret = !namespace_catalog_read( CATALOG_NATIVE, &catalog ) && namespace_find( &catalog, id );
    namespace_catalog_clear( &catalog );
    return ret;
}

/***********************************************************************
 *      WSAAdvertiseProvider   (ws2_32.@)
 *
 * WSAEINVAL without an argument, or without one of the three functions of a look-up; WSAEINVALIDPROVIDER if no
 * provider with the GUID is installed; otherwise WSAEFAULT, the code for an internal problem.
 */
INT WINAPI WSAAdvertiseProvider( const GUID *provider, const LPCNSPV2_ROUTINE *routines )
{
    int error = WSAEFAULT;

    TRACE( "provider %s, routines %p\n", debugstr_guid( provider ), routines );

    if (!ensure_started()) return SOCKET_ERROR;
    if (!provider || !routines || !*routines || !(*routines)->NSPv2LookupServiceBegin ||
        !(*routines)->NSPv2LookupServiceNextEx || !(*routines)->NSPv2LookupServiceEnd)
        error = WSAEINVAL;
    else if (!is_installed( provider ))
        error = WSAEINVALIDPROVIDER;
    else
        FIXME( "Nobody looks names up in provider %s.\n", debugstr_guid( provider ) );
    SetLastError( error );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      WSAUnadvertiseProvider   (ws2_32.@)
 *
 * WSAEINVAL without a provider. No provider is advertised, and nothing is documented for one that is not:
 * WSAEINVALIDPROVIDER.
 */
INT WINAPI WSAUnadvertiseProvider( const GUID *provider )
{
    TRACE( "provider %s\n", debugstr_guid( provider ) );

    if (!ensure_started()) return SOCKET_ERROR;
    SetLastError( provider ? WSAEINVALIDPROVIDER : WSAEINVAL );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      WSAProviderCompleteAsyncCall   (ws2_32.@)
 *
 * No asynchronous call is ever made, so no handle of one is valid.
 */
INT WINAPI WSAProviderCompleteAsyncCall( HANDLE call, INT code )
{
    TRACE( "call %p, code %d\n", call, code );

    if (!ensure_started()) return SOCKET_ERROR;
    SetLastError( WSAEINVAL );
    return SOCKET_ERROR;
}
