/*
 * Our place in a chain, and the layer below
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

static SRWLOCK layers_lock = SRWLOCK_INIT;  /* guards the list; held for look-ups only */
static struct layer *layers;

struct catalog
{
    WSAPROTOCOL_INFOW *entries;
    int count;
};

/* Where we are in a chain. */
struct place
{
    const WSAPROTOCOL_INFOW *own;
    const WSAPROTOCOL_INFOW *lower;
};

/* The catalog may grow between the call that tells its size and the one that reads it. */
static int read_catalog( struct catalog *catalog )
{
    DWORD size = 0;
    int error;

    catalog->entries = NULL;
    while ((catalog->count = WSCEnumProtocols( NULL, catalog->entries, &size, &error )) == SOCKET_ERROR)
    {
        free( catalog->entries );
        if (error != WSAENOBUFS) return error;
        if (!(catalog->entries = malloc( size ))) return WSA_NOT_ENOUGH_MEMORY;
    }
    return 0;
}

static const WSAPROTOCOL_INFOW *find_id( const struct catalog *catalog, DWORD id )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
        if (catalog->entries[i].dwCatalogEntryId == id) return &catalog->entries[i];
    return NULL;
}

static const WSAPROTOCOL_INFOW *find_provider( const struct catalog *catalog, const GUID *guid )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
        if (IsEqualGUID( &catalog->entries[i].ProviderId, guid )) return &catalog->entries[i];
    return NULL;
}

/* A chain belongs to the layer whose own entry is its first element. */
static BOOL is_our_chain( const WSAPROTOCOL_INFOW *entry, DWORD our_id )
{
    return entry && entry->ProtocolChain.ChainLen > 1 && entry->ProtocolChain.ChainEntries[0] == our_id;
}

static const WSAPROTOCOL_INFOW *find_our_chain_over( const struct catalog *catalog, DWORD our_id, DWORD base_id )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOLCHAIN *chain = &catalog->entries[i].ProtocolChain;

        if (!is_our_chain( &catalog->entries[i], our_id )) continue;
        if (chain->ChainEntries[chain->ChainLen - 1] == base_id) return &catalog->entries[i];
    }
    return NULL;
}

/* Either the chain is one of ours, and we are at its top; or it is that of a layer above us, which names us by the
 * id of our own entry or by that of one of our chains, since installers do both. */
static BOOL find_place( const struct catalog *catalog, const WSAPROTOCOL_INFOW *info, struct place *place )
{
    const WSAPROTOCOL_INFOW *own_entry = find_provider( catalog, &tracelsp_guid );
    const WSAPROTOCOLCHAIN *chain = &info->ProtocolChain;
    DWORD our_id;
    int i = 0;

    if (!own_entry) return FALSE;
    our_id = own_entry->dwCatalogEntryId;

    place->own = find_id( catalog, info->dwCatalogEntryId );
    if (!is_our_chain( place->own, our_id )) place->own = find_provider( catalog, &info->ProviderId );
    if (is_our_chain( place->own, our_id ))
        chain = &place->own->ProtocolChain;
    else if (chain->ChainLen > MAX_PROTOCOL_CHAIN)
        return FALSE;
    else
    {
        place->own = NULL;
        for (i = 0; i < chain->ChainLen; ++i)
        {
            const WSAPROTOCOL_INFOW *entry = find_id( catalog, chain->ChainEntries[i] );

            if (entry == own_entry)
                place->own = find_our_chain_over( catalog, our_id, chain->ChainEntries[chain->ChainLen - 1] );
            else if (is_our_chain( entry, our_id ))
                place->own = entry;
            if (place->own) break;
        }
    }

    if (!place->own || i + 1 >= chain->ChainLen) return FALSE;
    place->lower = find_id( catalog, chain->ChainEntries[i + 1] );
    return place->lower && place->lower != own_entry && !is_our_chain( place->lower, our_id );
}

static BOOL is_complete_table( const WSPPROC_TABLE *procs )
{
    void *const *slots = (void *const *)procs;
    unsigned int i;

    for (i = 0; i < sizeof(*procs) / sizeof(*slots); ++i)
        if (!slots[i]) return FALSE;
    return TRUE;
}

