/*
 * Administration of layered providers: the order of a catalog
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

static BOOL contains( const DWORD *ids, unsigned int count, DWORD id )
{
    while (count--) if (ids[count] == id) return TRUE;
    return FALSE;
}

/* Puts those of the ids that are in a catalog first. */
static BOOL order_catalog( struct public_catalog *catalog, const DWORD *first, unsigned int first_count )
{
    unsigned int i, count = 0;
    DWORD *ids = allocate( NULL, (catalog->count + 1) * sizeof(*ids) );
    BOOL ret;

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
    DWORD *ids = allocate( NULL, count * sizeof(*ids) );
    unsigned int i, j, found;
    WCHAR *end;
    int ret = 0;

    for (i = 0; !ret && i < count; ++i)
    {
        ids[i] = wcstoul( args[i], &end, 10 );
        for (j = found = 0; j < CATALOG_COUNT; ++j) if (find_id( &catalogs[j], ids[i] )) ++found;
        if (*end || args[i][0] < '0' || args[i][0] > '9')
        {
            ret = usage_error( &order_command, L"'%ls' is not an id", args[i] );
        }
        else if (!found) ret = error( L"no entry has the id %ls", args[i] );
        else if (contains( ids, i, ids[i] )) ret = error( L"the id %ls is given twice", args[i] );
    }
    for (j = 0; !ret && j < CATALOG_COUNT; ++j)
        if (!order_catalog( &catalogs[j], ids, count )) ret = 1;
    free( ids );
    return ret;
}

static int run( int argc, WCHAR **argv )
{
    int i;

    for (i = 0; i < argc; ++i) if (argv[i][0] == '-') return unknown_option( &order_command, argv[i] );
    if (!argc) return usage_error( &order_command, L"'order' wants at least one id" );
    return read_catalogs() ? order_entries( argv, argc ) : 1;
}

const struct command order_command =
{
    L"order", L"say which entries come first",
    L"Usage: winelsp order ID...\n"
    L"\n"
    L"Puts the entries with these ids first, in this order; the others follow as\n"
    L"they were. A program gets the first entry that fits what it asks for, so that\n"
    L"a chain that is to work has to stand before what it is over. The ids are the\n"
    L"numbers that 'winelsp catalog' shows.\n",
    run
};
