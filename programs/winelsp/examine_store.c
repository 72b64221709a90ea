/*
 * Administration of layered providers: what is wrong with a catalog
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

#include "winelsp.h"
#include "examine.h"

struct item
{
    struct packed_entry entry;
    WCHAR path[MAX_PATH];
    BOOL removed;
};

/* One of the catalogs. The items are the first keys below Catalog_Entries, with the same index. */
struct examination
{
    enum catalog_store store;
    struct reg_key *entries;
    unsigned int count;
    struct item *items;
    struct report *report;
};

static const WCHAR *store_name( const struct examination *ex )
{
    return stores[ex->store].name;
}

static const WSAPROTOCOL_INFOW *get_info( const struct examination *ex, unsigned int i )
{
    return &ex->items[i].entry.info;
}

/* An item that is not removed; ex->count if there is none. */
static unsigned int find_item( const struct examination *ex, DWORD id )
{
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
        if (!ex->items[i].removed && get_info( ex, i )->dwCatalogEntryId == id) break;
    return i;
}

static void remove_item( struct examination *ex, unsigned int i, const WCHAR *reason )
{
    const WSAPROTOCOL_INFOW *info = get_info( ex, i );
    WCHAR guid[GUID_CHARS];

    ex->items[i].removed = TRUE;
    add_problem( ex->report, REMEDY_REMOVE, L"%ls: %lu, %ls '%ls', %ls: %ls", store_name( ex ),
                 info->dwCatalogEntryId, info_kind( info ), info->szProtocol, guid_string( &info->ProviderId, guid ),
                 reason );
}

/* What is no entry goes, since ws2_32 does not use it either. */
static void load_items( struct examination *ex )
{
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        struct item *item = &ex->items[i];
        const char *reason = parse_entry_key( &ex->entries->keys[i], &item->entry );

        if (!reason && !packed_path( &item->entry, item->path )) reason = "its path is not of the ANSI code page";
        if (!reason && find_item( ex, item->entry.info.dwCatalogEntryId ) < ex->count)
            reason = REASON_ID_TAKEN;
        if (!reason) item->removed = FALSE;
        else add_problem( ex->report, REMEDY_REMOVE, L"%ls: the key %ls is no entry: %hs", store_name( ex ),
                          ex->entries->keys[i].name, reason );
    }
}

/* The names of the keys are the order of the catalog. Before something else is removed than what is no entry. */
static void examine_names( struct examination *ex )
{
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        swprintf( name, ARRAYSIZE(name), L"%012u", i + 1 );
        if (ex->items[i].removed || !wcscmp( ex->entries->keys[i].name, name )) continue;
        add_problem( ex->report, REMEDY_RENUMBER, L"%ls: the key '%ls' should have the name %ls", store_name( ex ),
                     ex->entries->keys[i].name, name );
        break;
    }
}

/* A provider is one DLL, and layers do not pass for a base. */
static void examine_guids( struct examination *ex )
{
    unsigned int i, j;

    for (i = 0; i < ex->count; ++i)
    {
        for (j = 0; j < i && !ex->items[i].removed; ++j)
        {
            BOOL base_i = get_info( ex, i )->ProtocolChain.ChainLen == BASE_PROTOCOL;
            BOOL base_j = get_info( ex, j )->ProtocolChain.ChainLen == BASE_PROTOCOL;

            if (ex->items[j].removed || !IsEqualGUID( &get_info( ex, i )->ProviderId, &get_info( ex, j )->ProviderId ))
                continue;
            if (base_i != base_j) remove_item( ex, base_i ? j : i, L"it has the GUID of a base entry" );
            else if (_wcsicmp( ex->items[i].path, ex->items[j].path ))
                remove_item( ex, i, L"an entry before it has its GUID, and another DLL" );
        }
    }
}

/* All entries with the DLL go, but no base entry: without them there is no network. */
static void examine_dll( struct examination *ex, unsigned int first )
{
    const WCHAR *path = ex->items[first].path, *problem = dll_problem( path, ex->store, PROVIDER_EXPORT );
    WCHAR guid[GUID_CHARS];
    BOOL base = FALSE;
    unsigned int i;

    if (!problem) return;
    for (i = first; i < ex->count; ++i)
    {
        if (ex->items[i].removed || _wcsicmp( ex->items[i].path, path )) continue;
        if (get_info( ex, i )->ProtocolChain.ChainLen == BASE_PROTOCOL) base = TRUE;
    }
    for (i = first; !base && i < ex->count; ++i)
        if (!_wcsicmp( ex->items[i].path, path )) ex->items[i].removed = TRUE;

    add_problem( ex->report, base ? REMEDY_ENABLE : REMEDY_REMOVE_ALL, L"%ls: %lu, %ls '%ls', %ls: the DLL %ls %ls",
                 store_name( ex ), get_info( ex, first )->dwCatalogEntryId, info_kind( get_info( ex, first ) ),
                 get_info( ex, first )->szProtocol, guid_string( &get_info( ex, first )->ProviderId, guid ), path,
                 problem );
}

static void examine_dlls( struct examination *ex )
{
    unsigned int i, j;

    for (i = 0; i < ex->count; ++i)
    {
        for (j = 0; j < i; ++j)
            if (!ex->items[j].removed && !_wcsicmp( ex->items[i].path, ex->items[j].path )) break;
        if (j == i && !ex->items[i].removed) examine_dll( ex, i );
    }
}

/* Whether an element of a chain hands out handles of the kernel. For a layer, its chains tell: installers fill its own
 * entry in carelessly, since no socket comes from that. */
