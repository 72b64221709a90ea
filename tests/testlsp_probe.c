/*
 * Test provider: calling the probe of a test
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

#include "testlsp_private.h"

void call_probe( enum testlsp_context context, const struct testlsp_instance *instance )
{
    if (control.probe) control.probe( context, &instance->upcalls, instance->catalog_id );
}

static DWORD WINAPI probe_thread( void *arg )
{
    call_probe( TESTLSP_IN_WORKER, arg );
    return 0;
}

/* A thread that hangs, because something is locked around WSPStartup, goes on when WSPStartup is over. */
BOOL call_probe_in_worker( const struct testlsp_instance *instance )
{
    HANDLE thread;
    BOOL ret;

    if (!control.probe) return TRUE;
    thread = CreateThread( NULL, 0, probe_thread, (void *)instance, 0, NULL );
    ret = !WaitForSingleObject( thread, 10000 );
    CloseHandle( thread );
    return ret;
}
