/*
 * Administration of layered providers: showing the catalogs
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

#define INDENT 18   /* of what is said about an entry */

/* "1034 > 1001", from the top of the chain to the base. */
static void format_chain( const struct public_catalog *catalog, const WSAPROTOCOLCHAIN *chain, WCHAR *buffer,
                          size_t size )
{
    size_t len = 0;
    int i;

    for (i = 0; i < chain->ChainLen && i < MAX_PROTOCOL_CHAIN; ++i)
        len += swprintf( buffer + len, size - len, L"%ls%lu%ls", i ? L" > " : L"", chain->ChainEntries[i],
                         find_id( catalog, chain->ChainEntries[i] ) ? L"" : L" (missing)" );
}

void show_name( const struct entry *entry )
{
    WCHAR label[32];

    swprintf( label, ARRAYSIZE(label), L"%10lu %ls", entry->info.dwCatalogEntryId, entry_kind( entry ) );
    print_wrapped( label, INDENT, entry->info.szProtocol );
}

void show_entry( const struct public_catalog *catalog, const struct entry *entry )
{
    WCHAR guid[GUID_CHARS], chain[MAX_PROTOCOL_CHAIN * 32];

    show_name( entry );
    if (entry->info.ProtocolChain.ChainLen > BASE_PROTOCOL)
    {
        format_chain( catalog, &entry->info.ProtocolChain, chain, ARRAYSIZE(chain) );
        print_wrapped( L"", INDENT, chain );
    }
    print_wrapped( L"", INDENT, guid_string( &entry->info.ProviderId, guid ) );
    print_wrapped( L"", INDENT, entry->path );
}

static void show_catalogs(void)
{
    unsigned int i, j;

    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        print( L"%lsCatalog of %ls programs: %u entries\n\n", i ? L"\n" : L"", catalogs[i].name, catalogs[i].count );
        print( L"        id kind   name, chain, provider, file\n" );
        for (j = 0; j < catalogs[i].count; ++j) show_entry( &catalogs[i], &catalogs[i].entries[j] );
    }
}

static int run( int argc, WCHAR **argv )
{
    BOOL json = FALSE;
    int i;

    for (i = 0; i < argc; ++i)
    {
        if (!wcscmp( argv[i], L"--json" )) json = TRUE;
        else if (argv[i][0] == '-') return unknown_option( &catalog_command, argv[i] );
        else return usage_error( &catalog_command, L"'%ls' is too much", argv[i] );
    }
    if (!read_catalogs()) return STATUS_FAILED;
    if (json) show_catalogs_json();
    else show_catalogs();
    return STATUS_OK;
}

const struct command catalog_command =
{
    L"catalog", L"show all entries, in the order in which sockets try them",
    L"Usage: winelsp catalog [--json]\n"
    L"\n"
    L"Shows all entries of the catalogs, in the order in which Winsock tries them: the\n"
    L"first entry that fits what a program asks for gives it its sockets.\n"
    L"\n"
    L"  base    the provider that talks to the network\n"
    L"  layer   a layered provider (LSP); no socket comes from this entry itself\n"
    L"  chain   a layer over other layers and a base: '1034 > 1001'\n"
    L"\n"
    L"  --json  as JSON, with all fields of each WSAPROTOCOL_INFOW\n",
    run
};