/* Loads the DLL below us and finds its WSPStartup(); NULL with *error set when that is impossible. */
static LPWSPSTARTUP load_lower( struct layer *layer, int *error )
{
    WCHAR path[MAX_PATH], expanded[MAX_PATH];
    int len = MAX_PATH;
    DWORD size;

    if (WSCGetProviderPath( &layer->lower_entry.ProviderId, path, &len, error )) return NULL;
    *error = WSAEPROVIDERFAILEDINIT;
    size = ExpandEnvironmentStringsW( path, expanded, MAX_PATH );
    if (!size || size > MAX_PATH) return NULL;
    if (!(layer->module = LoadLibraryW( expanded ))) return NULL;
    return (LPWSPSTARTUP)(void *)GetProcAddress( layer->module, "WSPStartup" );
}

static int start_lower( struct layer *layer, const WSAPROTOCOL_INFOW *info )
{
    WSAPROTOCOL_INFOW lower_info = layer_lower_info( layer, info );
    LPWSPSTARTUP startup;
    WSPDATA data;
    int error, ignored;

    if (!(startup = load_lower( layer, &error ))) return error;
    if ((error = startup( MAKEWORD( 2, 2 ), &data, &lower_info, upcalls, &layer->lower ))) return error;
    if (is_complete_table( &layer->lower )) return 0;
    if (layer->lower.lpWSPCleanup) layer->lower.lpWSPCleanup( &ignored );
    return WSAEINVALIDPROCTABLE;
}

void layer_acquire( struct layer *layer )
{
    InterlockedIncrement( &layer->refs );
}

void layer_release( struct layer *layer )
{
    if (InterlockedDecrement( &layer->refs )) return;
    if (layer->module) FreeLibrary( layer->module );
    free( layer );
}

static struct layer *find_layer( DWORD given_id )
{
    struct layer *layer;

    AcquireSRWLockShared( &layers_lock );
    for (layer = layers; layer; layer = layer->next)
        if (layer->given_id == given_id) break;
    if (layer) layer_acquire( layer );
    ReleaseSRWLockShared( &layers_lock );
    return layer;
}

static int layer_start( const WSAPROTOCOL_INFOW *info, struct layer **ret )
{
    struct catalog catalog;
    struct place place;
    struct layer *layer;
    int error;

    if ((error = read_catalog( &catalog ))) return error;
    if ((layer = calloc( 1, sizeof(*layer) ))) layer->refs = 1;
    if (!layer)
        error = WSA_NOT_ENOUGH_MEMORY;
    else if (!find_place( &catalog, info, &place ))
        error = WSAEINVAL;
    else
    {
        layer->given_id = info->dwCatalogEntryId;
        layer->own_entry = *place.own;
        layer->lower_entry = *place.lower;
        layer->is_ifs = !!(place.own->dwServiceFlags1 & XP1_IFS_HANDLES);
        error = start_lower( layer, info );
    }
    free( catalog.entries );

    if (!error)
    {
        AcquireSRWLockExclusive( &layers_lock );
        layer->next = layers;
        layers = layer;
        layer_acquire( layer );
        ReleaseSRWLockExclusive( &layers_lock );
        *ret = layer;
    }
    else if (layer) layer_release( layer );
    return error;
}

int layer_get( const WSAPROTOCOL_INFOW *info, struct layer **ret )
{
    int error = 0;

    if (!info) return WSAEINVAL;
    if ((*ret = find_layer( info->dwCatalogEntryId ))) return 0;

    EnterCriticalSection( &start_lock );
    if (!(*ret = find_layer( info->dwCatalogEntryId ))) error = layer_start( info, ret );
    LeaveCriticalSection( &start_lock );
    return error;
}

/* dwProviderReserved belongs to a socket that another process has duplicated for us. */
WSAPROTOCOL_INFOW layer_lower_info( const struct layer *layer, const WSAPROTOCOL_INFOW *info )
{
    WSAPROTOCOL_INFOW ret = *info;

    if (layer->lower_entry.ProtocolChain.ChainLen == BASE_PROTOCOL)
    {
        ret = layer->lower_entry;
        ret.dwProviderReserved = info->dwProviderReserved;
    }
    return ret;
}

void layers_stop(void)
{
    struct layer *layer, *next;
    int ignored;

    AcquireSRWLockExclusive( &layers_lock );
    layer = layers;
    layers = NULL;
    ReleaseSRWLockExclusive( &layers_lock );

    for (; layer; layer = next)
    {
        next = layer->next;
        layer->lower.lpWSPCleanup( &ignored );
        layer_release( layer );
    }
}
