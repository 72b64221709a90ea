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
    unsigned int i;
    DWORD wait;

    for (i = 0; i < LIVE_CATALOG_COUNT; ++i)
    {
        if (!(state->mutexes[i] = CreateMutexW( NULL, FALSE, live_catalogs[i].mutex )))
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

#define REASON_NAME "its name is not of 12 digits"

const char *parse_entry_key( const struct reg_key *key, struct packed_entry *entry )
{
    const struct reg_value *value = reg_tree_get_value( key, VALUE_ITEM );

    /* The root of a tree has no name. */
    if (!key->name || !is_entry_key_name( key->name )) return REASON_NAME;
    if (!value) return "it has no PackedCatalogItem";
    if (value->type != REG_BINARY) return "its PackedCatalogItem is not binary";
    return packed_entry_parse( value->data, value->size, entry );
}

const char *parse_provider_key( const struct reg_key *key, struct namespace_provider *provider )
{
    struct raw_value values[NAMESPACE_VALUE_COUNT] = {0};
    const struct reg_value *value;
    unsigned int i;

    if (!key->name || !is_entry_key_name( key->name )) return REASON_NAME;
    for (i = 0; i < NAMESPACE_VALUE_COUNT; ++i)
    {
        if (!(value = reg_tree_get_value( key, namespace_value_names[i] ))) continue;
        values[i].data = value->data;
        values[i].size = value->size;
        values[i].type = value->type;
    }
    return namespace_provider_parse( values, provider );
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

static void set_string( struct reg_key *key, const WCHAR *name, const WCHAR *string )
{
    reg_tree_set_value( key, name, REG_SZ, string, (wcslen( string ) + 1) * sizeof(*string) );
}

void add_entry( struct reg_key *entries, const struct packed_entry *entry )
{
    struct reg_key *key = reg_tree_add_key( entries, L"" );

    set_entry_key_name( key, entries->key_count );
    reg_tree_set_value( key, VALUE_ITEM, REG_BINARY, entry, sizeof(*entry) );
    set_string( key, L"ProtocolName", entry->info.szProtocol );
}

void add_provider( struct reg_key *entries, const struct namespace_provider *provider )
{
    const WCHAR *const *names = namespace_value_names;
    struct reg_key *key = reg_tree_add_key( entries, L"" );

    set_entry_key_name( key, entries->key_count );
    set_string( key, names[NAMESPACE_NAME], provider->name );
    set_string( key, names[NAMESPACE_PATH], provider->path );
    reg_tree_set_value( key, names[NAMESPACE_ID], REG_BINARY, &provider->id, sizeof(provider->id) );
    reg_tree_set_dword( key, names[NAMESPACE_NUMBER], provider->name_space );
    reg_tree_set_dword( key, names[NAMESPACE_VERSION], provider->version );
    reg_tree_set_dword( key, names[NAMESPACE_ENABLED], provider->enabled );
    reg_tree_set_dword( key, names[NAMESPACE_CLASS_INFO], provider->stores_class_info );
    if (provider->info)
        reg_tree_set_value( key, names[NAMESPACE_INFO], REG_BINARY, provider->info, provider->info_size );
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

static void bump_serial( HKEY parameters, struct reg_key *catalog, const WCHAR *name )
{
    DWORD serial, size = sizeof(serial);

    if (RegGetValueW( parameters, name, VALUE_SERIAL, RRF_RT_REG_DWORD, NULL, &serial, &size )) serial = 0;
    reg_tree_set_dword( catalog, VALUE_SERIAL, serial + 1 );
}

/* Makes the journal of a catalog in the registry that of the tree, which may have none. */
static LSTATUS write_journal( HKEY parameters, const WCHAR *name, const struct reg_key *catalog )
{
    const struct reg_value *journal = reg_tree_get_value( catalog, VALUE_JOURNAL );
    LSTATUS status;
    HKEY key;

    if ((status = RegCreateKeyExW( parameters, name, 0, NULL, 0, KEY_ALL_ACCESS, NULL, &key, NULL ))) return status;
    if (journal) status = RegSetValueExW( key, VALUE_JOURNAL, 0, journal->type, journal->data, journal->size );
    else status = RegDeleteValueW( key, VALUE_JOURNAL );
    RegCloseKey( key );
    return status;
}

static LSTATUS write_journals( const struct state *state )
{
    const struct reg_key *catalog;
    LSTATUS status = 0;
    unsigned int i;

    for (i = 0; !status && i < LIVE_CATALOG_COUNT; ++i)
    {
        if ((catalog = reg_tree_get_key( &state->tree, live_catalogs[i].name )))
            status = write_journal( state->key, live_catalogs[i].name, catalog );
    }
    return status;
}

/* As soon as a journal is there, all readers use it, and if this process is killed, the next writer puts it into the
 * keys. It goes when they are what it has. */
BOOL state_write( struct state *state )
{
    struct saved_journal saved[LIVE_CATALOG_COUNT];
    struct reg_key *catalog;
    LSTATUS status;
    unsigned int i;

    for (i = 0; i < LIVE_CATALOG_COUNT; ++i)
    {
        if (!(catalog = reg_tree_get_key( &state->tree, live_catalogs[i].name ))) continue;
        bump_serial( state->key, catalog, live_catalogs[i].name );
        journal_put( &live_catalogs[i], catalog, &saved[i] );
    }
    if (!(status = write_journals( state ))) status = reg_tree_write( state->key, &state->tree );
    for (i = 0; i < LIVE_CATALOG_COUNT; ++i)
    {
        if ((catalog = reg_tree_get_key( &state->tree, live_catalogs[i].name )))
            journal_take_back( catalog, &saved[i] );
    }
    if (!status) status = write_journals( state );
    return status ? registry_error( status ) : TRUE;
}
