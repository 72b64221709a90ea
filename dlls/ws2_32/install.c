/*
 * Transport catalog: installing and removing providers
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
#include "app_memory.h"
#include "install.h"

int wsc_result( int error, int *ret_error )
{
    TRACE( "returning error %d\n", error );
    if (!error) return 0;
    copy_to_app( ret_error, &error, sizeof(error) );
    return SOCKET_ERROR;
}

int copy_provider_path( WCHAR dst[MAX_PATH], const WCHAR *src )
{
    int error;

    if ((error = copy_string_from_app( dst, src, MAX_PATH ))) return error;
    if (catalog_path_fits( dst )) return 0;
    WARN( "Path %s does not fit into 260 bytes of the ANSI code page.\n", debugstr_w(dst) );
    return WSAEINVAL;
}

int copy_infos( const WSAPROTOCOL_INFOW *infos, DWORD count, WSAPROTOCOL_INFOW **ret )
{
    WSAPROTOCOL_INFOW *copy;

    if (!count) return WSAEINVAL;
    if (!(copy = calloc( count, sizeof(*copy) ))) return WSAENOBUFS;
    if (!copy_from_app( copy, infos, count * sizeof(*copy) ))
    {
        free( copy );
        return WSAEFAULT;
    }
    *ret = copy;
    return 0;
}

int begin_edit( struct catalog_edit **ret )
{
    int error = catalog_edit_begin( ret );

    return error == WSAEINPROGRESS ? WSANO_RECOVERY : error;
}

/* What an installer says about a provider. */
struct registration
{
    GUID provider;
    WCHAR path[MAX_PATH];
    DWORD count;
    WSAPROTOCOL_INFOW *infos;
};

/* Copies a registration from the application; the caller frees the infos. Returns 0, WSAEFAULT, WSAEINVAL or
 * WSAENOBUFS. */
static int get_registration( const GUID *provider, const WCHAR *path, const WSAPROTOCOL_INFOW *infos, DWORD count,
                             struct registration *ret )
{
    DWORD i;
    int error;

    if (!copy_from_app( &ret->provider, provider, sizeof(*provider) )) return WSAEFAULT;
    if ((error = copy_provider_path( ret->path, path ))) return error;
    if ((error = copy_infos( infos, count, &ret->infos ))) return error;

    ret->count = count;
    for (i = 0; i < count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &ret->infos[i];

        if (info->ProtocolChain.ChainLen < 0 || info->ProtocolChain.ChainLen > MAX_PROTOCOL_CHAIN)
            WARN( "Entry %lu has a chain of %d elements.\n", i, info->ProtocolChain.ChainLen );
        else if (wcsnlen( info->szProtocol, WSAPROTOCOL_LEN + 1 ) > WSAPROTOCOL_LEN)
            WARN( "Entry %lu has a name of more than %d characters.\n", i, WSAPROTOCOL_LEN );
        else
            continue;
        free( ret->infos );
        return WSAEINVAL;
    }
    return 0;
}

/* Makes a catalog entry of what an installer gave. It copied the structure from another entry, so its ids mean
 * nothing (§15.8.6). */
static void fill_entry( const struct registration *registration, DWORD index, DWORD id, struct catalog_entry *entry )
{
    entry->info = registration->infos[index];
    entry->info.ProviderId = registration->provider;
    entry->info.dwCatalogEntryId = id;
    entry->info.dwProviderReserved = 0;
    wcscpy( entry->path, registration->path );
}

/* Appends a provider to the catalogs first to last. An entry has the same id in both, as base entries have: a chain
 * that is installed into both by one call can name a layer that was, too. */
static int add_registration( struct catalog_edit *edit, const struct registration *registration,
                             enum catalog_kind first, enum catalog_kind last )
{
    struct catalog_entry *entries;
    enum catalog_kind kind;
    int error = 0;
    DWORD i;

    for (kind = first; kind <= last; ++kind)
    {
        if (!catalog_find_provider( catalog_edit_get( edit, kind ), &registration->provider )) continue;
        WARN( "Provider %s is already installed.\n", debugstr_guid(&registration->provider) );
        return WSANO_RECOVERY;
    }

    if (!(entries = calloc( registration->count, sizeof(*entries) ))) return WSAENOBUFS;
    for (i = 0; i < registration->count; ++i)
        fill_entry( registration, i, catalog_edit_new_id( edit ), &entries[i] );

