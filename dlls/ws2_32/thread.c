/*
 * Threads, as providers see them
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

DWORD thread_data_index = TLS_OUT_OF_INDEXES;

static SRWLOCK threads_lock = SRWLOCK_INIT;     /* guards the list; held for moments only */
static struct thread_data *threads;

BOOL thread_data_init(void)
{
    thread_data_index = TlsAlloc();
    return thread_data_index != TLS_OUT_OF_INDEXES;
}

void thread_data_uninit(void)
{
    thread_data_free();
    TlsFree( thread_data_index );
}

static void add_thread( struct thread_data *data )
{
    AcquireSRWLockExclusive( &threads_lock );
    data->prev = &threads;
    if ((data->next = threads)) data->next->prev = &data->next;
    threads = data;
    ReleaseSRWLockExclusive( &threads_lock );
}

static void remove_thread( struct thread_data *data )
{
    AcquireSRWLockExclusive( &threads_lock );
    if ((*data->prev = data->next)) data->next->prev = data->prev;
    ReleaseSRWLockExclusive( &threads_lock );
}

void thread_data_free(void)
{
    struct thread_data *data = TlsGetValue( thread_data_index );

    if (!data) return;
    remove_thread( data );
    if (data->id.ThreadHandle) thread_id_destroy( &data->id );
    free( data );
    TlsSetValue( thread_data_index, NULL );
}

struct thread_data *find_thread_data(void)
{
    DWORD error = GetLastError();
    struct thread_data *data = TlsGetValue( thread_data_index );

    SetLastError( error );
    return data;
}

struct thread_data *create_thread_data(void)
{
    DWORD error = GetLastError();
    struct thread_data *data;

    if ((data = calloc( 1, sizeof(*data) )) && !TlsSetValue( thread_data_index, data ))
    {
        free( data );
        data = NULL;
    }
    if (data) add_thread( data );
    SetLastError( error );
    return data;
}

BOOL threads_in_providers(void)
{
    const struct thread_data *data;
    BOOL found = FALSE;

    MemoryBarrier();
    AcquireSRWLockShared( &threads_lock );
    for (data = threads; data && !found; data = data->next)
        found = !!ReadAcquire( &data->calls );
    ReleaseSRWLockShared( &threads_lock );
    return found;
}

WSATHREADID *get_thread_id(void)
{
    struct thread_data *data = get_thread_data();

    if (!data) return NULL;
    if (!data->id.ThreadHandle && !thread_id_create( &data->id )) return NULL;
    return &data->id;
}
