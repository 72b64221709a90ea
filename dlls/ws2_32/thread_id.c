/*
 * Threads as providers name them
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

/* What a WSATHREADID names: ThreadHandle is the handle, and Reserved the number. A structure that the provider kept for
 * too long has a number that no thread has any more, even when a new thread was given the same handle value and the
 * same thread id, which happens soon on Wine. Handles that are open at the same time differ, so that it does no harm
 * when the numbers begin anew. */
struct named_thread
{
    struct named_thread *next;
    DWORD number;
    BOOL opened;        /* by WPUOpenCurrentThread, so that WPUCloseThread may close it */
    HANDLE handle;
};

/* A critical section, since upcalls have to work at the end of the process: there Wine lets a thread pass one whose
 * owner was killed, but not a slim lock. It is held for moments, and while an APC is queued, which runs nothing. */
static CRITICAL_SECTION names_lock;
static CRITICAL_SECTION_DEBUG names_lock_debug =
{
    0, 0, &names_lock, { &names_lock_debug.ProcessLocksList, &names_lock_debug.ProcessLocksList },
    0, 0, { (DWORD_PTR)(__FILE__ ": names_lock") }
};
static CRITICAL_SECTION names_lock = { &names_lock_debug, -1, 0, 0, 0, 0 };
static struct named_thread *names[256];

static struct named_thread **find_thread( const WSATHREADID *id )
{
    struct named_thread **ptr = &names[(DWORD)id->Reserved % ARRAY_SIZE(names)];

    while (*ptr && ((*ptr)->number != id->Reserved || (*ptr)->handle != id->ThreadHandle)) ptr = &(*ptr)->next;
    return ptr;
}

static void add_thread( struct named_thread *thread )
{
    static DWORD last_number;
    struct named_thread **head;

    EnterCriticalSection( &names_lock );
    thread->number = ++last_number;
    head = &names[thread->number % ARRAY_SIZE(names)];
    thread->next = *head;
    *head = thread;
    LeaveCriticalSection( &names_lock );
}

/* The handle is closed last: until then no other thread can be named by it. */
static BOOL remove_thread( const WSATHREADID *id, BOOL opened )
{
    struct named_thread **ptr, *thread;
    DWORD error = GetLastError();

    EnterCriticalSection( &names_lock );
    ptr = find_thread( id );
    if ((thread = *ptr) && thread->opened == opened) *ptr = thread->next;
    else thread = NULL;
    LeaveCriticalSection( &names_lock );
    if (!thread) return FALSE;
    CloseHandle( thread->handle );
    free( thread );
    SetLastError( error );
    return TRUE;
}

static BOOL name_current_thread( WSATHREADID *id, BOOL opened )
{
    DWORD error = GetLastError();
    struct named_thread *thread = malloc( sizeof(*thread) );

    if (thread && !DuplicateHandle( GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &thread->handle,
                                    0, FALSE, DUPLICATE_SAME_ACCESS ))
    {
        free( thread );
        thread = NULL;
    }
    SetLastError( error );
    if (!thread) return FALSE;
    thread->opened = opened;
    add_thread( thread );
    id->ThreadHandle = thread->handle;
    id->Reserved = thread->number;
    return TRUE;
}

BOOL thread_id_create( WSATHREADID *id )
{
    return name_current_thread( id, FALSE );
}

void thread_id_destroy( const WSATHREADID *id )
{
    remove_thread( id, FALSE );
}

int thread_id_open( WSATHREADID *id )
{
    if (!id) return WSAEFAULT;
    if (!providers_are_started()) return WSANOTINITIALISED;
    return name_current_thread( id, TRUE ) ? 0 : WSA_NOT_ENOUGH_MEMORY;
}

int thread_id_close( const WSATHREADID *id )
{
    if (!id) return WSAEFAULT;
    if (!providers_are_started()) return WSANOTINITIALISED;
    return remove_thread( id, TRUE ) ? 0 : WSAEINVAL;
}

int thread_id_queue_apc( const WSATHREADID *id, LPWSAUSERAPC func, DWORD_PTR context )
{
    DWORD error = GetLastError();
    struct named_thread *thread;
    int ret = WSAEFAULT;

    if (!id || !func) return WSAEFAULT;
    EnterCriticalSection( &names_lock );
    if ((thread = *find_thread( id )) && QueueUserAPC( func, thread->handle, context )) ret = 0;
    LeaveCriticalSection( &names_lock );
    SetLastError( error );
    return ret;
}
