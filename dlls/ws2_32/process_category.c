/*
 * The category of this process, and what it keeps from loading
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
#include "category.h"

struct process_category
{
    BOOL known;
    BOOL limited;       /* there is one; without, all layers are loaded */
    DWORD permitted;
};

/* A system process permits all that goes with LSP_SYSTEM, or less if AppId_Catalog says so. */
static int find_category( struct process_category *ret )
{
    BOOL system = is_system_process();
    int error;

    error = app_category_of_process( &ret->permitted );
    if (error && error != WSASERVICE_NOT_FOUND) return error;

    ret->limited = system || !error;
    if (error) ret->permitted = ~0u;
    if (system) ret->permitted |= LSP_SYSTEM;
    ret->known = TRUE;
    if (ret->limited) TRACE( "This %sprocess permits %#lx.\n", system ? "system " : "", ret->permitted );
    return 0;
}

/* Whether the layer may be loaded that an element of a chain stands for, which is either the layer's own entry or
 * a chain entry of it (§15.8.4). A chain whose layer is gone has no category, a base provider needs none, and an
 * element that is gone makes the chain unusable anyway. */
static BOOL permits_element( const struct catalog *catalog, const DWORD *categories, DWORD permitted, DWORD id )
{
    const struct catalog_entry *entry = catalog_find_id( catalog, id );

    if (!entry || entry->info.ProtocolChain.ChainLen == BASE_PROTOCOL) return TRUE;
    if (entry->info.ProtocolChain.ChainLen > BASE_PROTOCOL)
        entry = catalog_find_id( catalog, entry->info.ProtocolChain.ChainEntries[0] );
    return entry && category_permits( permitted, categories[entry - catalog->entries] );
}

/* Whether the topmost layer of a chain may be loaded; if so, those below that may not be are taken out. */
static BOOL filter_chain( const struct catalog *catalog, const DWORD *categories, DWORD permitted,
                          struct catalog_entry *entry )
{
    WSAPROTOCOLCHAIN *chain = &entry->info.ProtocolChain;
    const struct catalog_entry *top = catalog_find_id( catalog, chain->ChainEntries[0] );
    int i, count = 1;

    if (!top || top->info.ProtocolChain.ChainLen != LAYERED_PROTOCOL ||
        !category_permits( permitted, categories[top - catalog->entries] ))
    {
        TRACE( "This process does not load the layer of entry %lu.\n", entry->info.dwCatalogEntryId );
        return FALSE;
    }
    for (i = 1; i < chain->ChainLen; ++i)
    {
        DWORD id = chain->ChainEntries[i];

        if (permits_element( catalog, categories, permitted, id )) chain->ChainEntries[count++] = id;
        else TRACE( "Entry %lu goes around %lu.\n", entry->info.dwCatalogEntryId, id );
    }
    chain->ChainLen = count;
    return TRUE;
}

int category_filter( struct catalog *catalog, BOOL *forbidden )
{
    static struct process_category category;    /* written by the first WSAStartup, which is alone */
    DWORD *categories;
    unsigned int i;
    int error;

    if (!category.known && (error = find_category( &category ))) return error;
    if (!category.limited) return 0;

    if (!(categories = calloc( catalog->count + 1, sizeof(*categories) ))) return WSA_NOT_ENOUGH_MEMORY;
    error = category_read_all( CATALOG_NATIVE, catalog, categories );
    for (i = 0; !error && i < catalog->count; ++i)
    {
        struct catalog_entry *entry = &catalog->entries[i];

        if (entry->info.ProtocolChain.ChainLen <= BASE_PROTOCOL) continue;
        forbidden[i] = !filter_chain( catalog, categories, category.permitted, entry );
    }
    free( categories );
    return error;
}
