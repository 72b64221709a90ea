/*
 * Helpers of old helper DLLs
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

/* On Windows these are what ws2_32 itself stands on, and were the exports of ws2help.dll. No page describes them; the
 * arguments are those that ReactOS declares, and all return 0 or the error unless they say otherwise. Here they stand
 * on ws2_32. A helper is only a token; what is none gives WSA_INVALID_PARAMETER. */

#define APC_HELPER          ((HANDLE)0x41504331)
#define HANDLE_HELPER       ((HANDLE)0x48414e31)
#define NOTIFICATION_HELPER ((HANDLE)0x4e4f5431)

static DWORD open_helper( HANDLE *ret, HANDLE helper )
{
    if (!ret) return WSA_INVALID_PARAMETER;
    *ret = helper;
    return 0;
}

static DWORD close_helper( HANDLE handle, HANDLE helper )
{
    return handle == helper ? 0 : WSA_INVALID_PARAMETER;
}

/* --- threads: WPUOpenCurrentThread and its like --- */

/***********************************************************************
 *      WahOpenApcHelper   (ws2_32.@)
 */
DWORD WINAPI WahOpenApcHelper( HANDLE *helper )
{
    TRACE( "helper %p\n", helper );

    return open_helper( helper, APC_HELPER );
}

/***********************************************************************
 *      WahCloseApcHelper   (ws2_32.@)
 */
DWORD WINAPI WahCloseApcHelper( HANDLE helper )
{
    TRACE( "helper %p\n", helper );

    return close_helper( helper, APC_HELPER );
}

/***********************************************************************
 *      WahOpenCurrentThread   (ws2_32.@)
 */
DWORD WINAPI WahOpenCurrentThread( HANDLE helper, WSATHREADID *id )
{
    TRACE( "helper %p, id %p\n", helper, id );

    return helper == APC_HELPER ? thread_id_open( id ) : WSA_INVALID_PARAMETER;
}

/***********************************************************************
 *      WahCloseThread   (ws2_32.@)
 */
DWORD WINAPI WahCloseThread( HANDLE helper, WSATHREADID *id )
{
    TRACE( "helper %p, id %p\n", helper, id );

    return helper == APC_HELPER ? thread_id_close( id ) : WSA_INVALID_PARAMETER;
}

/***********************************************************************
 *      WahQueueUserApc   (ws2_32.@)
 */
DWORD WINAPI WahQueueUserApc( HANDLE helper, WSATHREADID *id, LPWSAUSERAPC func, DWORD_PTR context )
{
    TRACE( "helper %p, id %p, func %p, context %#Ix\n", helper, id, func, context );

    return helper == APC_HELPER ? thread_id_queue_apc( id, func, context ) : WSA_INVALID_PARAMETER;
}

/* --- non-IFS handles that belong to no provider: ws2_32 finds no socket there --- */

/***********************************************************************
 *      WahOpenHandleHelper   (ws2_32.@)
 */
DWORD WINAPI WahOpenHandleHelper( HANDLE *helper )
{
    TRACE( "helper %p\n", helper );

    return open_helper( helper, HANDLE_HELPER );
}

/***********************************************************************
 *      WahCloseHandleHelper   (ws2_32.@)
 */
DWORD WINAPI WahCloseHandleHelper( HANDLE helper )
{
    TRACE( "helper %p\n", helper );

    return close_helper( helper, HANDLE_HELPER );
}

/***********************************************************************
 *      WahCreateSocketHandle   (ws2_32.@)
 */
DWORD WINAPI WahCreateSocketHandle( HANDLE helper, SOCKET *ret )
{
    SOCKET s;

    TRACE( "helper %p, ret %p\n", helper, ret );

    if (helper != HANDLE_HELPER || !ret) return WSA_INVALID_PARAMETER;
    if ((s = socket_table_create_non_ifs( NULL, 0 )) == INVALID_SOCKET) return WSAENOBUFS;
    *ret = s;
    return 0;
}

/***********************************************************************
 *      WahCloseSocketHandle   (ws2_32.@)
 */
DWORD WINAPI WahCloseSocketHandle( HANDLE helper, SOCKET s )
{
    TRACE( "helper %p, socket %#Ix\n", helper, s );

    if (helper != HANDLE_HELPER) return WSA_INVALID_PARAMETER;
    return socket_table_close_non_ifs( s ) ? 0 : WSAENOTSOCK;
}

/***********************************************************************
 *      WahCompleteRequest   (ws2_32.@)
 */
