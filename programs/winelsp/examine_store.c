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
};

/* One of the catalogs, with an item for each of its keys. */
struct examination
{
    struct examined_keys keys;
    struct item *items;
};

static const WSAPROTOCOL_INFOW *get_info( const struct examination *ex, unsigned int i )
{
    return &ex->items[i].entry.info;
}

/* An item that is not removed; ex->keys.count if there is none. */
static unsigned int find_item( const struct examination *ex, DWORD id )
{
    unsigned int i;

    for (i = 0; i < ex->keys.count; ++i)
        if (!ex->keys.removed[i] && get_info( ex, i )->dwCatalogEntryId == id) break;
    return i;
}

static void remove_item( struct examination *ex, unsigned int i, const WCHAR *reason )
{
    const WSAPROTOCOL_INFOW *info = get_info( ex, i );
    WCHAR guid[GUID_CHARS];

    ex->keys.removed[i] = TRUE;
    add_problem( ex->keys.report, REMEDY_REMOVE, L"%ls: %lu, %ls '%ls', %ls: %ls", ex->keys.name,
                 info->dwCatalogEntryId, info_kind( info ), info->szProtocol, guid_string( &info->ProviderId, guid ),
                 reason );
}

static void load_items( struct examination *ex )
{
    unsigned int i;

    for (i = 0; i < ex->keys.count; ++i)
    {
        struct item *item = &ex->items[i];
        const char *reason = parse_entry_key( &ex->keys.entries->keys[i], &item->entry );

        if (!reason && !packed_path( &item->entry, item->path )) reason = "its path is not of the ANSI code page";
        if (!reason && find_item( ex, item->entry.info.dwCatalogEntryId ) < ex->keys.count)
            reason = REASON_ID_TAKEN;
        examine_key( &ex->keys, i, reason );
    }
}

/* A provider is one DLL, and layers do not pass for a base. */
static void examine_guids( struct examination *ex )
{
    unsigned int i, j;

    for (i = 0; i < ex->keys.count; ++i)
    {
        for (j = 0; j < i && !ex->keys.removed[i]; ++j)
        {
            BOOL base_i = get_info( ex, i )->ProtocolChain.ChainLen == BASE_PROTOCOL;
            BOOL base_j = get_info( ex, j )->ProtocolChain.ChainLen == BASE_PROTOCOL;

            if (ex->keys.removed[j] || !IsEqualGUID( &get_info( ex, i )->ProviderId, &get_info( ex, j )->ProviderId ))
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
    const WCHAR *path = ex->items[first].path, *problem = dll_problem( path, ex->keys.store, PROVIDER_EXPORT );
    WCHAR guid[GUID_CHARS];
    BOOL base = FALSE;
    unsigned int i;

    if (!problem) return;
    for (i = first; i < ex->keys.count; ++i)
    {
        if (ex->keys.removed[i] || _wcsicmp( ex->items[i].path, path )) continue;
        if (get_info( ex, i )->ProtocolChain.ChainLen == BASE_PROTOCOL) base = TRUE;
    }
    for (i = first; !base && i < ex->keys.count; ++i)
        if (!_wcsicmp( ex->items[i].path, path )) ex->keys.removed[i] = TRUE;

    add_problem( ex->keys.report, base ? REMEDY_ENABLE : REMEDY_REMOVE_ALL,
                 L"%ls: %lu, %ls '%ls', %ls: the DLL %ls %ls", ex->keys.name,
                 get_info( ex, first )->dwCatalogEntryId, info_kind( get_info( ex, first ) ),
                 get_info( ex, first )->szProtocol, guid_string( &get_info( ex, first )->ProviderId, guid ), path,
                 problem );
}

static void examine_dlls( struct examination *ex )
{
    unsigned int i, j;

    for (i = 0; i < ex->keys.count; ++i)
    {
        for (j = 0; j < i; ++j)
            if (!ex->keys.removed[j] && !_wcsicmp( ex->items[i].path, ex->items[j].path )) break;
        if (j == i && !ex->keys.removed[i]) examine_dll( ex, i );
    }
}

/* Whether an element of a chain hands out handles of the kernel. For a layer, its chains tell: installers fill its own
 * entry in carelessly, since no socket comes from that. */
static BOOL is_ifs( const struct examination *ex, unsigned int index )
{
    const WSAPROTOCOL_INFOW *info = get_info( ex, index );
    unsigned int i;

    for (i = 0; i < ex->keys.count && info->ProtocolChain.ChainLen == LAYERED_PROTOCOL; ++i)
    {
        const WSAPROTOCOLCHAIN *chain = &get_info( ex, i )->ProtocolChain;

        if (!ex->keys.removed[i] && chain->ChainLen > BASE_PROTOCOL &&
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
        if (index == ex->keys.count)
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
        for (i = 0; i < ex->keys.count; ++i)
        {
            if (ex->keys.removed[i] || get_info( ex, i )->ProtocolChain.ChainLen <= BASE_PROTOCOL) continue;
            if (!(problem = chain_problem( ex, get_info( ex, i ) ))) continue;
            remove_item( ex, i, problem );
            again = TRUE;
        }
    } while (again);
}

static BOOL has_base_entry( const struct examination *ex, const WSAPROTOCOL_INFOW *base )
{
    unsigned int i;

    for (i = 0; i < ex->keys.count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = get_info( ex, i );

        if (!ex->keys.removed[i] && info->ProtocolChain.ChainLen == BASE_PROTOCOL &&
            IsEqualGUID( &info->ProviderId, &base->ProviderId ) &&
            info->iAddressFamily == base->iAddressFamily && info->iSocketType == base->iSocketType &&
            info->iProtocol == base->iProtocol)
            return TRUE;
    }
    return FALSE;
}

/* A base entry gets its id back, unless another has it. */
static void examine_base( struct examination *ex )
{
    unsigned int i;
    struct packed_entry base;

    for (i = 0; get_base_entry( i, &base ); ++i)
    {
        if (has_base_entry( ex, &base.info )) continue;
        while (find_item( ex, base.info.dwCatalogEntryId ) < ex->keys.count) base.info.dwCatalogEntryId += 1000;
        add_entry( ex->keys.entries, &base );
        add_problem( ex->keys.report, REMEDY_ADD, L"%ls: the base entry '%ls' is missing", ex->keys.name,
                     base.info.szProtocol );
    }
}

void examine_store( struct reg_key *catalog, enum catalog_store store, struct report *report )
{
    struct examination ex;

    if (!examine_keys_begin( &ex.keys, catalog, store, L"", report )) return;
    ex.items = allocate( NULL, (ex.keys.count + 1) * sizeof(*ex.items) );
    memset( ex.items, 0, (ex.keys.count + 1) * sizeof(*ex.items) );
    load_items( &ex );
    examine_keys( &ex.keys, catalog );
    examine_guids( &ex );
    examine_dlls( &ex );
    examine_chains( &ex );
    examine_base( &ex );
    examine_keys_end( &ex.keys, catalog );
    free( ex.items );
}
