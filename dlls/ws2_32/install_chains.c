/*
 * Transport catalog: installing layered providers with their chains
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

#define _CRT_RAND_S
#include "ws2_32_private.h"
#include "app_memory.h"
#include "install.h"

/* What WSCInstallProviderAndChains(64_32) is asked for. */
struct request
{
    GUID provider;
    WCHAR name[WSAPROTOCOL_LEN + 1];
    WCHAR path[MAX_PATH];
    WCHAR path32[MAX_PATH];
    DWORD ifs_flag;             /* XP1_IFS_HANDLES or 0 */
    WSAPROTOCOL_INFOW *infos;   /* of the triples to layer over; NULL: over the base entries */
    DWORD count;
};

/* Entries that are about to be installed: the layer's own, and its chains. */
struct layer
{
    unsigned int count;
    struct catalog_entry *entries;
};

static BOOL same_triple( const WSAPROTOCOL_INFOW *a, const WSAPROTOCOL_INFOW *b )
{
    return a->iAddressFamily == b->iAddressFamily && a->iSocketType == b->iSocketType &&
           a->iProtocol == b->iProtocol;
}

/* A version 4 GUID, as UuidCreate() makes them. */
static BOOL make_guid( GUID *guid )
{
    unsigned int i, random[sizeof(*guid) / sizeof(unsigned int)];

    for (i = 0; i < ARRAY_SIZE(random); ++i)
        if (rand_s( &random[i] )) return FALSE;
    memcpy( guid, random, sizeof(*guid) );
    guid->Data3 = (guid->Data3 & 0x0fff) | 0x4000;
    guid->Data4[0] = (guid->Data4[0] & 0x3f) | 0x80;
    return TRUE;
}

static void truncate_name( WCHAR *name, size_t size )
{
    if (IS_HIGH_SURROGATE( name[size - 2] )) --size;
    name[size - 1] = 0;
}

/* "NAME over [lower name]", as far as there is room. */
static void make_chain_name( const WCHAR *name, const WCHAR *lower, WCHAR ret[WSAPROTOCOL_LEN + 1] )
{
    WCHAR buffer[2 * (WSAPROTOCOL_LEN + 1) + 16];

    swprintf( buffer, ARRAY_SIZE(buffer), L"%ls over [%ls]", name, lower );
    if (wcslen( buffer ) > WSAPROTOCOL_LEN) truncate_name( buffer, WSAPROTOCOL_LEN + 1 );
    wcscpy( ret, buffer );
}

static BOOL has_triple( const struct catalog_entry **entries, unsigned int count, const WSAPROTOCOL_INFOW *info )
{
    unsigned int i;

    for (i = 0; i < count; ++i)
        if (same_triple( &entries[i]->info, info )) return TRUE;
    return FALSE;
}

/* The base entries, the first of each triple. lowers has room for all entries. */
static int find_base_lowers( const struct catalog *catalog, const struct catalog_entry **lowers,
                             unsigned int *count )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen == BASE_PROTOCOL && !has_triple( lowers, *count, info ))
            lowers[(*count)++] = &catalog->entries[i];
    }
    return *count ? 0 : WSANO_RECOVERY;
}

/* An IFS layer hands the handles of the kernel on, so that it cannot be above a layer that makes its own (§9). */
static BOOL can_be_above( const struct request *request, const WSAPROTOCOL_INFOW *info )
{
    return !request->ifs_flag || info->ProtocolChain.ChainLen == BASE_PROTOCOL ||
           (info->dwServiceFlags1 & XP1_IFS_HANDLES);
}

/* The first entry for a triple that the layer can be above. A layer's own entry is none, nor is a chain that has lost
 * an element: it would leave ours as useless. A chain that is passed over stays as it is, like all chains of others:
 * an installer that wants the new layer below it updates it afterwards (§15.8.4). */
static const struct catalog_entry *find_topmost( const struct catalog *catalog, const struct request *request,
                                                 const WSAPROTOCOL_INFOW *triple )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const struct catalog_entry *entry = &catalog->entries[i];

        if (!same_triple( &entry->info, triple ) || !catalog_entry_is_usable( catalog, entry )) continue;
        if (can_be_above( request, &entry->info )) return entry;
        WARN( "Entry %lu is not IFS, the new layer goes past it.\n", entry->info.dwCatalogEntryId );
    }
    return NULL;
}

static int find_listed_lowers( const struct catalog *catalog, const struct request *request,
                               const struct catalog_entry **lowers, unsigned int *count )
{
    const struct catalog_entry *lower;
    DWORD i;

    for (i = 0; i < request->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &request->infos[i];

        if (has_triple( lowers, *count, info )) continue;
        if (!(lower = find_topmost( catalog, request, info )))
        {
            WARN( "No entry for family %d, type %d, protocol %d.\n", info->iAddressFamily, info->iSocketType,
                  info->iProtocol );
            return WSAEINVAL;
        }
        lowers[(*count)++] = lower;
    }
    return 0;
}

