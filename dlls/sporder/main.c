/*
 * Order of the Winsock 2 catalogs, for installers from before Windows Vista
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

#include <stdarg.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"
#include "sporder.h"
#include "wine/debug.h"

WINE_DEFAULT_DEBUG_CHANNEL(winsock);

/* Not a forward in the .spec: Wine 8.0 resolves those to modules that are loaded already, and nothing else here
 * would load ws2_32. */

/***********************************************************************
 *      WSCWriteProviderOrder   (sporder.@)
 */
int WINAPI sporder_WSCWriteProviderOrder( DWORD *ids, DWORD count )
{
    TRACE( "ids %p, count %lu\n", ids, count );

    return WSCWriteProviderOrder( ids, count );
}

/***********************************************************************
 *      WSCWriteNameSpaceOrder   (sporder.@)
 */
int WINAPI sporder_WSCWriteNameSpaceOrder( GUID *providers, DWORD count )
{
    TRACE( "providers %p, count %lu\n", providers, count );

    return WSCWriteNameSpaceOrder( providers, count );
}
