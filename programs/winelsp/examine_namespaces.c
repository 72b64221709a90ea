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

/* One of the catalogs, with the provider that each of its keys is; its info is in the tree. */
struct examination
{
    struct examined_keys keys;
    struct namespace_provider *providers;
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

    for (i = 0; i < ex->keys.count; ++i)
        if (!ex->keys.removed[i] && IsEqualGUID( &ex->providers[i].id, id )) return TRUE;
    return FALSE;
}

static void load_providers( struct examination *ex )
{
    const char *reason;
    unsigned int i;

    for (i = 0; i < ex->keys.count; ++i)
    {
        reason = parse_provider_key( &ex->keys.entries->keys[i], &ex->providers[i] );
        if (!reason && id_is_taken( ex, &ex->providers[i].id )) reason = REASON_GUID_TAKEN;
        examine_key( &ex->keys, i, reason );
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

    for (i = 0; i < ex->keys.count; ++i)
    {
        struct namespace_provider *provider = &ex->providers[i];

        if (ex->keys.removed[i] || is_base( provider )) continue;
        if (!(problem = dll_problem( provider->path, ex->keys.store, NAMESPACE_EXPORT ))) continue;
        ex->keys.removed[i] = TRUE;
        add_problem( ex->keys.report, REMEDY_REMOVE_ALL, L"%ls: '%ls', %ls: the DLL %ls %ls", ex->keys.name,
                     provider->name, guid_string( &provider->id, guid ), provider->path, problem );
    }
}

static void examine_base( struct examination *ex )
{
    const struct namespace_provider *base;
    unsigned int i;

    for (i = 0; (base = namespace_get_base( i )); ++i)
    {
        if (id_is_taken( ex, &base->id )) continue;
        add_provider( ex->keys.entries, base );
        add_problem( ex->keys.report, REMEDY_ADD, L"%ls: the base entry '%ls' is missing", ex->keys.name, base->name );
    }
}

static void examine_one( struct reg_key *catalog, enum catalog_store store, struct report *report )
{
    struct examination ex;

    if (!examine_keys_begin( &ex.keys, catalog, store, L" name spaces", report )) return;
    ex.providers = allocate( NULL, (ex.keys.count + 1) * sizeof(*ex.providers) );
    load_providers( &ex );
    examine_keys( &ex.keys, catalog );
    examine_dlls( &ex );
    examine_base( &ex );
    examine_keys_end( &ex.keys, catalog );
    free( ex.providers );
}

void examine_namespaces( struct reg_key *catalog, struct report *report )
{
    int store;

    examine_journal( catalog, report );
    for (store = STORE_COUNT - 1; store >= 0; --store) examine_one( catalog, store, report );
}