/* The layer's own entry. What it cannot know itself it has from the first entry that it is layered over, as
 * installers do (§15.8.2). */
static void make_layer_entry( const struct request *request, const struct catalog_entry *lower, DWORD id,
                              struct catalog_entry *entry )
{
    WSAPROTOCOL_INFOW *info = &entry->info;

    *info = lower->info;
    info->dwServiceFlags1 = (info->dwServiceFlags1 & ~XP1_IFS_HANDLES) | request->ifs_flag;
    info->dwProviderFlags = (info->dwProviderFlags & ~PFL_MATCHES_PROTOCOL_ZERO) | PFL_HIDDEN;
    info->ProviderId = request->provider;
    info->dwCatalogEntryId = id;
    memset( &info->ProtocolChain, 0, sizeof(info->ProtocolChain) );
    info->ProtocolChain.ChainLen = LAYERED_PROTOCOL;
    info->iSocketType = 0;
    info->iProtocol = 0;
    info->iProtocolMaxOffset = 0;
    wcscpy( info->szProtocol, request->name );
}

/* A chain of a layer over another entry; its id and GUID are not set. Over a chain, that chain's elements follow. */
static int make_chain( const struct request *request, DWORD layer_id, const struct catalog_entry *lower,
                       struct catalog_entry *entry )
{
    WSAPROTOCOL_INFOW *info = &entry->info;
    const WSAPROTOCOLCHAIN *below = &lower->info.ProtocolChain;
    WSAPROTOCOLCHAIN *chain = &info->ProtocolChain;

    if (below->ChainLen >= MAX_PROTOCOL_CHAIN)
    {
        WARN( "The chain of entry %lu is full.\n", lower->info.dwCatalogEntryId );
        return WSANO_RECOVERY;
    }

    *info = lower->info;
    info->dwServiceFlags1 = (info->dwServiceFlags1 & ~XP1_IFS_HANDLES) | request->ifs_flag;
    memset( chain, 0, sizeof(*chain) );
    chain->ChainLen = below->ChainLen + 1;
    chain->ChainEntries[0] = layer_id;
    if (below->ChainLen == BASE_PROTOCOL) chain->ChainEntries[1] = lower->info.dwCatalogEntryId;
    else memcpy( chain->ChainEntries + 1, below->ChainEntries, below->ChainLen * sizeof(DWORD) );
    make_chain_name( request->name, lower->info.szProtocol, info->szProtocol );
    return 0;
}

/* A chain has one id and one GUID in both catalogs, if the other one (twin) has a chain for the same triple. */
static BOOL identify_chain( struct catalog_edit *edit, const struct layer *twin, WSAPROTOCOL_INFOW *info )
{
    unsigned int i;

    for (i = 1; twin && i < twin->count; ++i)
    {
        if (!same_triple( &twin->entries[i].info, info )) continue;
        info->ProviderId = twin->entries[i].info.ProviderId;
        info->dwCatalogEntryId = twin->entries[i].info.dwCatalogEntryId;
        return TRUE;
    }
    info->dwCatalogEntryId = catalog_edit_new_id( edit );
    return make_guid( &info->ProviderId );
}

/* Makes the entries of a layer over those in lowers, with its own first. */
static int make_entries( struct catalog_edit *edit, const struct request *request, const WCHAR *path,
                         const struct catalog_entry **lowers, const struct layer *twin, struct layer *layer )
{
    DWORD layer_id = twin ? twin->entries[0].info.dwCatalogEntryId : catalog_edit_new_id( edit );
    unsigned int i;
    int error;

    make_layer_entry( request, lowers[0], layer_id, &layer->entries[0] );
    wcscpy( layer->entries[0].path, path );
    for (i = 1; i < layer->count; ++i)
    {
        struct catalog_entry *entry = &layer->entries[i];

        if ((error = make_chain( request, layer_id, lowers[i - 1], entry ))) return error;
        if (!identify_chain( edit, twin, &entry->info )) return WSASYSCALLFAILURE;
        wcscpy( entry->path, path );
    }
    return 0;
}

