/*
 * Startup and cleanup of the base provider
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

#include "mswsock_private.h"

#define USUAL_ENTRIES 24

/* The base entries of the catalog, as they are when somebody first asks. */
struct base_catalog
{
    unsigned int count;
    WSAPROTOCOL_INFOW entries[1];
};

static struct base_catalog *base_catalog;   /* set once */

static SRWLOCK provider_lock = SRWLOCK_INIT;    /* guards all of these; held for no upcall */
static unsigned int startup_count;
static WSPUPCALLTABLE upcalls;
static LPWPUQUERYBLOCKINGCALLBACK query_callback;   /* that of upcalls, read without the lock */

/* Entries that we were started for: the newest, and the newest of our own of each family; 0 without. Written under the
 * lock and read without: who reads meets a start that comes meanwhile, or the one before, and either will do, for the
 * catalog of a process stays the same from its first WSAStartup to its last WSACleanup. */
static LONG started_id, ipv4_id, ipv6_id;

/* A catalog can have base entries of other providers for our families: a socket must not become theirs. */
static BOOL is_own_entry( const WSAPROTOCOL_INFOW *info )
{
    static const GUID own_providers[] =
    {
        {0xe70f1aa0, 0xab8b, 0x11cf, {0x8c, 0xa3, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},     /* IPv4 */
        {0xf9eab0c0, 0x26d4, 0x11d0, {0xbb, 0xbf, 0x00, 0xaa, 0x00, 0x6c, 0x34, 0xe4}},     /* IPv6 */
        {0x11058240, 0xbe47, 0x11cf, {0x95, 0xc8, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},     /* IPX */
        {0x11058241, 0xbe47, 0x11cf, {0x95, 0xc8, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92}},     /* SPX */
    };
    unsigned int i;

    if (info->ProtocolChain.ChainLen != BASE_PROTOCOL) return FALSE;
    for (i = 0; i < ARRAY_SIZE(own_providers); ++i)
        if (IsEqualGUID( &info->ProviderId, &own_providers[i] )) return TRUE;
    return FALSE;
}

/* Each look at the catalog reads all of it, so the first is with room for what most catalogs have. Another process may
 * add entries before the second. */
static struct base_catalog *enum_catalog( int *error )
{
    DWORD size = USUAL_ENTRIES * sizeof(WSAPROTOCOL_INFOW);
    struct base_catalog *catalog;
    int count;

    do
    {
        if (!(catalog = malloc( offsetof( struct base_catalog, entries ) + size )))
        {
            *error = WSA_NOT_ENOUGH_MEMORY;
            return NULL;
        }
        if ((count = WSCEnumProtocols( NULL, catalog->entries, &size, error )) != SOCKET_ERROR)
        {
            catalog->count = count;
            return catalog;
        }
        free( catalog );
    } while (*error == WSAENOBUFS);
    return NULL;
}

/* It is not read before it is needed: the registry takes three wineserver calls for an entry, and a process that only
 * connects needs none of them. Threads that get here at the same time all read it, and the first one's stays. */
static const struct base_catalog *get_base_catalog(void)
{
    struct base_catalog *catalog = read_pointer_acquire( (void **)&base_catalog ), *old;
    DWORD last_error = GetLastError();
    unsigned int i, count = 0;
    int error = 0;

    if (catalog) return catalog;

    if ((catalog = enum_catalog( &error )))
    {
        for (i = 0; i < catalog->count; ++i)
            if (is_own_entry( &catalog->entries[i] )) catalog->entries[count++] = catalog->entries[i];
        catalog->count = count;
        if ((old = InterlockedCompareExchangePointer( (void **)&base_catalog, catalog, NULL )))
        {
            free( catalog );
            catalog = old;
        }
    }
    else ERR( "The catalog cannot be read, error %d.\n", error );
    SetLastError( last_error );
    return catalog;
}

const WSAPROTOCOL_INFOW *find_base_entry( int family, int type, int protocol )
{
    const struct base_catalog *catalog = get_base_catalog();
    const WSAPROTOCOL_INFOW *fallback = NULL;
    unsigned int i;

    for (i = 0; catalog && i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i];

        if (info->iAddressFamily != family) continue;
        if (info->iSocketType == type && protocol >= info->iProtocol
            && protocol <= info->iProtocol + info->iProtocolMaxOffset)
            return info;
        if (!fallback) fallback = info;
    }
    return fallback;
}

DWORD get_family_id( int family )
{
    DWORD id = ReadAcquire( family == AF_INET6 ? &ipv6_id : &ipv4_id );
    const WSAPROTOCOL_INFOW *entry;

    if (id) return id;
    entry = find_base_entry( family, SOCK_STREAM, IPPROTO_TCP );
    return entry ? entry->dwCatalogEntryId : 0;
}

SOCKET register_socket( DWORD catalog_id, SOCKET s, int *error )
{
    LPWPUMODIFYIFSHANDLE modify_handle;
    DWORD last_error = GetLastError();
    int code = WSAEINVAL;
    SOCKET ret;

    AcquireSRWLockShared( &provider_lock );
    modify_handle = upcalls.lpWPUModifyIFSHandle;
    ReleaseSRWLockShared( &provider_lock );

    if ((ret = modify_handle( catalog_id, s, &code )) == INVALID_SOCKET)
    {
        WARN( "socket %#Ix was refused for catalog id %lu, error %d.\n", s, catalog_id, code );
        clear_modes( s );
        get_base_winsock()->closesocket( s );
        return fail( error, code );
    }
    SetLastError( last_error );
    return ret;
}

BOOL queue_user_apc( WSATHREADID *thread, LPWSAUSERAPC func, DWORD_PTR context )
{
    LPWPUQUEUEAPC queue_apc;
    int code = 0;

    AcquireSRWLockShared( &provider_lock );
    queue_apc = upcalls.lpWPUQueueApc;
    ReleaseSRWLockShared( &provider_lock );

    if (!queue_apc( thread, func, context, &code )) return TRUE;
    WARN( "no APC for thread %p, error %d.\n", thread->ThreadHandle, code );
    return FALSE;
}

/* All entries lead to the same answer, so the one that we were started for will do; but a layer may have given us none,
 * or one that ws2_32 does not know. A table may lack the function if it is not ws2_32's. */
LPBLOCKINGCALLBACK query_blocking_callback( DWORD_PTR *context )
{
    LPWPUQUERYBLOCKINGCALLBACK query = read_pointer_acquire( (void **)&query_callback );
    DWORD id = ReadAcquire( &started_id );
    LPBLOCKINGCALLBACK callback;
    int error = 0;

    if (!query) return NULL;
    if (id && !query( id, &callback, context, &error )) return callback;
    if (!(id = get_family_id( AF_INET )) || query( id, &callback, context, &error )) return NULL;
    return callback;
}

void provider_uninit(void)
{
    free( base_catalog );
}

/* The entry is ours, or a chain over us. */
static void note_started_entry( const WSAPROTOCOL_INFOW *info )
{
    if (!info) return;
    write_release( &started_id, info->dwCatalogEntryId );
    if (!is_own_entry( info )) return;
    if (info->iAddressFamily == AF_INET) write_release( &ipv4_id, info->dwCatalogEntryId );
    if (info->iAddressFamily == AF_INET6) write_release( &ipv6_id, info->dwCatalogEntryId );
}

static void forget_started_entries(void)
{
    write_release( &started_id, 0 );
    write_release( &ipv4_id, 0 );
    write_release( &ipv6_id, 0 );
    write_pointer_release( (void **)&query_callback, NULL );
}

/***********************************************************************
 *      WSPStartup   (mswsock.24)
 */
int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE upcall_table,
                       WSPPROC_TABLE *procs )
{
    const WORD highest = MAKEWORD( 2, 2 );
    const struct base_winsock *base;
    WSADATA base_data;
    int ret;

    TRACE( "version %#x, data %p, info %p (%s), procs %p\n", version, data, info,
           info ? debugstr_guid( &info->ProviderId ) : "", procs );

    if (!data || !procs) return WSAEFAULT;

    data->wHighVersion = highest;
    data->wVersion = LOBYTE(version) > 2 || (LOBYTE(version) == 2 && HIBYTE(version) > 2) ? highest : version;
    wcscpy( data->szDescription, L"Wine base transport provider" );
    if (LOBYTE(version) < 2) return WSAVERNOTSUPPORTED;

    if (!(base = get_base_winsock())) return WSASYSNOTREADY;

    AcquireSRWLockExclusive( &provider_lock );
    if (!(ret = base->WSAStartup( highest, &base_data )))
    {
        ++startup_count;
        upcalls = upcall_table;
        note_started_entry( info );
        write_pointer_release( (void **)&query_callback, upcall_table.lpWPUQueryBlockingCallback );
    }
    ReleaseSRWLockExclusive( &provider_lock );

    if (!ret) *procs = proc_table;
    return ret;
}

int WSPAPI WSPCleanup( int *error )
{
    int ret;

    TRACE( "error %p\n", error );

    AcquireSRWLockExclusive( &provider_lock );
    if (!startup_count)
        ret = fail( error, WSANOTINITIALISED );
    else
    {
        if (!--startup_count) forget_started_entries();
        ret = base_result( get_base_winsock()->WSACleanup(), error );
    }
    ReleaseSRWLockExclusive( &provider_lock );
    return ret;
}
