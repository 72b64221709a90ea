/*
 * Administration of layered providers
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

static const WCHAR usage[] =
    L"Usage: winelsp COMMAND\n"
    L"Shows and changes the catalog of Winsock providers.\n"
    L"\n"
    L"  catalog            show all entries, in the order in which sockets try them\n"
    L"  remove GUID|NAME   remove a layered provider, with all chains that contain it\n"
    L"  order ID...        put these entries first, in this order\n"
    L"  reset              remove all but the base entries, and order these\n"
    L"\n"
    L"There is a catalog for 64-bit programs and one for 32-bit programs. The 64-bit\n"
    L"winelsp works on both, the 32-bit one only on the latter.\n"
    L"The exit status is 0, or 1 after an error, or 2 for a wrong command line.\n";

/* "1034 > 1001", from the top of the chain to the base. */
static void format_chain( const struct catalog *catalog, const WSAPROTOCOLCHAIN *chain, WCHAR *buffer, size_t size )
{
    size_t len = 0;
    int i;

    for (i = 0; i < chain->ChainLen && i < MAX_PROTOCOL_CHAIN; ++i)
        len += swprintf( buffer + len, size - len, L"%ls%lu%ls", i ? L" > " : L"", chain->ChainEntries[i],
                         find_id( catalog, chain->ChainEntries[i] ) ? L"" : L" (missing)" );
}

/* The first line about an entry. */
static void show_name( const struct entry *entry )
{
    WCHAR label[32];

    swprintf( label, ARRAYSIZE(label), L"%10lu %ls", entry->info.dwCatalogEntryId, entry_kind( entry ) );
    print_wrapped( label, INDENT, entry->info.szProtocol );
}

static void show_entry( const struct catalog *catalog, const struct entry *entry )
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

static int show_catalogs(void)
{
    unsigned int i, j;

    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        print( L"%lsCatalog of %ls programs: %u entries\n\n", i ? L"\n" : L"", catalogs[i].name, catalogs[i].count );
        print( L"        id kind   name, chain, provider, file\n" );
        for (j = 0; j < catalogs[i].count; ++j) show_entry( &catalogs[i], &catalogs[i].entries[j] );
    }
    return 0;
}

/* ---- remove ---- */

/* What the user named. */
struct target
{
    const WCHAR *text;
    BOOL is_guid;
    GUID guid;
};

static BOOL is_named( const struct target *target, const struct entry *entry )
{
    if (target->is_guid) return IsEqualGUID( &entry->info.ProviderId, &target->guid );
    return !_wcsicmp( entry->info.szProtocol, target->text );
}

/* The layer at the top of a chain; NULL if it was removed without its chains. */
static const struct entry *find_top( const struct catalog *catalog, const struct entry *chain )
{
    return find_id( catalog, chain->info.ProtocolChain.ChainEntries[0] );
}

/* Finds an entry of a kind that the user named, behind an earlier one (NULL: from the start) and of another
 * provider than that. */
static const struct entry *find_named( const struct target *target, const WCHAR *kind, const struct entry *other,
                                       const struct catalog **ret_catalog )
{
    unsigned int i, j;

    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        for (j = 0; j < catalogs[i].count; ++j)
        {
            const struct entry *entry = &catalogs[i].entries[j];

            if (!is_named( target, entry ) || wcscmp( entry_kind( entry ), kind )) continue;
            if (other && IsEqualGUID( &other->info.ProviderId, &entry->info.ProviderId )) continue;
            *ret_catalog = &catalogs[i];
            return entry;
        }
    }
    return NULL;
}

static BOOL has_base_entry( const GUID *provider )
{
    struct target target = {.is_guid = TRUE, .guid = *provider};
    const struct catalog *catalog;

    return find_named( &target, L"base", NULL, &catalog ) != NULL;
}