DWORD WINAPI WahCompleteRequest( HANDLE helper, SOCKET s, OVERLAPPED *overlapped, DWORD status, DWORD transfer )
{
    int error = 0;

    TRACE( "helper %p, socket %#Ix, overlapped %p, status %lu, transfer %lu\n", helper, s, overlapped, status,
           transfer );

    if (helper != HANDLE_HELPER) return WSA_INVALID_PARAMETER;
    return WPUCompleteOverlappedRequest( s, overlapped, status, transfer, &error ) ? error : 0;
}

/***********************************************************************
 *      WahEnableNonIFSHandleSupport   (ws2_32.@)
 *
 * It is always there.
 */
DWORD WINAPI WahEnableNonIFSHandleSupport(void)
{
    TRACE( "\n" );

    return 0;
}

/***********************************************************************
 *      WahDisableNonIFSHandleSupport   (ws2_32.@)
 */
DWORD WINAPI WahDisableNonIFSHandleSupport(void)
{
    FIXME( "Non-IFS handles cannot be turned off.\n" );

    return WSAEOPNOTSUPP;
}

/* --- notifications: those of WSAProviderConfigChange --- */

/***********************************************************************
 *      WahOpenNotificationHandleHelper   (ws2_32.@)
 */
DWORD WINAPI WahOpenNotificationHandleHelper( HANDLE *helper )
{
    TRACE( "helper %p\n", helper );

    return open_helper( helper, NOTIFICATION_HELPER );
}

/***********************************************************************
 *      WahCloseNotificationHandleHelper   (ws2_32.@)
 */
DWORD WINAPI WahCloseNotificationHandleHelper( HANDLE helper )
{
    TRACE( "helper %p\n", helper );

    return close_helper( helper, NOTIFICATION_HELPER );
}

/***********************************************************************
 *      WahCreateNotificationHandle   (ws2_32.@)
 */
DWORD WINAPI WahCreateNotificationHandle( HANDLE helper, HANDLE *ret )
{
    HANDLE handle = NULL;

    TRACE( "helper %p, ret %p\n", helper, ret );

    if (helper != NOTIFICATION_HELPER || !ret) return WSA_INVALID_PARAMETER;
    if (WSAProviderConfigChange( &handle, NULL, NULL )) return GetLastError();
    *ret = handle;
    return 0;
}

/***********************************************************************
 *      WahWaitForNotification   (ws2_32.@)
 */
DWORD WINAPI WahWaitForNotification( HANDLE helper, HANDLE handle, OVERLAPPED *overlapped,
                                     LPWSAOVERLAPPED_COMPLETION_ROUTINE completion )
{
    TRACE( "helper %p, handle %p, overlapped %p, completion %p\n", helper, handle, overlapped, completion );

    if (helper != NOTIFICATION_HELPER || !handle) return WSA_INVALID_PARAMETER;
    return WSAProviderConfigChange( &handle, overlapped, completion ) ? GetLastError() : 0;
}

/***********************************************************************
 *      WahNotifyAllProcesses   (ws2_32.@)
 *
 * For whoever has changed the catalog. There is nothing left to do: the processes watch the registry, and know.
 */
DWORD WINAPI WahNotifyAllProcesses( HANDLE helper )
{
    TRACE( "helper %p\n", helper );

    return close_helper( helper, NOTIFICATION_HELPER );
}

/***********************************************************************
 *      WahWriteLSPEvent   (ws2_32.@)
 *
 * Writes to the event log of Windows; what to pass is not known.
 */
DWORD WINAPI WahWriteLSPEvent( DWORD_PTR arg1, DWORD_PTR arg2 )
{
    FIXME( "arg1 %#Ix, arg2 %#Ix\n", arg1, arg2 );

    return WSAEOPNOTSUPP;
}

/* --- tables of contexts by handle --- */

/* What begins the caller's context. */
struct handle_context
{
    LONG refs;
    HANDLE handle;
};

struct handle_table
{
    CRITICAL_SECTION cs;
    unsigned int count, size;
    struct handle_context **contexts;   /* in no order */
};

typedef BOOL (WINAPI *handle_context_func)( void *arg, struct handle_context *context );

/***********************************************************************
 *      WahCreateHandleContextTable   (ws2_32.@)
 */
DWORD WINAPI WahCreateHandleContextTable( struct handle_table **ret )
{
    struct handle_table *table;

    TRACE( "ret %p\n", ret );

    if (!ret) return WSA_INVALID_PARAMETER;
    if (!(table = calloc( 1, sizeof(*table) ))) return WSA_NOT_ENOUGH_MEMORY;
    InitializeCriticalSection( &table->cs );
    *ret = table;
    return 0;
}