/* Adds a layer at the head of a catalog; the caller frees layer->entries, also after an error. */
static int add_layer( struct catalog_edit *edit, enum catalog_kind kind, const struct request *request,
                      const WCHAR *path, const struct layer *twin, struct layer *layer )
{
    struct catalog *catalog = catalog_edit_get( edit, kind );
    const struct catalog_entry **lowers;
    unsigned int i, count = 0;
    int error;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (!IsEqualGUID( &info->ProviderId, &request->provider ) && wcscmp( info->szProtocol, request->name ))
            continue;
        WARN( "Entry %lu has this GUID or name.\n", info->dwCatalogEntryId );
        return WSAEINVAL;
    }

    if (!(lowers = calloc( catalog->count + 1, sizeof(*lowers) ))) return WSAENOBUFS;
    if (request->infos) error = find_listed_lowers( catalog, request, lowers, &count );
    else error = find_base_lowers( catalog, lowers, &count );

    layer->count = count + 1;
    if (!error && !(layer->entries = calloc( layer->count, sizeof(*layer->entries) ))) error = WSAENOBUFS;
    if (!error) error = make_entries( edit, request, path, lowers, twin, layer );
    if (!error && !catalog_insert( catalog, 0, layer->entries, layer->count )) error = WSAENOBUFS;
    free( lowers );
    return error;
}

/* With both, the layer goes into the catalog of 32-bit processes, too. */
static int install_layer( const struct request *request, BOOL both, DWORD *ret_id )
{
    struct layer layer = {0}, layer32 = {0};
    struct catalog_edit *edit;
    int error;

    if ((error = check_provider_file( CATALOG_NATIVE, request->path ))) return error;
    if (both && (error = check_provider_file( CATALOG_32, request->path32 ))) return error;
    if ((error = catalog_edit_begin( &edit ))) return error;

    error = add_layer( edit, CATALOG_NATIVE, request, request->path, NULL, &layer );
    if (!error && both) error = add_layer( edit, CATALOG_32, request, request->path32, &layer, &layer32 );
    if (!error && ret_id && !copy_to_app( ret_id, &layer.entries[0].info.dwCatalogEntryId, sizeof(*ret_id) ))
        error = WSAEFAULT;
    if (!error) error = catalog_edit_commit( edit );

    catalog_edit_end( edit );
    free( layer.entries );
    free( layer32.entries );
    return error;
}

/* WSAEINVAL for the NULL pointers that the documentation names, WSAEFAULT for other bad ones (§10.3). */
static int get_request( const GUID *provider, const WCHAR *path, const WCHAR *name, DWORD flags,
                        const WSAPROTOCOL_INFOW *infos, DWORD count, struct request *ret )
{
    int error;

    if (!provider || !path || !name) return WSAEINVAL;
    if (!copy_from_app( &ret->provider, provider, sizeof(*provider) )) return WSAEFAULT;
    if ((error = copy_provider_path( ret->path, path ))) return error;
    if ((error = copy_string_from_app( ret->name, name, ARRAY_SIZE(ret->name) ))) return error;
    if (flags & ~XP1_IFS_HANDLES) WARN( "Ignoring service flags %#lx.\n", flags & ~XP1_IFS_HANDLES );

    ret->ifs_flag = flags & XP1_IFS_HANDLES;
    ret->count = count;
    ret->infos = NULL;
    return infos ? copy_infos( infos, count, &ret->infos ) : 0;
}

/***********************************************************************
 *      WSCInstallProviderAndChains   (ws2_32.@)
 */
int WINAPI WSCInstallProviderAndChains( GUID *const provider, WCHAR *const path, WCHAR *const name, DWORD flags,
                                        WSAPROTOCOL_INFOW *const infos, DWORD count, DWORD *id, int *ret_error )
{
    struct request request;
    int error;

    TRACE( "provider %s, path %s, name %s, flags %#lx, infos %p, count %lu, id %p, error %p\n",
           debugstr_guid(provider), debugstr_w(path), debugstr_w(name), flags, infos, count, id, ret_error );

    if (!(error = get_request( provider, path, name, flags, infos, count, &request )))
    {
        error = install_layer( &request, FALSE, id );
        free( request.infos );
    }
    return wsc_result( error, ret_error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCInstallProviderAndChains64_32   (ws2_32.@)
 */
int WINAPI WSCInstallProviderAndChains64_32( GUID *const provider, WCHAR *const path, WCHAR *const path32,
                                             WCHAR *const name, DWORD flags, WSAPROTOCOL_INFOW *const infos,
                                             DWORD count, DWORD *id, int *ret_error )
{
    struct request request;
    int error;

    TRACE( "provider %s, path %s, path32 %s, name %s, flags %#lx, infos %p, count %lu, id %p, error %p\n",
           debugstr_guid(provider), debugstr_w(path), debugstr_w(path32), debugstr_w(name), flags, infos,
           count, id, ret_error );

    if (!(error = get_request( provider, path, name, flags, infos, count, &request )))
    {
        if (path32) error = copy_provider_path( request.path32, path32 );
        else if (is_redirected_path( request.path )) wcscpy( request.path32, request.path );
        else error = WSAEINVAL;
        if (!error) error = install_layer( &request, TRUE, id );
        free( request.infos );
    }
    return wsc_result( error, ret_error );
}
#endif