/* Finds the provider to remove; FALSE after an error message. */
static BOOL find_target( struct target *target )
{
    const struct entry *layer, *other, *chain, *top;
    WCHAR guid[GUID_CHARS], other_guid[GUID_CHARS];
    const struct catalog *catalog;

    if ((layer = find_named( target, L"layer", NULL, &catalog )))
    {
        if ((other = find_named( target, L"layer", layer, &catalog )))
        {
            error( L"there are several layered providers named '%ls': %ls, %ls; name one by its GUID", target->text,
                   guid_string( &layer->info.ProviderId, guid ), guid_string( &other->info.ProviderId, other_guid ) );
            return FALSE;
        }
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
static void mark_provider( const struct catalog *catalog, const GUID *provider, BOOL *marks )
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
static BOOL remove_marked( struct catalog *catalog, BOOL *marks )
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
    struct target target = {.text = text};
    unsigned int i;
    BOOL *marks, ret = TRUE;

    target.is_guid = parse_guid( text, &target.guid );
    if (!find_target( &target )) return 1;
    if (has_base_entry( &target.guid ))
        return error( L"'%ls' has base entries, too, which would go with it", text );

    for (i = 0; ret && i < CATALOG_COUNT; ++i)
    {
        if (!(marks = calloc( catalogs[i].count + 1, sizeof(*marks) ))) return error( L"there is not enough memory" );
        mark_provider( &catalogs[i], &target.guid, marks );
        ret = remove_marked( &catalogs[i], marks );
        free( marks );
    }
    return ret ? 0 : 1;
}

/* ---- order ---- */

static BOOL contains( const DWORD *ids, unsigned int count, DWORD id )
{
    while (count--) if (ids[count] == id) return TRUE;
    return FALSE;
}

/* Puts those of the ids that are in a catalog first. */
static BOOL order_catalog( struct catalog *catalog, const DWORD *first, unsigned int first_count )
{
    unsigned int i, count = 0;
    DWORD *ids;
    BOOL ret;

    if (!(ids = calloc( catalog->count + 1, sizeof(*ids) )))
    {
        error( L"there is not enough memory" );
        return FALSE;
    }
    for (i = 0; i < first_count; ++i) if (find_id( catalog, first[i] )) ids[count++] = first[i];
    for (i = 0; i < catalog->count; ++i)
    {
        DWORD id = catalog->entries[i].info.dwCatalogEntryId;

        if (!contains( first, first_count, id )) ids[count++] = id;
    }
    ret = write_order( catalog, ids );
    free( ids );
    return ret;
}

static int order_entries( WCHAR **args, unsigned int count )
{
    DWORD *ids = calloc( count, sizeof(*ids) );
    unsigned int i, j, found;
    WCHAR *end;
    int ret = 0;

    if (!ids) return error( L"there is not enough memory" );
    for (i = 0; !ret && i < count; ++i)
    {
        ids[i] = wcstoul( args[i], &end, 10 );
        for (j = found = 0; j < CATALOG_COUNT; ++j) if (find_id( &catalogs[j], ids[i] )) ++found;
        if (*end || args[i][0] < '0' || args[i][0] > '9')
        {
            error( L"'%ls' is not an id", args[i] );
            ret = 2;
        }
        else if (!found) ret = error( L"no entry has the id %ls", args[i] );
        else if (contains( ids, i, ids[i] )) ret = error( L"the id %ls is given twice", args[i] );
    }
    for (j = 0; !ret && j < CATALOG_COUNT; ++j)
        if (!order_catalog( &catalogs[j], ids, count )) ret = 1;
    free( ids );
    return ret;
}

/* ---- reset ---- */

static int compare_ids( const void *a, const void *b )
{
    const DWORD *id_a = a, *id_b = b;

    return *id_a < *id_b ? -1 : *id_a > *id_b;
}

/* The base entries were made with ascending ids. */
static BOOL order_by_id( struct catalog *catalog )
{
    unsigned int i;
    DWORD *ids;
    BOOL ret;

    if (!(ids = calloc( catalog->count + 1, sizeof(*ids) )))
    {
        error( L"there is not enough memory" );
        return FALSE;
    }
    for (i = 0; i < catalog->count; ++i) ids[i] = catalog->entries[i].info.dwCatalogEntryId;
    qsort( ids, catalog->count, sizeof(*ids), compare_ids );
    ret = !catalog->count || write_order( catalog, ids );
    free( ids );
    return ret;
}

static int reset_catalogs(void)
{
    unsigned int i, j;
    BOOL *marks, ret = TRUE;

    for (i = 0; ret && i < CATALOG_COUNT; ++i)
    {
        if (!(marks = calloc( catalogs[i].count + 1, sizeof(*marks) ))) return error( L"there is not enough memory" );
        for (j = 0; j < catalogs[i].count; ++j)
            marks[j] = catalogs[i].entries[j].info.ProtocolChain.ChainLen != BASE_PROTOCOL;
        ret = remove_marked( &catalogs[i], marks );
        free( marks );
    }
    if (!ret || !read_catalogs()) return 1;
    for (i = 0; ret && i < CATALOG_COUNT; ++i) ret = order_by_id( &catalogs[i] );
    return ret ? 0 : 1;
}

/* ---- the command line ---- */

static int usage_error( const WCHAR *message, const WCHAR *arg )
{
    error( message, arg );
    error( L"see 'winelsp --help'" );
    return 2;
}

int wmain( int argc, WCHAR **argv )
{
    const WCHAR *command = argc > 1 ? argv[1] : L"";

    if (!wcscmp( command, L"--help" ) || !wcscmp( command, L"-h" ))
    {
        print( L"%ls", usage );
        return 0;
    }
    if (!*command)
    {
        print_error( L"%ls", usage );
        return 2;
    }

    if (!wcscmp( command, L"catalog" ) || !wcscmp( command, L"reset" ))
    {
        if (argc > 2) return usage_error( L"'%ls' is too much", argv[2] );
        if (!read_catalogs()) return 1;
        return !wcscmp( command, L"reset" ) ? reset_catalogs() : show_catalogs();
    }
    if (!wcscmp( command, L"remove" ))
    {
        if (argc != 3) return usage_error( L"'%ls' wants one GUID or name", command );
        return read_catalogs() ? remove_target( argv[2] ) : 1;
    }
    if (!wcscmp( command, L"order" ))
    {
        if (argc < 3) return usage_error( L"'%ls' wants at least one id", command );
        return read_catalogs() ? order_entries( argv + 2, argc - 2 ) : 1;
    }
    return usage_error( L"there is no command '%ls'", command );
}
