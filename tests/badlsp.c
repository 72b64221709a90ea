/*
 * A provider that cannot start
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

#if 0
#pragma makedep testdll
#endif

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "windef.h"
#include "winbase.h"
#include "winsock2.h"
#include "ws2spi.h"

/* For tests/wine-boot.sh, which puts it in the place of an installed layer. The environment variable BADLSP says
 * what is wrong with it. */
int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcalls,
                       WSPPROC_TABLE *procs )
{
    const char *fault = getenv( "BADLSP" );

    memset( data, 0, sizeof(*data) );
    data->wVersion = data->wHighVersion = version;
    memset( procs, 0, sizeof(*procs) );     /* an incomplete table, when nothing else is asked for */
    if (fault && !strcmp( fault, "fails" )) return WSAENOBUFS;
    if (fault && !strcmp( fault, "crashes" )) *(volatile int *)NULL = info->dwCatalogEntryId;
    return upcalls.lpWPUCreateEvent ? 0 : WSAEFAULT;
}
