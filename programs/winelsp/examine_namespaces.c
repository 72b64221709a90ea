/*
 * Administration of layered providers: what is wrong with a name space catalog
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
    struct namespace_provider provider;     /* its info is in the tree */
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

/* What a journal has is the catalog, whatever the keys say. */
static void apply_journal( struct reg_key *catalog, const struct namespace_state *journal )
{
    const struct namespace_catalog *from;
    enum catalog_store store;
    struct reg_key *entries;
    unsigned int i;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        if (!prefix_has_store( store )) continue;
        from = &journal->catalogs[store];
        reg_tree_remove_key( catalog, stores[store].entries );
        entries = reg_tree_add_key( catalog, stores[store].entries );
        for (i = 0; i < from->count; ++i) add_provider( entries, &from->providers[i] );
        reg_tree_set_dword( catalog, stores[store].count, entries->key_count );
    }
}

static void examine_journal( struct reg_key *catalog, struct report *report )
{
    const struct reg_value *value = reg_tree_get_value( catalog, VALUE_JOURNAL );
    struct namespace_state *journal = NULL;

    if (!value) return;
    if (value->type == REG_BINARY &&
        namespace_state_unpack( value->data, value->size, &journal ) == WSA_NOT_ENOUGH_MEMORY)
        no_memory();

    if (!journal) add_problem( report, REMEDY_DROP, L"name spaces: the value " VALUE_JOURNAL L" is damaged" );
    else
    {
        add_problem( report, REMEDY_FINISH, L"name spaces: a program was stopped while it changed the catalogs" );
        apply_journal( catalog, journal );
        namespace_state_free( journal );
    }
    reg_tree_remove_value( catalog, VALUE_JOURNAL );
}

static BOOL id_is_taken( const struct examination *ex, const GUID *id )
{
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
        if (!ex->items[i].removed && IsEqualGUID( &ex->items[i].provider.id, id )) return TRUE;
    return FALSE;
}

/* What is no provider goes, since ws2_32 does not use it either. */
static void load_items( struct examination *ex )
{
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        struct item *item = &ex->items[i];
        const char *reason = parse_provider_key( &ex->entries->keys[i], &item->provider );

        if (!reason && id_is_taken( ex, &item->provider.id )) reason = REASON_GUID_TAKEN;
        if (!reason) item->removed = FALSE;
        else add_problem( ex->report, REMEDY_REMOVE, L"%ls name spaces: the key %ls is no entry: %hs",
                          stores[ex->store].name, ex->entries->keys[i].name, reason );
    }
}

/* The names of the keys are the order of the catalog. Before something else is removed than what is no entry. */
static void examine_names( const struct examination *ex )
{
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        swprintf( name, ARRAYSIZE(name), L"%012u", i + 1 );
        if (ex->items[i].removed || !wcscmp( ex->entries->keys[i].name, name )) continue;
        add_problem( ex->report, REMEDY_RENUMBER, L"%ls name spaces: the key '%ls' should have the name %ls",
                     stores[ex->store].name, ex->entries->keys[i].name, name );
        break;
    }
}

static BOOL is_base( const struct namespace_provider *provider )
{
    const struct namespace_provider *base;
    unsigned int i;

    for (i = 0; (base = namespace_get_base( i )); ++i)
        if (IsEqualGUID( &provider->id, &base->id )) return TRUE;
    return FALSE;
}

/* Wine's own DLL is not looked at: Wine answers for it. */
static void examine_dlls( struct examination *ex )
{
    const WCHAR *problem;
    WCHAR guid[GUID_CHARS];
    unsigned int i;

    for (i = 0; i < ex->count; ++i)
    {
        struct namespace_provider *provider = &ex->items[i].provider;

        if (ex->items[i].removed || is_base( provider )) continue;
        if (!(problem = dll_problem( provider->path, ex->store, NAMESPACE_EXPORT ))) continue;
        ex->items[i].removed = TRUE;
        add_problem( ex->report, REMEDY_REMOVE_ALL, L"%ls name spaces: '%ls', %ls: the DLL %ls %ls",
                     stores[ex->store].name, provider->name, guid_string( &provider->id, guid ), provider->path,
                     problem );
    }
}

static void examine_base( struct examination *ex )
{
    const struct namespace_provider *base;
    unsigned int i;

    for (i = 0; (base = namespace_get_base( i )); ++i)
    {
        if (id_is_taken( ex, &base->id )) continue;
        add_provider( ex->entries, base );
        add_problem( ex->report, REMEDY_ADD, L"%ls name spaces: the base entry '%ls' is missing",
                     stores[ex->store].name, base->name );
    }
}

static void examine_count( const struct examination *ex, const struct reg_key *catalog )
{
    DWORD value = reg_tree_get_dword( catalog, stores[ex->store].count ), count = 0;
    unsigned int i;

    for (i = 0; i < ex->count; ++i) if (!ex->items[i].removed) ++count;
    if (value != count)
        add_problem( ex->report, REMEDY_SET, L"%ls name spaces: %ls is %lu, but there are %lu entries",
                     stores[ex->store].name, stores[ex->store].count, value, count );
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

static void examine_one( struct reg_key *catalog, enum catalog_store store, struct report *report )
{
    struct examination ex = {.store = store, .report = report};
    unsigned int i;

    /* Without keys and their number, the base entries are the catalog. */
    if (!(ex.entries = reg_tree_get_key( catalog, stores[store].entries ))) return;
    if (!ex.entries->key_count && !reg_tree_get_value( catalog, stores[store].count )) return;

    ex.count = ex.entries->key_count;
    ex.items = allocate( NULL, (ex.count + 1) * sizeof(*ex.items) );
    for (i = 0; i < ex.count; ++i) ex.items[i].removed = TRUE;
    load_items( &ex );
    examine_count( &ex, catalog );
    examine_names( &ex );
    examine_dlls( &ex );
    rebuild_keys( &ex );
    examine_base( &ex );
    reg_tree_set_dword( catalog, stores[store].count, ex.entries->key_count );
    free( ex.items );
}

void examine_namespaces( struct reg_key *catalog, struct report *report )
{
    int store;

    examine_journal( catalog, report );
    for (store = STORE_COUNT - 1; store >= 0; --store) examine_one( catalog, store, report );
}
