/*
 * Transport catalog: writing
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
#include "catalog_registry.h"
#include "category.h"

struct catalog_edit
{
    HANDLE mutex;       /* owned by the thread */
    HKEY key;           /* Protocol_Catalog9 */
    struct catalog catalogs[STORE_COUNT];
    struct malformed_keys malformed[STORE_COUNT];
    DWORD next_id;
    DWORD serial;
    BOOL missing;       /* one of the catalogs is not in the registry yet */
};

/* The journal that an entry comes from may be one that another program damaged: its name need not end. */
static LSTATUS write_entry( HKEY entries, const WCHAR *name, const struct packed_entry *packed )
{
    WCHAR protocol[WSAPROTOCOL_LEN + 1];
    LSTATUS status;
    HKEY key;

    if ((status = RegCreateKeyExW( entries, name, 0, NULL, 0, KEY_SET_VALUE, NULL, &key, NULL ))) return status;
    registry_set_binary( key, VALUE_ITEM, packed, sizeof(*packed), &status );
    lstrcpynW( protocol, packed->info.szProtocol, ARRAY_SIZE(protocol) );
    registry_set_string( key, L"ProtocolName", protocol, &status );
    RegCloseKey( key );
    return status;
}

static LSTATUS write_store( HKEY key, enum catalog_store store, const struct packed_entry *packed,
                            unsigned int count )
{
    LSTATUS status;
    unsigned int i;
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    HKEY entries;

    if ((status = RegCreateKeyExW( key, store_names[store].entries, 0, NULL, 0, KEY_ALL_ACCESS, NULL,
                                   &entries, NULL )))
        return status;

    for (i = 0; !status && i < count; ++i)
    {
        entry_key_name( i + 1, name );
        status = write_entry( entries, name, &packed[i] );
    }
    if (!status) status = delete_other_keys( entries, count );
    RegCloseKey( entries );

    registry_set_dword( key, store_names[store].count, count, &status );
    if (!status) status = category_delete_unused( key, store, packed, count );
    return status;
}

/* Puts the state of a journal into the keys, and only then removes it: it can be done any number of times. */
static LSTATUS apply_journal( HKEY key, const struct journal *journal )
{
    enum catalog_store store;
    LSTATUS status = 0;

    for (store = 0; !status && store < STORE_COUNT; ++store)
    {
        if (!store_exists( store )) continue;
        status = write_store( key, store, journal_entries( journal, store ), journal->counts[store] );
    }
    registry_set_dword( key, VALUE_NEXT_ID, journal->next_id, &status );
    registry_set_dword( key, VALUE_SERIAL, journal->serial, &status );
    if (!status) status = RegDeleteValueW( key, VALUE_JOURNAL );
    if (status) WARN( "Could not write the catalog to its keys, error %ld; it stays in Pending_Catalog.\n", status );
    return status;
}

static struct journal *create_journal( const struct catalog_edit *edit, DWORD *size )
{
    const struct catalog *catalogs = edit->catalogs;
    struct packed_entry *packed;
    struct journal *journal;
    enum catalog_store store;
    unsigned int i;

    *size = sizeof(*journal) + (catalogs[STORE_32].count + catalogs[STORE_64].count) * sizeof(*packed);
    if (!(journal = calloc( 1, *size ))) return NULL;

    journal->magic = JOURNAL_MAGIC;
    journal->next_id = edit->next_id;
    journal->serial = edit->serial + 1;
    packed = journal->entries;
    for (store = 0; store < STORE_COUNT; ++store)
    {
        journal->counts[store] = catalogs[store].count;
        for (i = 0; i < catalogs[store].count; ++i, ++packed)
        {
            packed->info = catalogs[store].entries[i].info;
            WideCharToMultiByte( CP_ACP, 0, catalogs[store].entries[i].path, -1, packed->path,
                                 sizeof(packed->path), NULL, NULL );
        }
    }
    return journal;
}

