/*
 * Administration of layered providers: changing a catalog at once
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
#include "catalog.h"
#include "state.h"

/* Appends the entries of a store that are some to a journal. */
static struct journal *add_to_journal( struct journal *journal, const struct reg_key *catalog,
                                       enum catalog_store store )
{
    const struct reg_key *entries = reg_tree_get_key( catalog, stores[store].entries );
    DWORD count = journal->counts[STORE_32] + journal->counts[STORE_64];
    unsigned int i;

    for (i = 0; entries && i < entries->key_count; ++i)
    {
        journal = allocate( journal, sizeof(*journal) + (count + 1) * sizeof(*journal->entries) );
        if (parse_entry_key( &entries->keys[i], &journal->entries[count] )) continue;
        ++journal->counts[store];
        ++count;
    }
    return journal;
}

static void *make_transport_journal( const struct reg_key *catalog, DWORD *size )
{
    struct journal *journal = allocate( NULL, sizeof(*journal) );
    enum catalog_store store;

    memset( journal, 0, sizeof(*journal) );
    journal->magic = JOURNAL_MAGIC;
    journal->next_id = reg_tree_get_dword( catalog, VALUE_NEXT_ID );
    journal->serial = reg_tree_get_dword( catalog, VALUE_SERIAL );
    for (store = 0; store < STORE_COUNT; ++store) journal = add_to_journal( journal, catalog, store );
    *size = sizeof(*journal) + (journal->counts[STORE_32] + journal->counts[STORE_64]) * sizeof(*journal->entries);
    return journal;
}

static void add_providers( struct namespace_catalog *catalog, const struct reg_key *entries )
{
    struct namespace_provider provider;
    unsigned int i;

    for (i = 0; entries && i < entries->key_count; ++i)
    {
        if (parse_provider_key( &entries->keys[i], &provider ) || namespace_find( catalog, &provider.id )) continue;
        if (provider.info) provider.info = memcpy( allocate( NULL, provider.info_size ), provider.info,
                                                   provider.info_size );
        if (!namespace_add( catalog, &provider )) no_memory();
    }
}

static void *make_namespace_journal( const struct reg_key *catalog, DWORD *size )
{
    struct namespace_state *state = allocate( NULL, sizeof(*state) );
    enum catalog_store store;
    void *journal;

    memset( state, 0, sizeof(*state) );
    state->serial = reg_tree_get_dword( catalog, VALUE_SERIAL );
    for (store = 0; store < STORE_COUNT; ++store)
        add_providers( &state->catalogs[store], reg_tree_get_key( catalog, stores[store].entries ) );
    if (!(journal = namespace_state_pack( state, size ))) no_memory();
    namespace_state_free( state );
    return journal;
}

static BOOL is_transport_journal( const void *data, DWORD size )
{
    return !journal_check( data, size );
}

static BOOL is_namespace_journal( const void *data, DWORD size )
{
    struct namespace_state *state;
    int error = namespace_state_unpack( data, size, &state );

    if (error == WSA_NOT_ENOUGH_MEMORY) no_memory();
    namespace_state_free( state );
    return !error;
}

const struct live_catalog live_catalogs[LIVE_CATALOG_COUNT] =
{
    {CATALOG_NAME, CATALOG_MUTEX, is_transport_journal, make_transport_journal},
    {NAMESPACE_CATALOG_NAME, NAMESPACE_MUTEX, is_namespace_journal, make_namespace_journal},
};

void journal_put( const struct live_catalog *live, struct reg_key *catalog, struct saved_journal *saved )
{
    const struct reg_value *value = reg_tree_get_value( catalog, VALUE_JOURNAL );
    void *journal;
    DWORD size;

    memset( saved, 0, sizeof(*saved) );
    if (value)
    {
        saved->type = value->type;
        saved->size = value->size;
        saved->data = memcpy( allocate( NULL, value->size + 1 ), value->data, value->size );
        if (value->type == REG_BINARY && live->is_journal( value->data, value->size )) return;
    }
    journal = live->make_journal( catalog, &size );
    reg_tree_set_value( catalog, VALUE_JOURNAL, REG_BINARY, journal, size );
    free( journal );
}

void journal_take_back( struct reg_key *catalog, struct saved_journal *saved )
{
    if (saved->data) reg_tree_set_value( catalog, VALUE_JOURNAL, saved->type, saved->data, saved->size );
    else reg_tree_remove_value( catalog, VALUE_JOURNAL );
    free( saved->data );
}
