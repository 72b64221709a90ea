/*
 * Administration of layered providers: what the registry has of the catalogs
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

#define WRITER_TIMEOUT 10000    /* ms; as ws2_32 waits */

const struct store stores[STORE_COUNT] =
{
    [STORE_32] = {L"Catalog_Entries", L"Num_Catalog_Entries", L"32-bit"},
    [STORE_64] = {L"Catalog_Entries64", L"Num_Catalog_Entries64", L"64-bit"},
};

static BOOL registry_error( LSTATUS status )
{
    error( L"cannot use the registry key HKEY_LOCAL_MACHINE\\" PARAMETERS_KEY L": %ls",
           describe_system_error( status ) );
    return FALSE;
}

/* ws2_32's writers take only one of the mutexes each. An abandoned one is no obstacle: its owner was killed and left
 * the old catalog or a journal. */
static BOOL lock_catalogs( struct state *state )
{
    static const WCHAR *const names[] = {CATALOG_MUTEX, NAMESPACE_MUTEX};
    unsigned int i;
    DWORD wait;

    for (i = 0; i < ARRAYSIZE(names); ++i)
    {
        if (!(state->mutexes[i] = CreateMutexW( NULL, FALSE, names[i] )))
        {
            error( L"cannot keep other writers away: %ls", describe_system_error( GetLastError() ) );
            return FALSE;
        }
        wait = WaitForSingleObject( state->mutexes[i], WRITER_TIMEOUT );
        if (wait == WAIT_OBJECT_0 || wait == WAIT_ABANDONED) continue;
        error( L"another program has been changing the catalog for %u seconds; try again when it is done",
               WRITER_TIMEOUT / 1000 );
        CloseHandle( state->mutexes[i] );
        state->mutexes[i] = NULL;
        return FALSE;
    }
    return TRUE;
}

BOOL state_open( struct state *state )
{
    LSTATUS status;

    memset( state, 0, sizeof(*state) );
    if (!lock_catalogs( state ))
    {
        state_close( state );
        return FALSE;
    }
    status = RegCreateKeyExW( HKEY_LOCAL_MACHINE, PARAMETERS_KEY, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &state->key, NULL );
    if (!status) status = reg_tree_read( state->key, &state->tree );
    if (!status) return TRUE;
    state_close( state );
    return registry_error( status );
}

void state_close( struct state *state )
{
    unsigned int i;

    if (state->key) RegCloseKey( state->key );
    reg_tree_clear( &state->tree );
    for (i = 0; i < ARRAYSIZE(state->mutexes); ++i)
    {
        if (!state->mutexes[i]) continue;
        ReleaseMutex( state->mutexes[i] );
        CloseHandle( state->mutexes[i] );
    }
}

const char *parse_entry_key( const struct reg_key *key, struct packed_entry *entry )
{
    const struct reg_value *value = reg_tree_get_value( key, VALUE_ITEM );

    /* The root of a tree has no name. */
    if (!key->name || !is_entry_key_name( key->name )) return "its name is not of 12 digits";
    if (!value) return "it has no PackedCatalogItem";
    if (value->type != REG_BINARY) return "its PackedCatalogItem is not binary";
    return packed_entry_parse( value->data, value->size, entry );
}

BOOL packed_path( const struct packed_entry *entry, WCHAR path[MAX_PATH] )
{
    if (MultiByteToWideChar( CP_ACP, 0, entry->path, -1, path, MAX_PATH )) return TRUE;
    *path = 0;
    return FALSE;
}

BOOL prefix_has_store( enum catalog_store store )
{
    BOOL wow64;

    if (store == STORE_32 || sizeof(void *) == 8) return TRUE;
    return IsWow64Process( GetCurrentProcess(), &wow64 ) && wow64;
}

void set_entry_key_name( struct reg_key *key, unsigned int number )
{
    key->name = allocate( key->name, (ENTRY_KEY_NAME_LEN + 1) * sizeof(*key->name) );
    swprintf( key->name, (ENTRY_KEY_NAME_LEN + 1), L"%012u", number );
}

