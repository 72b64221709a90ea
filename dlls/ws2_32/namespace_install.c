/*
 * Name-space catalog: installing, removing, enabling and ordering providers
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
#include "namespace.h"

/* Name look-ups stay with Wine's own Winsock, which consults no provider of the catalog: what is installed here is
 * listed, and nothing more. */

/* The result of a function that reports through the last error. */
static int ns_result( int error )
{
    TRACE( "returning error %d\n", error );
    if (!error) return 0;
    SetLastError( error );
    return SOCKET_ERROR;
}

/* Only WSCInstallNameSpace has a code of its own for missing rights, and only WSCWriteNameSpaceOrder has one for
 * another writer that does not finish; for the rest they are WSANO_RECOVERY (§16, C-10). */
static int code_of( int error, int own_code )
{
    return (error == WSAEACCES || error == WSATRY_AGAIN) && error != own_code ? WSANO_RECOVERY : error;
}

/* Copies the blob of an installer; the caller frees provider->info. Returns 0, WSAEINVAL or WSA_NOT_ENOUGH_MEMORY. */
static int get_info( const BLOB *app_blob, struct namespace_provider *provider )
{
    BLOB blob;

    if (!app_blob) return 0;
    if (!copy_from_app( &blob, app_blob, sizeof(blob) ) || blob.cbSize > NAMESPACE_INFO_SIZE) return WSAEINVAL;
    if (!blob.cbSize) return 0;
    if (!(provider->info = malloc( blob.cbSize ))) return WSA_NOT_ENOUGH_MEMORY;
    provider->info_size = blob.cbSize;
    return copy_from_app( provider->info, blob.pBlobData, blob.cbSize ) ? 0 : WSAEINVAL;
}

/* Adds a provider, whose info the catalog takes over if it gets so far. No page names a code for a GUID that is there
 * already: it is the argument that is wrong. */
static int add_provider( enum catalog_kind kind, struct namespace_provider *provider )
{
    struct namespace_catalog *catalog;
    struct namespace_edit *edit;
    int error;

    if ((error = namespace_edit_begin( &edit ))) return error;

    catalog = namespace_edit_get( edit, kind );
    if (namespace_find( catalog, &provider->id ))
    {
        WARN( "Provider %s is already installed.\n", debugstr_guid(&provider->id) );
        error = WSAEINVAL;
    }
    else if (!namespace_add( catalog, provider )) error = WSA_NOT_ENOUGH_MEMORY;
    else
    {
        provider->info = NULL;
        error = namespace_edit_commit( edit );
    }
    namespace_edit_end( edit );
    return error;
}

/* The pages have no WSAEFAULT for the installing functions: a pointer that cannot be read is WSAEINVAL. */
static int install_namespace( enum catalog_kind kind, const WCHAR *name, const WCHAR *path, DWORD name_space,
                              DWORD version, const GUID *id, const BLOB *blob )
{
    struct namespace_provider provider = {.name_space = name_space, .version = version, .enabled = TRUE};
    int error;

    if (!copy_from_app( &provider.id, id, sizeof(*id) ) ||
        copy_string_from_app( provider.name, name, ARRAY_SIZE(provider.name) ) ||
        copy_string_from_app( provider.path, path, ARRAY_SIZE(provider.path) ))
        return ns_result( WSAEINVAL );

    if (!(error = get_info( blob, &provider ))) error = code_of( add_provider( kind, &provider ), WSAEACCES );
    free( provider.info );
    return ns_result( error );
}

/***********************************************************************
 *      WSCInstallNameSpace   (ws2_32.120)
 */
int WINAPI WSCInstallNameSpace( WCHAR *name, WCHAR *path, DWORD name_space, DWORD version, GUID *provider )
{
    TRACE( "name %s, path %s, name_space %lu, version %lu, provider %s\n", debugstr_w(name), debugstr_w(path),
           name_space, version, debugstr_guid(provider) );

    return install_namespace( CATALOG_NATIVE, name, path, name_space, version, provider, NULL );
}

/***********************************************************************
 *      WSCInstallNameSpaceEx   (ws2_32.@)
 */
