/*
 * Threads of the DLL
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

static DWORD WINAPI thread_proc( void *arg )
{
    struct lsp_thread *thread = arg;
    HMODULE module = tracelsp_instance;

    thread->func();
    SetEvent( thread->done );   /* from here on the structure may be reused */
    FreeLibraryAndExitThread( module, 0 );
}

BOOL thread_start( struct lsp_thread *thread, void (*func)(void) )
{
    HMODULE module;

    thread->func = func;
    if (!(thread->done = CreateEventW( NULL, TRUE, FALSE, NULL ))) return FALSE;
    if (GetModuleHandleExW( GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, (const WCHAR *)thread_proc, &module ))
    {
        if ((thread->handle = CreateThread( NULL, 0, thread_proc, thread, 0, NULL ))) return TRUE;
        FreeLibrary( module );
    }
    CloseHandle( thread->done );
    return FALSE;
}

/* When the process is ending, the thread was killed and will set no event. */
void thread_stop( struct lsp_thread *thread )
{
    HANDLE handles[] = {thread->done, thread->handle};

    WaitForMultipleObjects( 2, handles, FALSE, INFINITE );
    CloseHandle( thread->done );
    CloseHandle( thread->handle );
}
