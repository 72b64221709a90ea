/*
 * Name-space catalog: writing
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
#include "namespace_registry.h"

struct namespace_edit
{
    HANDLE mutex;       /* owned by the thread */
    HKEY key;           /* NameSpace_Catalog5 */
    struct namespace_state state;
    struct malformed_keys malformed[STORE_COUNT];
    BOOL missing;       /* one of the catalogs is not in the registry yet */
};

static LSTATUS write_entry( HKEY entries, const WCHAR *name, const struct namespace_provider *provider )
{
    const WCHAR *const *names = namespace_value_names;
    LSTATUS status;
    HKEY key;

    if ((status = RegCreateKeyExW( entries, name, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL ))) return status;
    registry_set_string( key, names[NAMESPACE_NAME], provider->name, &status );
    registry_set_string( key, names[NAMESPACE_PATH], provider->path, &status );
    registry_set_binary( key, names[NAMESPACE_ID], &provider->id, sizeof(provider->id), &status );
    registry_set_dword( key, names[NAMESPACE_NUMBER], provider->name_space, &status );
    registry_set_dword( key, names[NAMESPACE_VERSION], provider->version, &status );
    registry_set_dword( key, names[NAMESPACE_ENABLED], provider->enabled, &status );
    registry_set_dword( key, names[NAMESPACE_CLASS_INFO], provider->stores_class_info, &status );
    registry_set_binary( key, names[NAMESPACE_INFO], provider->info, provider->info_size, &status );
    RegCloseKey( key );
    return status;
}

static LSTATUS write_store( HKEY key, enum catalog_store store, const struct namespace_catalog *catalog )
{
    LSTATUS status;
    unsigned int i;
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    HKEY entries;

    if ((status = RegCreateKeyExW( key, store_names[store].entries, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                                   &entries, NULL )))
        return status;

    for (i = 0; !status && i < catalog->count; ++i)
    {
        entry_key_name( i + 1, name );
        status = write_entry( entries, name, &catalog->providers[i] );
    }
    if (!status) status = delete_other_keys( entries, catalog->count );
    RegCloseKey( entries );

    registry_set_dword( key, store_names[store].count, catalog->count, &status );
    return status;
}

/* Puts the state of the journal into the keys, and only then removes it: it can be done any number of times. */
static LSTATUS apply_journal( HKEY key, const struct namespace_state *state )
{
    enum catalog_store store;
    LSTATUS status = 0;

    for (store = 0; !status && store < STORE_COUNT; ++store)
        if (store_exists( store )) status = write_store( key, store, &state->catalogs[store] );
    registry_set_dword( key, VALUE_SERIAL, state->serial, &status );
    if (!status) status = RegDeleteValueW( key, VALUE_JOURNAL );
    if (status) WARN( "Could not write the catalog to its keys, error %ld; it stays in Pending_Catalog.\n", status );
    return status;
}

int namespace_edit_commit( struct namespace_edit *edit )
{
    enum catalog_store store;
    LSTATUS status = 0;
    void *journal;
    DWORD size;

    ++edit->state.serial;
    if (!(journal = namespace_state_pack( &edit->state, &size ))) return WSA_NOT_ENOUGH_MEMORY;

    for (store = 0; !status && store < STORE_COUNT; ++store)
        status = set_malformed_aside( edit->key, store, &edit->malformed[store] );
    registry_set_binary( edit->key, VALUE_JOURNAL, journal, size, &status );
    free( journal );
    /* From here on the change is made, whatever happens: readers use the journal. */
    if (status) WARN( "Cannot write the name-space catalog, error %ld.\n", status );
    else apply_journal( edit->key, &edit->state );
    return namespace_error( status );
}

/* Finishes what a killed writer began. A damaged journal is dropped: no reader used it. */
static int finish_journal( HKEY key )
{
    struct namespace_state *journal;
    LSTATUS status;
    int error;

    if ((error = namespace_read_journal( key, &journal ))) return error;
    if (journal)
    {
        TRACE( "finishing the change %lu\n", journal->serial );
        status = apply_journal( key, journal );
        namespace_state_free( journal );
    }
    else
    {
        status = RegDeleteValueW( key, VALUE_JOURNAL );
        if (status == ERROR_FILE_NOT_FOUND) status = 0;
    }
    return namespace_error( status );
}

static int load_catalogs( struct namespace_edit *edit )
{
    enum catalog_store store;
    LSTATUS status;
    BOOL missing;
    int error;

    if ((status = create_catalog_key( L"Current_NameSpace_Catalog", NAMESPACE_CATALOG_NAME, &edit->key )))
        return namespace_error( status );
    if ((error = finish_journal( edit->key ))) return error;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        if (!store_exists( store )) continue;
        if ((error = namespace_read_store( edit->key, store, &edit->state.catalogs[store], &edit->malformed[store],
                                           &missing )))
            return error;
        if (missing) edit->missing = TRUE;
    }
    edit->state.serial = registry_get_dword( edit->key, VALUE_SERIAL );
    return 0;
}

int namespace_edit_begin( struct namespace_edit **ret )
{
    struct namespace_edit *edit;
    int error;

    if (!(edit = calloc( 1, sizeof(*edit) ))) return WSA_NOT_ENOUGH_MEMORY;
    if ((error = lock_writers( NAMESPACE_MUTEX, &edit->mutex )))
    {
        free( edit );
        return error == WSAEINPROGRESS ? WSATRY_AGAIN : WSASYSCALLFAILURE;
    }

    if ((error = load_catalogs( edit )))
    {
        WARN( "Cannot open the name-space catalog for writing, error %d.\n", error );
        namespace_edit_end( edit );
        return error;
    }
    *ret = edit;
    return 0;
}

void namespace_edit_end( struct namespace_edit *edit )
{
    enum catalog_store store;

    if (edit->key) RegCloseKey( edit->key );
    unlock_writers( edit->mutex );
    for (store = 0; store < STORE_COUNT; ++store)
    {
        namespace_catalog_clear( &edit->state.catalogs[store] );
        free( edit->malformed[store].names );
    }
    free( edit );
}

struct namespace_catalog *namespace_edit_get( struct namespace_edit *edit, enum catalog_kind kind )
{
    return &edit->state.catalogs[store_from_kind( kind )];
}

void namespace_write_missing(void)
{
    struct namespace_edit *edit;

    if (namespace_edit_begin( &edit )) return;
    if (edit->missing) namespace_edit_commit( edit );
    namespace_edit_end( edit );
}
