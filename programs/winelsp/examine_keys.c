/*
 * Administration of layered providers: what is wrong with the keys of a catalog
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

BOOL examine_keys_begin( struct examined_keys *keys, const struct reg_key *catalog, enum catalog_store store,
                         const WCHAR *kind, struct report *report )
{
    struct reg_key *entries = reg_tree_get_key( catalog, stores[store].entries );
    unsigned int i;

    if (!entries || (!entries->key_count && !reg_tree_get_value( catalog, stores[store].count ))) return FALSE;

    keys->store = store;
    keys->entries = entries;
    keys->count = entries->key_count;
    keys->report = report;
    swprintf( keys->name, ARRAYSIZE(keys->name), L"%ls%ls", stores[store].name, kind );
    keys->removed = allocate( NULL, (keys->count + 1) * sizeof(*keys->removed) );
    for (i = 0; i < keys->count; ++i) keys->removed[i] = TRUE;
    return TRUE;
}

void examine_key( struct examined_keys *keys, unsigned int i, const char *reason )
{
    if (!reason) keys->removed[i] = FALSE;
    else add_problem( keys->report, REMEDY_REMOVE, L"%ls: the key %ls is no entry: %hs", keys->name,
                      keys->entries->keys[i].name, reason );
}

static void examine_count( const struct examined_keys *keys, const struct reg_key *catalog )
{
    DWORD value = reg_tree_get_dword( catalog, stores[keys->store].count ), count = 0;
    unsigned int i;

    for (i = 0; i < keys->count; ++i) if (!keys->removed[i]) ++count;
    if (value != count)
        add_problem( keys->report, REMEDY_SET, L"%ls: %ls is %lu, but there are %lu entries", keys->name,
                     stores[keys->store].count, value, count );
}

static void examine_names( const struct examined_keys *keys )
{
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    unsigned int i;

    for (i = 0; i < keys->count; ++i)
    {
        swprintf( name, ARRAYSIZE(name), L"%012u", i + 1 );
        if (keys->removed[i] || !wcscmp( keys->entries->keys[i].name, name )) continue;
        add_problem( keys->report, REMEDY_RENUMBER, L"%ls: the key '%ls' should have the name %ls", keys->name,
                     keys->entries->keys[i].name, name );
        break;
    }
}

void examine_keys( const struct examined_keys *keys, const struct reg_key *catalog )
{
    examine_count( keys, catalog );
    examine_names( keys );
}

void examine_keys_end( struct examined_keys *keys, struct reg_key *catalog )
{
    struct reg_key *entries = keys->entries;
    unsigned int i, count = 0;

    for (i = 0; i < entries->key_count; ++i)
    {
        if (i < keys->count && keys->removed[i]) reg_tree_clear( &entries->keys[i] );
        else
        {
            entries->keys[count] = entries->keys[i];
            set_entry_key_name( &entries->keys[count], count + 1 );
            ++count;
        }
    }
    entries->key_count = count;
    reg_tree_set_dword( catalog, stores[keys->store].count, count );
    free( keys->removed );
}