void add_entry( struct reg_key *entries, const struct packed_entry *entry )
{
    struct reg_key *key = reg_tree_add_key( entries, L"" );

    set_entry_key_name( key, entries->key_count );
    reg_tree_set_value( key, VALUE_ITEM, REG_BINARY, entry, sizeof(*entry) );
    reg_tree_set_value( key, L"ProtocolName", REG_SZ, entry->info.szProtocol,
                        (wcslen( entry->info.szProtocol ) + 1) * sizeof(WCHAR) );
}

BOOL get_base_entry( unsigned int index, struct packed_entry *entry )
{
    struct catalog_entry base;

    if (!catalog_get_base_entry( index, &base )) return FALSE;
    memset( entry, 0, sizeof(*entry) );
    entry->info = base.info;
    WideCharToMultiByte( CP_ACP, 0, base.path, -1, entry->path, sizeof(entry->path), NULL, NULL );
    return TRUE;
}

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

/* The journal that makes the change of the transport catalog one: as soon as it is there, all readers use it, and if
 * this process is killed, the next writer puts it into the keys. */
static void make_journal( struct reg_key *catalog )
{
    struct journal *journal = allocate( NULL, sizeof(*journal) );
    enum catalog_store store;
    DWORD count;

    memset( journal, 0, sizeof(*journal) );
    journal->magic = JOURNAL_MAGIC;
    journal->next_id = reg_tree_get_dword( catalog, VALUE_NEXT_ID );
    journal->serial = reg_tree_get_dword( catalog, VALUE_SERIAL );
    for (store = 0; store < STORE_COUNT; ++store) journal = add_to_journal( journal, catalog, store );
    count = journal->counts[STORE_32] + journal->counts[STORE_64];
    reg_tree_set_value( catalog, VALUE_JOURNAL, REG_BINARY, journal,
                        sizeof(*journal) + count * sizeof(*journal->entries) );
    free( journal );
}

/* Leaves a journal of ours there, which the tree does not have any more. */
static LSTATUS write_transport( HKEY parameters, struct reg_key *catalog )
{
    /* A catalog that was saved with a journal gets that back. */
    BOOL had_journal = reg_tree_get_value( catalog, VALUE_JOURNAL ) != NULL;
    const struct reg_value *journal;
    LSTATUS status;
    HKEY key;

    if ((status = RegCreateKeyExW( parameters, CATALOG_NAME, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL )))
        return status;
    if (!had_journal) make_journal( catalog );
    journal = reg_tree_get_value( catalog, VALUE_JOURNAL );
    status = RegSetValueExW( key, VALUE_JOURNAL, 0, journal->type, journal->data, journal->size );
    if (!status) status = reg_tree_write( key, catalog );
    if (!had_journal) reg_tree_remove_value( catalog, VALUE_JOURNAL );
    RegCloseKey( key );
    return status;
}

static void bump_serial( HKEY parameters, struct reg_key *tree, const WCHAR *name )
{
    struct reg_key *catalog = reg_tree_get_key( tree, name );
    DWORD serial, size = sizeof(serial);

    if (RegGetValueW( parameters, name, VALUE_SERIAL, RRF_RT_REG_DWORD, NULL, &serial, &size )) serial = 0;
    if (catalog) reg_tree_set_dword( catalog, VALUE_SERIAL, serial + 1 );
}

BOOL state_write( struct state *state )
{
    struct reg_key *catalog = reg_tree_get_key( &state->tree, CATALOG_NAME );
    LSTATUS status = 0;

    bump_serial( state->key, &state->tree, CATALOG_NAME );
    bump_serial( state->key, &state->tree, NAMESPACE_CATALOG_NAME );
    if (catalog) status = write_transport( state->key, catalog );
    /* This removes the journal, now that the keys are what it has. */
    if (!status) status = reg_tree_write( state->key, &state->tree );
    return status ? registry_error( status ) : TRUE;
}