int WINAPI WSCInstallNameSpaceEx( WCHAR *name, WCHAR *path, DWORD name_space, DWORD version, GUID *provider,
                                  BLOB *blob )
{
    TRACE( "name %s, path %s, name_space %lu, version %lu, provider %s, blob %p\n", debugstr_w(name),
           debugstr_w(path), name_space, version, debugstr_guid(provider), blob );

    return install_namespace( CATALOG_NATIVE, name, path, name_space, version, provider, blob );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCInstallNameSpace32   (ws2_32.@)
 */
int WINAPI WSCInstallNameSpace32( WCHAR *name, WCHAR *path, DWORD name_space, DWORD version, GUID *provider )
{
    TRACE( "name %s, path %s, name_space %lu, version %lu, provider %s\n", debugstr_w(name), debugstr_w(path),
           name_space, version, debugstr_guid(provider) );

    return install_namespace( CATALOG_32, name, path, name_space, version, provider, NULL );
}

/***********************************************************************
 *      WSCInstallNameSpaceEx32   (ws2_32.@)
 */
int WINAPI WSCInstallNameSpaceEx32( WCHAR *name, WCHAR *path, DWORD name_space, DWORD version, GUID *provider,
                                    BLOB *blob )
{
    TRACE( "name %s, path %s, name_space %lu, version %lu, provider %s, blob %p\n", debugstr_w(name),
           debugstr_w(path), name_space, version, debugstr_guid(provider), blob );

    return install_namespace( CATALOG_32, name, path, name_space, version, provider, blob );
}
#endif

/* --- changing one provider --- */

enum change
{
    CHANGE_REMOVE,
    CHANGE_ENABLE,
    CHANGE_DISABLE,
};

static void apply_change( struct namespace_catalog *catalog, struct namespace_provider *provider, enum change change )
{
    unsigned int behind = catalog->providers + catalog->count - (provider + 1);

    if (change == CHANGE_REMOVE)
    {
        free( provider->info );
        memmove( provider, provider + 1, behind * sizeof(*provider) );
        --catalog->count;
    }
    else provider->enabled = change == CHANGE_ENABLE;
}

static int change_provider( enum catalog_kind kind, const GUID *app_id, enum change change )
{
    struct namespace_provider *provider;
    struct namespace_catalog *catalog;
    struct namespace_edit *edit;
    GUID id;
    int error;

    if (!copy_from_app( &id, app_id, sizeof(id) )) return ns_result( WSAEFAULT );
    if ((error = namespace_edit_begin( &edit ))) return ns_result( code_of( error, 0 ) );

    catalog = namespace_edit_get( edit, kind );
    if ((provider = namespace_find( catalog, &id )))
    {
        apply_change( catalog, provider, change );
        error = namespace_edit_commit( edit );
    }
    else
    {
        WARN( "Provider %s is not installed.\n", debugstr_guid(&id) );
        error = WSAEINVAL;
    }
    namespace_edit_end( edit );
    return ns_result( code_of( error, 0 ) );
}

/***********************************************************************
 *      WSCUnInstallNameSpace   (ws2_32.123)
 */
int WINAPI WSCUnInstallNameSpace( GUID *provider )
{
    TRACE( "provider %s\n", debugstr_guid(provider) );

    return change_provider( CATALOG_NATIVE, provider, CHANGE_REMOVE );
}

/***********************************************************************
 *      WSCEnableNSProvider   (ws2_32.100)
 */
int WINAPI WSCEnableNSProvider( GUID *provider, BOOL enable )
{
    TRACE( "provider %s, enable %d\n", debugstr_guid(provider), enable );

    return change_provider( CATALOG_NATIVE, provider, enable ? CHANGE_ENABLE : CHANGE_DISABLE );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCUnInstallNameSpace32   (ws2_32.@)
 */
int WINAPI WSCUnInstallNameSpace32( GUID *provider )
{
    TRACE( "provider %s\n", debugstr_guid(provider) );

    return change_provider( CATALOG_32, provider, CHANGE_REMOVE );
}

/***********************************************************************
 *      WSCEnableNSProvider32   (ws2_32.@)
 */
int WINAPI WSCEnableNSProvider32( GUID *provider, BOOL enable )
{
    TRACE( "provider %s, enable %d\n", debugstr_guid(provider), enable );

    return change_provider( CATALOG_32, provider, enable ? CHANGE_ENABLE : CHANGE_DISABLE );
}
#endif

/* --- the order --- */

/* Puts a catalog into the order of the GUIDs, which are a permutation of its own. */
static int reorder( struct namespace_catalog *catalog, const GUID *ids, DWORD count )
{
    struct namespace_provider *providers;
    DWORD i, j;

    if (count != catalog->count) return WSAEINVAL;
    if (!(providers = calloc( count, sizeof(*providers) ))) return WSA_NOT_ENOUGH_MEMORY;

    for (i = 0; i < count; ++i)
    {
        const struct namespace_provider *provider = namespace_find( catalog, &ids[i] );

        for (j = 0; provider && j < i; ++j)
            if (IsEqualGUID( &ids[j], &ids[i] )) provider = NULL;
        if (!provider)
        {
            WARN( "Provider %s is not in the catalog, or given twice.\n", debugstr_guid(&ids[i]) );
            free( providers );
            return WSAEINVAL;
        }
        providers[i] = *provider;
    }
    free( catalog->providers );
    catalog->providers = providers;
    return 0;
}

/* Returns the error itself, as the functions that use it do (§12). */
static int write_order( enum catalog_kind kind, const GUID *app_ids, DWORD count )
{
    struct namespace_edit *edit;
    GUID *ids;
    int error;

    if (!count) return WSAEINVAL;
    if (!(ids = calloc( count, sizeof(*ids) ))) return WSA_NOT_ENOUGH_MEMORY;
    if (!copy_from_app( ids, app_ids, count * sizeof(*ids) )) error = WSAEFAULT;
    else if (!(error = namespace_edit_begin( &edit )))
    {
        error = reorder( namespace_edit_get( edit, kind ), ids, count );
        if (!error) error = namespace_edit_commit( edit );
        namespace_edit_end( edit );
    }
    free( ids );
    TRACE( "returning error %d\n", error );
    return code_of( error, WSATRY_AGAIN );
}

/***********************************************************************
 *      WSCWriteNameSpaceOrder   (ws2_32.125)
 */
int WINAPI WSCWriteNameSpaceOrder( GUID *providers, DWORD count )
{
    TRACE( "providers %p, count %lu\n", providers, count );

    return write_order( CATALOG_NATIVE, providers, count );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCWriteNameSpaceOrder32   (ws2_32.@)
 */
int WINAPI WSCWriteNameSpaceOrder32( GUID *providers, DWORD count )
{
    TRACE( "providers %p, count %lu\n", providers, count );

    return write_order( CATALOG_32, providers, count );
}
#endif