int catalog_edit_commit( struct catalog_edit *edit )
{
    enum catalog_store store;
    struct journal *journal;
    LSTATUS status = 0;
    DWORD size;

    /* Programs that write the keys themselves do not wait for us. What they have added since we read would be lost. */
    if (registry_get_dword( edit->key, VALUE_SERIAL ) != edit->serial)
    {
        WARN( "Another program has changed the catalog meanwhile.\n" );
        return WSANO_RECOVERY;
    }
    if (!(journal = create_journal( edit, &size ))) return WSA_NOT_ENOUGH_MEMORY;

    for (store = 0; !status && store < STORE_COUNT; ++store)
        status = set_malformed_aside( edit->key, store, &edit->malformed[store] );
    if (!status) status = RegSetValueExW( edit->key, VALUE_JOURNAL, 0, REG_BINARY, (BYTE *)journal, size );
    /* From here on the change is made, whatever happens: readers use the journal. */
    if (status) WARN( "Cannot write the catalog, error %ld.\n", status );
    else apply_journal( edit->key, journal );

    free( journal );
    return error_from_registry( status );
}

int catalog_edit_touch( struct catalog_edit *edit )
{
    LSTATUS status = 0;

    registry_set_dword( edit->key, VALUE_SERIAL, ++edit->serial, &status );
    return error_from_registry( status );
}

/* Finishes what a killed writer began. A damaged journal is dropped: no reader used it. */
static int finish_journal( HKEY key )
{
    struct journal *journal;
    LSTATUS status;
    int error;

    if ((error = registry_read_journal( key, &journal ))) return error;
    if (journal)
    {
        TRACE( "finishing the change %lu\n", journal->serial );
        status = apply_journal( key, journal );
        free( journal );
    }
    else
    {
        status = RegDeleteValueW( key, VALUE_JOURNAL );
        if (status == ERROR_FILE_NOT_FOUND) status = 0;
    }
    return error_from_registry( status );
}

static int load_catalogs( struct catalog_edit *edit )
{
    enum catalog_store store;
    LSTATUS status;
    BOOL missing;
    int error;

    if ((status = create_catalog_key( L"Current_Protocol_Catalog", CATALOG_NAME, &edit->key )))
        return error_from_registry( status );
    if ((error = finish_journal( edit->key ))) return error;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        if (!store_exists( store )) continue;
        if ((error = registry_read_store( edit->key, store, &edit->catalogs[store], &edit->malformed[store],
                                          &missing )))
            return error;
        if (missing) edit->missing = TRUE;
    }
    edit->serial = registry_get_dword( edit->key, VALUE_SERIAL );
    edit->next_id = registry_get_dword( edit->key, VALUE_NEXT_ID );
    return 0;
}

/* The next id is behind all that are in use, whatever the registry says. */
static void raise_next_id( struct catalog_edit *edit )
{
    enum catalog_store store;
    unsigned int i;

    for (store = 0; store < STORE_COUNT; ++store)
    {
        for (i = 0; i < edit->catalogs[store].count; ++i)
            edit->next_id = max( edit->next_id, edit->catalogs[store].entries[i].info.dwCatalogEntryId + 1 );
    }
}

int catalog_edit_begin( struct catalog_edit **ret )
{
    struct catalog_edit *edit;
    int error;

    if (!(edit = calloc( 1, sizeof(*edit) ))) return WSA_NOT_ENOUGH_MEMORY;
    if ((error = lock_writers( CATALOG_MUTEX, &edit->mutex )))
    {
        free( edit );
        return error;
    }

    if ((error = load_catalogs( edit )))
    {
        WARN( "Cannot open the catalog for writing, error %d.\n", error );
        catalog_edit_end( edit );
        return error;
    }
    raise_next_id( edit );
    *ret = edit;
    return 0;
}

void catalog_edit_end( struct catalog_edit *edit )
{
    enum catalog_store store;

    if (edit->key) RegCloseKey( edit->key );
    unlock_writers( edit->mutex );
    for (store = 0; store < STORE_COUNT; ++store)
    {
        free( edit->catalogs[store].entries );
        free( edit->malformed[store].names );
    }
    free( edit );
}

struct catalog *catalog_edit_get( struct catalog_edit *edit, enum catalog_kind kind )
{
    return &edit->catalogs[store_from_kind( kind )];
}

DWORD catalog_edit_new_id( struct catalog_edit *edit )
{
    DWORD id;

    do id = edit->next_id++;
    while (!id || catalog_find_id( &edit->catalogs[STORE_32], id ) ||
           catalog_find_id( &edit->catalogs[STORE_64], id ));
    return id;
}

void catalog_write_missing(void)
{
    struct catalog_edit *edit;

    if (catalog_edit_begin( &edit )) return;
    if (edit->missing) catalog_edit_commit( edit );
    catalog_edit_end( edit );
}