static BOOL is_ifs( const struct examination *ex, unsigned int index )
{
    const WSAPROTOCOL_INFOW *info = get_info( ex, index );
    unsigned int i;

    for (i = 0; i < ex->count && info->ProtocolChain.ChainLen == LAYERED_PROTOCOL; ++i)
    {
        const WSAPROTOCOLCHAIN *chain = &get_info( ex, i )->ProtocolChain;

        if (!ex->items[i].removed && chain->ChainLen > BASE_PROTOCOL &&
            chain->ChainEntries[0] == info->dwCatalogEntryId)
            return (get_info( ex, i )->dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
    }
    return (info->dwServiceFlags1 & XP1_IFS_HANDLES) != 0;
}

/* Why a chain is of no use; NULL if it is. */
static const WCHAR *chain_problem( const struct examination *ex, const WSAPROTOCOL_INFOW *info )
{
    static WCHAR buffer[100];
    const WSAPROTOCOLCHAIN *chain = &info->ProtocolChain;
    unsigned int index;
    int i;

    for (i = 0; i < chain->ChainLen; ++i)
    {
        index = find_item( ex, chain->ChainEntries[i] );
        if (index == ex->count)
        {
            swprintf( buffer, ARRAYSIZE(buffer), L"its chain has the id %lu, which no entry has",
                      chain->ChainEntries[i] );
            return buffer;
        }
        /* An IFS layer hands out the handles of the kernel, and a non-IFS layer has none (§9). */
        if (i && (info->dwServiceFlags1 & XP1_IFS_HANDLES) && !is_ifs( ex, index ))
        {
            swprintf( buffer, ARRAYSIZE(buffer), L"it is IFS, and %lu below it is not", chain->ChainEntries[i] );
            return buffer;
        }
    }
    return NULL;
}

/* A chain may name another chain, which may go, too. */
static void examine_chains( struct examination *ex )
{
    const WCHAR *problem;
    unsigned int i;
    BOOL again;

    do
    {
        again = FALSE;
        for (i = 0; i < ex->count; ++i)
        {
            if (ex->items[i].removed || get_info( ex, i )->ProtocolChain.ChainLen <= BASE_PROTOCOL) continue;
            if (!(problem = chain_problem( ex, get_info( ex, i ) ))) continue;
            remove_item( ex, i, problem );
            again = TRUE;
        }
    } while (again);
}

/* Removes the keys of the removed items, and gives the others the names of their places. */
static void rebuild_keys( struct examination *ex )
{
    unsigned int i, count = 0;

    for (i = 0; i < ex->count; ++i)
    {
        if (ex->items[i].removed) reg_tree_clear( &ex->entries->keys[i] );
        else
        {
            ex->items[count] = ex->items[i];
            ex->entries->keys[count] = ex->entries->keys[i];
            set_entry_key_name( &ex->entries->keys[count], count + 1 );
            ++count;
        }
    }
    ex->entries->key_count = ex->count = count;
}

static BOOL has_base_entry( const struct examination *ex, const WSAPROTOCOL_INFOW *base )
{
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = get_info( ex, i );

        if (info->ProtocolChain.ChainLen == BASE_PROTOCOL && IsEqualGUID( &info->ProviderId, &base->ProviderId ) &&
            info->iAddressFamily == base->iAddressFamily && info->iSocketType == base->iSocketType &&
            info->iProtocol == base->iProtocol)
            return TRUE;
    }
    return FALSE;
}

/* After rebuild_keys(). A base entry gets its id back, unless another has it. */
static void examine_base( struct examination *ex )
{
    unsigned int i;
    struct packed_entry base;

    for (i = 0; get_base_entry( i, &base ); ++i)
    {
        if (has_base_entry( ex, &base.info )) continue;
        while (find_item( ex, base.info.dwCatalogEntryId ) < ex->count) base.info.dwCatalogEntryId += 1000;
        add_entry( ex->entries, &base );
        add_problem( ex->report, REMEDY_ADD, L"%ls: the base entry '%ls' is missing", store_name( ex ),
                     base.info.szProtocol );
    }
}

static void examine_count( const struct examination *ex, const struct reg_key *catalog )
{
    DWORD value = reg_tree_get_dword( catalog, stores[ex->store].count ), count = 0;
    unsigned int i;

    for (i = 0; i < ex->count; ++i) if (!ex->items[i].removed) ++count;
    if (value != count)
        add_problem( ex->report, REMEDY_SET, L"%ls: %ls is %lu, but there are %lu entries", store_name( ex ),
                     stores[ex->store].count, value, count );
}

void examine_store( struct reg_key *catalog, enum catalog_store store, struct report *report )
{
    struct examination ex = {.store = store, .report = report};
    unsigned int i;

    /* Without keys and their number, the base entries are the catalog. */
    if (!(ex.entries = reg_tree_get_key( catalog, stores[store].entries ))) return;
    if (!ex.entries->key_count && !reg_tree_get_value( catalog, stores[store].count )) return;

    ex.count = ex.entries->key_count;
    ex.items = allocate( NULL, (ex.count + 1) * sizeof(*ex.items) );
    memset( ex.items, 0, (ex.count + 1) * sizeof(*ex.items) );
    for (i = 0; i < ex.count; ++i) ex.items[i].removed = TRUE;
    load_items( &ex );
    examine_count( &ex, catalog );
    examine_names( &ex );
    examine_guids( &ex );
    examine_dlls( &ex );
    examine_chains( &ex );
    rebuild_keys( &ex );
    examine_base( &ex );
    reg_tree_set_dword( catalog, stores[store].count, ex.entries->key_count );
    free( ex.items );
}
