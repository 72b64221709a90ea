/*
 * Removal
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


#include "installer.h"

static BOOL contains( const WSAPROTOCOL_INFOW *entry, DWORD id )
{
    int i;

    for (i = 0; i < entry->ProtocolChain.ChainLen && i < MAX_PROTOCOL_CHAIN; ++i)
        if (entry->ProtocolChain.ChainEntries[i] == id) return TRUE;
    return FALSE;
}

/* A chain of another layer that has us below it; it would not work without us. */
static const WSAPROTOCOL_INFOW *find_dependant( const struct catalog *catalog )
{
    int i, j;

    for (i = 0; i < catalog->count; ++i)
    {
        if (!catalog_is_ours( catalog, &catalog->entries[i] )) continue;
        for (j = 0; j < catalog->count; ++j)
            if (contains( &catalog->entries[j], catalog->entries[i].dwCatalogEntryId ) &&
                !catalog_is_ours( catalog, &catalog->entries[j] )) return &catalog->entries[j];
    }
    return NULL;
}

/* Removes our chains, or else our own entry. What one provider has goes together. *count grows by each. */
static int remove_entries( const struct catalog *catalog, BOOL chains, int *count )
{
    int i, error;

    for (i = 0; i < catalog->count; ++i)
    {
        WSAPROTOCOL_INFOW *entry = &catalog->entries[i];

        if ((entry->ProtocolChain.ChainLen > 1) != chains || !catalog_is_ours( catalog, entry )) continue;
        if (catalog->deinstall( &entry->ProviderId, &error )) return fail_call( L"WSCDeinstallProvider", error );
        ++*count;
    }
    return 0;
}

/* No program may find a chain without its layer, so the chains go first. */
static int remove_from( struct catalog *catalog, int *count )
{
    int i, ret;

    if ((ret = remove_entries( catalog, TRUE, count ))) return ret;
    if ((ret = remove_entries( catalog, FALSE, count ))) return ret;
    if ((ret = catalog_read( catalog ))) return ret;
    for (i = 0; i < catalog->count; ++i)
        if (catalog_is_ours( catalog, &catalog->entries[i] ))
            return fail( L"'%ls' is still in the %ls catalog, although WSCDeinstallProvider reported success.",
                         catalog->entries[i].szProtocol, catalog->name );
    return 0;
}

int remove_all(void)
{
    struct catalog catalogs[MAX_CATALOGS];
    const WSAPROTOCOL_INFOW *dependant;
    int i, ret = 0, removed = 0, count = catalogs_init( catalogs );

    for (i = 0; i < count && !ret; ++i)
    {
        if (!(ret = catalog_read( &catalogs[i] )) && (dependant = find_dependant( &catalogs[i] )))
            ret = fail( L"'%ls' in the %ls catalog lies over tracelsp; remove that layer first.",
                        dependant->szProtocol, catalogs[i].name );
    }
    for (i = 0; i < count && !ret; ++i) ret = remove_from( &catalogs[i], &removed );

    if (!ret && !removed) ret = fail( L"not installed." );
    if (!ret)
    {
        delete_trace_file();
        wprintf( L"tracelsp: removed %d entries.\n", removed );
    }
    catalogs_free( catalogs, count );
    return ret;
}