    for (kind = first; !error && kind <= last; ++kind)
    {
        struct catalog *catalog = catalog_edit_get( edit, kind );

        if (!catalog_insert( catalog, catalog->count, entries, registration->count )) error = WSAENOBUFS;
    }
    free( entries );
    return error;
}

static int install_provider( const GUID *provider, const WCHAR *path, const WSAPROTOCOL_INFOW *infos, DWORD count,
                             enum catalog_kind first, enum catalog_kind last )
{
    struct registration registration;
    struct catalog_edit *edit;
    int error;

    if ((error = get_registration( provider, path, infos, count, &registration ))) return error;
    if (!(error = begin_edit( &edit )))
    {
        error = add_registration( edit, &registration, first, last );
        if (!error) error = catalog_edit_commit( edit );
        catalog_edit_end( edit );
    }
    free( registration.infos );
    return error;
}

/***********************************************************************
 *      WSCInstallProvider   (ws2_32.121)
 */
int WINAPI WSCInstallProvider( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *const infos, DWORD count,
                               int *error )
{
    TRACE( "provider %s, path %s, infos %p, count %lu, error %p\n", debugstr_guid(provider), debugstr_w(path),
           infos, count, error );

    return wsc_result( install_provider( provider, path, infos, count, CATALOG_NATIVE, CATALOG_NATIVE ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCInstallProvider64_32   (ws2_32.@)
 */
int WINAPI WSCInstallProvider64_32( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *const infos, DWORD count,
                                    int *error )
{
    TRACE( "provider %s, path %s, infos %p, count %lu, error %p\n", debugstr_guid(provider), debugstr_w(path),
           infos, count, error );

    return wsc_result( install_provider( provider, path, infos, count, CATALOG_NATIVE, CATALOG_32 ), error );
}
#endif

/* Removes the entries of a provider. Chains that name them are the installer's business (§10.5). */
static int remove_provider( struct catalog *catalog, const GUID *provider )
{
    unsigned int i, count = 0;

    for (i = 0; i < catalog->count; ++i)
        if (!IsEqualGUID( &catalog->entries[i].info.ProviderId, provider ))
            catalog->entries[count++] = catalog->entries[i];

    if (count == catalog->count)
    {
        WARN( "Provider %s is not installed.\n", debugstr_guid(provider) );
        return WSAEINVAL;
    }
    catalog->count = count;
    return 0;
}

static int deinstall_provider( enum catalog_kind kind, const GUID *app_provider )
{
    struct catalog_edit *edit;
    GUID provider;
    int error;

    if (!copy_from_app( &provider, app_provider, sizeof(provider) )) return WSAEFAULT;
    if ((error = begin_edit( &edit ))) return error;

    error = remove_provider( catalog_edit_get( edit, kind ), &provider );
    if (!error) error = catalog_edit_commit( edit );
    catalog_edit_end( edit );
    return error;
}

/***********************************************************************
 *      WSCDeinstallProvider   (ws2_32.99)
 */
int WINAPI WSCDeinstallProvider( GUID *provider, int *error )
{
    TRACE( "provider %s, error %p\n", debugstr_guid(provider), error );

    return wsc_result( deinstall_provider( CATALOG_NATIVE, provider ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCDeinstallProvider32   (ws2_32.@)
 */
int WINAPI WSCDeinstallProvider32( GUID *provider, int *error )
{
    TRACE( "provider %s, error %p\n", debugstr_guid(provider), error );

    return wsc_result( deinstall_provider( CATALOG_32, provider ), error );
}
#endif

/* Replaces the entries whose ids are given, in place, and the path of all entries of the provider: the path
 * belongs to the provider, and installers give one entry of several (§10.7). */
static int update_entries( struct catalog *catalog, const struct registration *registration )
{
    unsigned int i;
    DWORD j;

    for (j = 0; j < registration->count; ++j)
    {
        DWORD id = registration->infos[j].dwCatalogEntryId;
        const struct catalog_entry *entry = catalog_find_id( catalog, id );

        if (entry && IsEqualGUID( &entry->info.ProviderId, &registration->provider )) continue;
        WARN( "Provider %s has no entry %lu.\n", debugstr_guid(&registration->provider), id );
        return WSAEINVAL;
    }

    for (i = 0; i < catalog->count; ++i)
    {
        struct catalog_entry *entry = &catalog->entries[i];

        if (!IsEqualGUID( &entry->info.ProviderId, &registration->provider )) continue;
        wcscpy( entry->path, registration->path );
        for (j = 0; j < registration->count; ++j)
            if (registration->infos[j].dwCatalogEntryId == entry->info.dwCatalogEntryId)
                fill_entry( registration, j, entry->info.dwCatalogEntryId, entry );
    }
    return 0;
}

static int update_provider( enum catalog_kind kind, const GUID *provider, const WCHAR *path,
                            const WSAPROTOCOL_INFOW *infos, DWORD count )
{
    struct registration registration;
    struct catalog_edit *edit;
    int error;

    if ((error = get_registration( provider, path, infos, count, &registration )))
        return error == WSAENOBUFS ? WSA_NOT_ENOUGH_MEMORY : error;
    if (!(error = begin_edit( &edit )))
    {
        error = update_entries( catalog_edit_get( edit, kind ), &registration );
        if (!error) error = catalog_edit_commit( edit );
        catalog_edit_end( edit );
    }
    free( registration.infos );
    return error;
}

/***********************************************************************
 *      WSCUpdateProvider   (ws2_32.124)
 */
int WINAPI WSCUpdateProvider( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *const infos, DWORD count,
                              int *error )
{
    TRACE( "provider %s, path %s, infos %p, count %lu, error %p\n", debugstr_guid(provider), debugstr_w(path),
           infos, count, error );

    return wsc_result( update_provider( CATALOG_NATIVE, provider, path, infos, count ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCUpdateProvider32   (ws2_32.@)
 */
int WINAPI WSCUpdateProvider32( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *const infos, DWORD count,
                                int *error )
{
    TRACE( "provider %s, path %s, infos %p, count %lu, error %p\n", debugstr_guid(provider), debugstr_w(path),
           infos, count, error );

    return wsc_result( update_provider( CATALOG_32, provider, path, infos, count ), error );
}
#endif

/* Puts a catalog into the order of the ids, which are a permutation of its own. */
static int reorder( struct catalog *catalog, const DWORD *ids, DWORD count )
{
    struct catalog_entry *entries;
    DWORD i, j;

    if (count != catalog->count) return WSAEINVAL;
    if (!(entries = calloc( count, sizeof(*entries) ))) return WSA_NOT_ENOUGH_MEMORY;

    for (i = 0; i < count; ++i)
    {
        const struct catalog_entry *entry = catalog_find_id( catalog, ids[i] );

        for (j = 0; entry && j < i; ++j)
            if (ids[j] == ids[i]) entry = NULL;
        if (!entry)
        {
            WARN( "Id %lu is not in the catalog, or there twice.\n", ids[i] );
            free( entries );
            return WSAEINVAL;
        }
        entries[i] = *entry;
    }
    free( catalog->entries );
    catalog->entries = entries;
    return 0;
}

/* Returns the error itself, as the functions that use it do (§10.9). */
static int write_provider_order( enum catalog_kind kind, const DWORD *app_ids, DWORD count )
{
    struct catalog_edit *edit;
    DWORD *ids;
    int error;

    if (!count) return WSAEINVAL;
    if (!(ids = calloc( count, sizeof(*ids) ))) return WSA_NOT_ENOUGH_MEMORY;
    if (!copy_from_app( ids, app_ids, count * sizeof(*ids) )) error = WSAEINVAL;
    else if (!(error = begin_edit( &edit )))
    {
        error = reorder( catalog_edit_get( edit, kind ), ids, count );
        if (!error) error = catalog_edit_commit( edit );
        catalog_edit_end( edit );
    }
    free( ids );
    TRACE( "returning error %d\n", error );
    return error;
}

/***********************************************************************
 *      WSCWriteProviderOrder   (ws2_32.126)
 */
int WINAPI WSCWriteProviderOrder( DWORD *ids, DWORD count )
{
    TRACE( "ids %p, count %lu\n", ids, count );

    return write_provider_order( CATALOG_NATIVE, ids, count );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCWriteProviderOrder32   (ws2_32.@)
 */
int WINAPI WSCWriteProviderOrder32( DWORD *ids, DWORD count )
{
    TRACE( "ids %p, count %lu\n", ids, count );

    return write_provider_order( CATALOG_32, ids, count );
}
#endif
