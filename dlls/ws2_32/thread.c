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

/* The Reserved member of a WSATHREADID is the thread's id, a multiple of 4, and whether the structure came
 * from WPUOpenCurrentThread. So a copy tells all, and an id whose thread has ended can be told even when its
 * handle value has been given to something else. */
#define THREAD_ID_OPENED 1

static DWORD tls_index = TLS_OUT_OF_INDEXES;

BOOL thread_data_init(void)
{
    tls_index = TlsAlloc();
    return tls_index != TLS_OUT_OF_INDEXES;
}

void thread_data_uninit(void)
{
    thread_data_free();
    TlsFree( tls_index );
}

void thread_data_free(void)
{
    struct thread_data *data = TlsGetValue( tls_index );

    if (!data) return;
    if (data->id.ThreadHandle) CloseHandle( data->id.ThreadHandle );
    free( data );
    TlsSetValue( tls_index, NULL );
}

/* Keeps the last error, which TlsGetValue() clears. */
struct thread_data *get_thread_data(void)
{
    DWORD error = GetLastError();
    struct thread_data *data = TlsGetValue( tls_index );

    if (!data && (data = calloc( 1, sizeof(*data) ))) TlsSetValue( tls_index, data );
    SetLastError( error );
    return data;
}

struct thread_data *peek_thread_data(void)
{
    DWORD error = GetLastError();
    struct thread_data *data = TlsGetValue( tls_index );

    SetLastError( error );
    return data;
}

static BOOL fill_thread_id( WSATHREADID *id, DWORD_PTR flags )
{
    DWORD error = GetLastError();
    BOOL ret;

    ret = DuplicateHandle( GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &id->ThreadHandle,
                           0, FALSE, DUPLICATE_SAME_ACCESS );
    if (ret) id->Reserved = GetCurrentThreadId() | flags;
    else id->ThreadHandle = NULL;
    SetLastError( error );
    return ret;
}

WSATHREADID *get_thread_id(void)
{
    struct thread_data *data = get_thread_data();

    if (!data) return NULL;
    if (!data->id.ThreadHandle && !fill_thread_id( &data->id, 0 )) return NULL;
    return &data->id;
}

int thread_id_open( WSATHREADID *id )
{
    if (!id) return WSAEFAULT;
    return fill_thread_id( id, THREAD_ID_OPENED ) ? 0 : WSA_NOT_ENOUGH_MEMORY;
}

static BOOL is_thread( const WSATHREADID *id )
{
    return GetThreadId( id->ThreadHandle ) == (id->Reserved & ~(DWORD_PTR)THREAD_ID_OPENED);
}

int thread_id_close( const WSATHREADID *id )
{
    DWORD error = GetLastError();
    int ret = WSAEINVAL;

    if (!id) return WSAEFAULT;
    if ((id->Reserved & THREAD_ID_OPENED) && is_thread( id ) && CloseHandle( id->ThreadHandle )) ret = 0;
    SetLastError( error );
    return ret;
}

int thread_id_queue_apc( const WSATHREADID *id, LPWSAUSERAPC func, DWORD_PTR context )
{
    DWORD error = GetLastError();
    int ret = WSAEFAULT;

    if (id && func && is_thread( id ) && QueueUserAPC( func, id->ThreadHandle, context )) ret = 0;
    SetLastError( error );
    return ret;
}
