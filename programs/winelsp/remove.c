/*
 * Administration of layered providers: removing a layer
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

/* The layer at the top of a chain; NULL if it was removed without its chains. */
static const struct entry *find_top( const struct public_catalog *catalog, const struct entry *chain )
{
    return find_id( catalog, chain->info.ProtocolChain.ChainEntries[0] );
}

static BOOL has_base_entry( const GUID *provider )
{
    struct target target = {.is_guid = TRUE, .guid = *provider};
    const struct public_catalog *catalog;

    return find_named( &target, L"base", NULL, &catalog ) != NULL;
}

/* Finds the provider to remove; FALSE after an error message. */
static BOOL find_target( struct target *target )
{
    const struct entry *layer, *chain, *top;
    const struct public_catalog *catalog;
    WCHAR guid[GUID_CHARS];

    if (!find_layer( target, &layer )) return FALSE;
    if (layer)
    {
        target->guid = layer->info.ProviderId;
        return TRUE;
    }
    if (find_named( target, L"base", NULL, &catalog ))
    {
        error( L"'%ls' is a base provider; only layered providers can be removed", target->text );
        return FALSE;
    }
    if ((chain = find_named( target, L"chain", NULL, &catalog )))
    {
        if ((top = find_top( catalog, chain )))
        {
            error( L"'%ls' is a chain of the layered provider '%ls', %ls; remove that", target->text,
                   top->info.szProtocol, guid_string( &top->info.ProviderId, guid ) );
            return FALSE;
        }
        target->guid = chain->info.ProviderId;
        return TRUE;
    }
    error( L"no provider has the %ls '%ls'", target->is_guid ? L"GUID" : L"name", target->text );
    return FALSE;
}

/* Marks the entries that go: those of the provider, and again and again those of every provider that has a chain
 * over a marked one, since a chain may name another chain. A provider can only be removed as a whole. */
static void mark_provider( const struct public_catalog *catalog, const GUID *provider, BOOL *marks )
{
    unsigned int i, j;
    int k;

    for (i = 0; i < catalog->count; ++i)
        if (IsEqualGUID( &catalog->entries[i].info.ProviderId, provider )) marks[i] = TRUE;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOLCHAIN *chain = &catalog->entries[i].info.ProtocolChain;

        for (k = 0; !marks[i] && k < chain->ChainLen && chain->ChainLen > BASE_PROTOCOL; ++k)
        {
            for (j = 0; j < catalog->count; ++j)
            {
                if (!marks[j] || catalog->entries[j].info.dwCatalogEntryId != chain->ChainEntries[k]) continue;
                mark_provider( catalog, &catalog->entries[i].info.ProviderId, marks );
                break;
            }
        }
    }
}

/* Removes the providers of the marked entries: the chains first, so that no chain is ever without its layer. */
static BOOL remove_marked( struct public_catalog *catalog, BOOL *marks )
{
    BOOL chains, printed = FALSE;
    unsigned int i, j;

    for (chains = TRUE; chains >= FALSE; --chains)
    {
        for (i = 0; i < catalog->count; ++i)
        {
            const struct entry *entry = &catalog->entries[i];

            if (!marks[i] || (entry->info.ProtocolChain.ChainLen > BASE_PROTOCOL) != chains) continue;
            if (!remove_provider( catalog, &entry->info.ProviderId )) return FALSE;
            if (!printed) print( L"Removed from the catalog of %ls programs:\n", catalog->name );
            printed = TRUE;
            for (j = 0; j < catalog->count; ++j)
            {
                if (!IsEqualGUID( &catalog->entries[j].info.ProviderId, &entry->info.ProviderId )) continue;
                show_name( &catalog->entries[j] );
                marks[j] = FALSE;
            }
        }
    }
    return TRUE;
}

static int remove_target( const WCHAR *text )
{
    struct target target;
    unsigned int i;
    BOOL *marks, ret = TRUE;

    parse_target( text, &target );
    if (!find_target( &target )) return 1;
    if (has_base_entry( &target.guid ))
        return error( L"'%ls' has base entries, too, which would go with it", text );

    for (i = 0; ret && i < CATALOG_COUNT; ++i)
    {
        marks = allocate( NULL, (catalogs[i].count + 1) * sizeof(*marks) );
        memset( marks, 0, (catalogs[i].count + 1) * sizeof(*marks) );
        mark_provider( &catalogs[i], &target.guid, marks );
        ret = remove_marked( &catalogs[i], marks );
        free( marks );
    }
    return ret ? 0 : 1;
}

static int run( int argc, WCHAR **argv )
{
    if (argc && argv[0][0] == '-') return unknown_option( &remove_command, argv[0] );
    if (argc != 1) return usage_error( &remove_command, L"'remove' wants one GUID or name" );
    return read_catalogs() ? remove_target( argv[0] ) : 1;
}

const struct command remove_command =
{
    L"remove", L"remove a layered provider",
    L"Usage: winelsp remove GUID|NAME\n"
    L"\n"
    L"Removes a layered provider, with all chains that contain it: its own, and those\n"
    L"of layers above it. Name the layer as 'winelsp catalog' shows it. Its DLL stays\n"
    L"where it is. Use it when the provider's own uninstaller fails, or is missing.\n",
    run
};