/***********************************************************************
 *      WahDestroyHandleContextTable   (ws2_32.@)
 *
 * The contexts in it stay the caller's.
 */
DWORD WINAPI WahDestroyHandleContextTable( struct handle_table *table )
{
    TRACE( "table %p\n", table );

    if (!table) return WSA_INVALID_PARAMETER;
    DeleteCriticalSection( &table->cs );
    free( table->contexts );
    free( table );
    return 0;
}

static struct handle_context **find_context( const struct handle_table *table, HANDLE handle )
{
    unsigned int i;

    for (i = 0; i < table->count; ++i)
        if (table->contexts[i]->handle == handle) return &table->contexts[i];
    return NULL;
}

static BOOL add_context( struct handle_table *table, struct handle_context *context )
{
    unsigned int size = table->size ? table->size * 2 : 16;
    struct handle_context **contexts;

    if (table->count == table->size)
    {
        if (!(contexts = realloc( table->contexts, size * sizeof(*contexts) ))) return FALSE;
        table->contexts = contexts;
        table->size = size;
    }
    table->contexts[table->count++] = context;
    return TRUE;
}

/***********************************************************************
 *      WahInsertHandleContext   (ws2_32.@)
 *
 * Returns the context; if there was another one with the handle, that one, in whose place it now is; or NULL without
 * memory. The reference of the table is one that the caller has taken.
 */
struct handle_context * WINAPI WahInsertHandleContext( struct handle_table *table, struct handle_context *context )
{
    struct handle_context **found, *ret = context;

    TRACE( "table %p, context %p\n", table, context );

    if (!table || !context) return NULL;
    EnterCriticalSection( &table->cs );
    if ((found = find_context( table, context->handle )))
    {
        ret = *found;
        *found = context;
    }
    else if (!add_context( table, context )) ret = NULL;
    LeaveCriticalSection( &table->cs );
    return ret;
}

/***********************************************************************
 *      WahReferenceContextByHandle   (ws2_32.@)
 *
 * Returns the context of a handle with one more reference, or NULL.
 */
struct handle_context * WINAPI WahReferenceContextByHandle( struct handle_table *table, HANDLE handle )
{
    struct handle_context **found, *ret = NULL;

    TRACE( "table %p, handle %p\n", table, handle );

    if (!table) return NULL;
    EnterCriticalSection( &table->cs );
    if ((found = find_context( table, handle )))
    {
        ret = *found;
        InterlockedIncrement( &ret->refs );
    }
    LeaveCriticalSection( &table->cs );
    return ret;
}

/***********************************************************************
 *      WahRemoveHandleContext   (ws2_32.@)
 *
 * Takes a context out; WSAENOTSOCK if it is not in the table, and another one with its handle does not count. The
 * table's reference is the caller's again.
 */
DWORD WINAPI WahRemoveHandleContext( struct handle_table *table, struct handle_context *context )
{
    struct handle_context **found;
    DWORD ret = WSAENOTSOCK;

    TRACE( "table %p, context %p\n", table, context );

    if (!table || !context) return WSA_INVALID_PARAMETER;
    EnterCriticalSection( &table->cs );
    if ((found = find_context( table, context->handle )) && *found == context)
    {
        *found = table->contexts[--table->count];
        ret = 0;
    }
    LeaveCriticalSection( &table->cs );
    return ret;
}

/***********************************************************************
 *      WahEnumerateHandleContexts   (ws2_32.@)
 *
 * Calls a function for each context until one returns FALSE, which it returns then; otherwise TRUE. It is the lock
 * that keeps the contexts alive meanwhile, so it is held: it is one of this table only, and the function may use the
 * table. From the last to the first, so that the function may remove the one it is called for, whose place the last
 * one takes.
 */
BOOL WINAPI WahEnumerateHandleContexts( struct handle_table *table, handle_context_func func, void *arg )
{
    unsigned int i;
    BOOL ret = TRUE;

    TRACE( "table %p, func %p, arg %p\n", table, func, arg );

    if (!table || !func) return FALSE;
    EnterCriticalSection( &table->cs );
    for (i = table->count; ret && i; --i)
        if (i <= table->count) ret = func( arg, table->contexts[i - 1] );
    LeaveCriticalSection( &table->cs );
    return ret;
}
