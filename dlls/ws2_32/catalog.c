/*
 * Transport catalog: reading and finding
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

int error_from_registry( LSTATUS status )
{
    if (!status) return 0;
    if (status == ERROR_NOT_ENOUGH_MEMORY || status == ERROR_OUTOFMEMORY) return WSA_NOT_ENOUGH_MEMORY;
    return WSANO_RECOVERY;
}

void catalog_free( struct catalog *catalog )
{
    if (!catalog) return;
    free( catalog->entries );
    free( catalog );
}

const struct catalog_entry *catalog_find_id( const struct catalog *catalog, DWORD id )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
        if (catalog->entries[i].info.dwCatalogEntryId == id) return &catalog->entries[i];
    return NULL;
}

const struct catalog_entry *catalog_find_provider( const struct catalog *catalog, const GUID *provider )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
        if (IsEqualGUID( &catalog->entries[i].info.ProviderId, provider )) return &catalog->entries[i];
    return NULL;
}

BOOL catalog_entry_is_usable( const struct catalog *catalog, const struct catalog_entry *entry )
{
    const WSAPROTOCOLCHAIN *chain = &entry->info.ProtocolChain;
    int i;

    if (chain->ChainLen <= BASE_PROTOCOL) return chain->ChainLen == BASE_PROTOCOL;
    for (i = 0; i < chain->ChainLen; ++i)
        if (!catalog_find_id( catalog, chain->ChainEntries[i] )) return FALSE;
    return TRUE;
}

BOOL catalog_insert( struct catalog *catalog, unsigned int index, const struct catalog_entry *entries,
                     unsigned int count )
{
    struct catalog_entry *new_entries;

    if (!(new_entries = realloc( catalog->entries, (catalog->count + count) * sizeof(*new_entries) )))
        return FALSE;
    memmove( new_entries + index + count, new_entries + index, (catalog->count - index) * sizeof(*new_entries) );
    memcpy( new_entries + index, entries, count * sizeof(*new_entries) );
    catalog->entries = new_entries;
    catalog->count += count;
    return TRUE;
}

BOOL catalog_add_base_entries( struct catalog *catalog )
{
    struct catalog_entry entry;
    unsigned int i;

    for (i = 0; catalog_get_base_entry( i, &entry ); ++i)
        if (!catalog_insert( catalog, catalog->count, &entry, 1 )) return FALSE;
    return TRUE;
}

BOOL catalog_path_fits( const WCHAR *path )
{
    char packed[MAX_PATH];
    WCHAR unpacked[MAX_PATH];

    return WideCharToMultiByte( CP_ACP, 0, path, -1, packed, sizeof(packed), NULL, NULL ) &&
           MultiByteToWideChar( CP_ACP, 0, packed, -1, unpacked, ARRAY_SIZE(unpacked) ) &&
           !wcscmp( path, unpacked );
}

/* Appends what a value or an element of the journal holds, or leaves it out, with *malformed TRUE, if it is no
 * entry: other programs write to the registry, too. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int add_packed_entry( struct catalog *catalog, const void *data, DWORD size, enum catalog_store store,
                             const WCHAR *key_name, BOOL *malformed )
{
    struct packed_entry packed;
    struct catalog_entry entry;
    const char *reason;

    if (!(reason = packed_entry_parse( data, size, &packed )))
    {
        entry.info = packed.info;
        if (!MultiByteToWideChar( CP_ACP, 0, packed.path, -1, entry.path, ARRAY_SIZE(entry.path) ))
            reason = "its path is not of the ANSI code page";
        else if (catalog_find_id( catalog, packed.info.dwCatalogEntryId ))
            reason = REASON_ID_TAKEN;
    }
    if ((*malformed = !!reason))
    {
        WARN( "Passing over %s\\%s of %lu bytes: %s.\n", debugstr_w(store_names[store].entries),
              debugstr_w(key_name), size, reason );
        return 0;
    }
    return catalog_insert( catalog, catalog->count, &entry, 1 ) ? 0 : WSA_NOT_ENOUGH_MEMORY;
}

/* Reads PackedCatalogItem, which may be larger than what there is room for: *size says how large. FALSE if it cannot
 * be an entry's. RegQueryValueExW() would ask wineserver for so large a value twice (Wine 8.0). */
static BOOL read_item( HKEY key, BYTE data[sizeof(struct packed_entry)], DWORD *size )
{
    union
    {
        KEY_VALUE_PARTIAL_INFORMATION info;
        BYTE bytes[offsetof( KEY_VALUE_PARTIAL_INFORMATION, Data[sizeof(struct packed_entry)] )];
    }
    buffer;
    UNICODE_STRING name;
    NTSTATUS status;
    DWORD len;

    RtlInitUnicodeString( &name, VALUE_ITEM );
    status = NtQueryValueKey( key, &name, KeyValuePartialInformation, &buffer, sizeof(buffer.bytes), &len );
    if ((status && status != STATUS_BUFFER_OVERFLOW) || buffer.info.Type != REG_BINARY) return FALSE;
    *size = buffer.info.DataLength;
    memcpy( data, buffer.info.Data, min( *size, sizeof(struct packed_entry) ) );
    return TRUE;
}

/* Appends the entry of a key, or leaves it out, with *malformed TRUE, if it is none. *found says whether the key is
 * there. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int read_entry( HKEY entries, const WCHAR *name, enum catalog_store store, struct catalog *catalog,
                       BOOL *malformed, BOOL *found )
{
    BYTE data[sizeof(struct packed_entry)];
    BOOL is_item = FALSE;
    LSTATUS status;
    DWORD size;
    HKEY key;

    status = RegOpenKeyExW( entries, name, 0, KEY_QUERY_VALUE, &key );
    *found = status != ERROR_FILE_NOT_FOUND;
    if (!status)
    {
        is_item = read_item( key, data, &size );
        RegCloseKey( key );
    }
    if (is_item) return add_packed_entry( catalog, data, size, store, name, malformed );

    if (*found) WARN( "Passing over %s\\%s: it has no PackedCatalogItem that can be read.\n",
                      debugstr_w(store_names[store].entries), debugstr_w(name) );
    *malformed = *found;
    return 0;
}

/* Reads the keys if they have the names that Windows and we give them: their numbers, from 1. Then nobody needs to be
 * asked for their names, which is a third of the time. *complete becomes FALSE if there is another name. */
static int read_numbered_entries( HKEY entries, enum catalog_store store, struct catalog *catalog,
                                  struct malformed_keys *malformed, BOOL *complete )
{
    WCHAR name[ENTRY_KEY_NAME_LEN + 1];
    BOOL is_malformed, found;
    DWORD i, count;
    int error = 0;

    *complete = !RegQueryInfoKeyW( entries, NULL, NULL, NULL, &count, NULL, NULL, NULL, NULL, NULL, NULL, NULL );
    for (i = 1; !error && *complete && i <= count; ++i)
    {
        entry_key_name( i, name );
        error = read_entry( entries, name, store, catalog, &is_malformed, &found );
        if (!error && is_malformed && malformed) error = malformed_keys_add( malformed, name );
        *complete = found;
    }
    return error;
}

/* Reads the keys in the order of their names, which is that of the catalog: wineserver keeps them sorted. */
static int read_named_entries( HKEY entries, enum catalog_store store, struct catalog *catalog,
                               struct malformed_keys *malformed )
{
    BOOL is_malformed, found;
    WCHAR name[256];
    LSTATUS status;
    DWORD i, len;
    int error;

    for (i = 0;; ++i)
    {
        len = ARRAY_SIZE(name);
        if ((status = RegEnumKeyExW( entries, i, name, &len, NULL, NULL, NULL, NULL ))) break;
        if (!is_entry_key_name( name ))
        {
            WARN( "Passing over %s\\%s: its name is not of %u digits.\n", debugstr_w(store_names[store].entries),
                  debugstr_w(name), ENTRY_KEY_NAME_LEN );
            continue;
        }
        if ((error = read_entry( entries, name, store, catalog, &is_malformed, &found ))) return error;
        if (is_malformed && malformed && (error = malformed_keys_add( malformed, name ))) return error;
    }
    return status == ERROR_NO_MORE_ITEMS ? 0 : error_from_registry( status );
}

/* The number of keys counts, not the value beside them: installers that write keys themselves may forget it (§14.1).
 * The catalog and malformed are empty before. */
static int read_entries( HKEY entries, enum catalog_store store, struct catalog *catalog,
                         struct malformed_keys *malformed )
{
    BOOL complete;
    int error;

    if ((error = read_numbered_entries( entries, store, catalog, malformed, &complete )) || complete) return error;
    catalog->count = 0;
    if (malformed) malformed->count = 0;
    return read_named_entries( entries, store, catalog, malformed );
}

int registry_read_store( HKEY key, enum catalog_store store, struct catalog *catalog,
                         struct malformed_keys *malformed, BOOL *missing )
{
    HKEY entries;
    LSTATUS status;
    int error = 0;

    status = RegOpenKeyExW( key, store_names[store].entries, 0, KEY_READ, &entries );
    if (status && status != ERROR_FILE_NOT_FOUND) return error_from_registry( status );
    if (!status)
    {
        error = read_entries( entries, store, catalog, malformed );
        RegCloseKey( entries );
    }
    /* wine.inf makes an empty Catalog_Entries: without the count it is no catalog without entries. */
    *missing = status || (!catalog->count && !registry_value_exists( key, store_names[store].count ));
    if (!error && *missing && !catalog_add_base_entries( catalog )) error = WSA_NOT_ENOUGH_MEMORY;
    return error;
}

int registry_read_journal( HKEY key, struct journal **ret )
{
    struct journal *journal;
    const char *reason;
    LSTATUS status;
    void *data;
    DWORD size;

    *ret = NULL;
    if ((status = registry_get_binary( key, VALUE_JOURNAL, &data, &size )))
        return status == ERROR_NOT_ENOUGH_MEMORY ? WSA_NOT_ENOUGH_MEMORY : 0;

    journal = data;
    if (!(reason = journal_check( journal, size )))
    {
        *ret = journal;
        return 0;
    }
    WARN( "Ignoring a Pending_Catalog of %lu bytes: %s.\n", size, reason );
    free( journal );
    return 0;
}

static int read_journal_store( const struct journal *journal, enum catalog_store store, struct catalog *catalog )
{
    const struct packed_entry *packed = journal_entries( journal, store );
    BOOL malformed;
    int error = 0;
    DWORD i;

    for (i = 0; !error && i < journal->counts[store]; ++i)
        error = add_packed_entry( catalog, &packed[i], sizeof(packed[i]), store, VALUE_JOURNAL, &malformed );
    return error;
}

/* Reads a store from the keys, of which no journal said otherwise. WSATRY_AGAIN: a writer began or finished
 * meanwhile, and what was read may be a mixture (§14.4). */
static int read_keys( HKEY key, enum catalog_store store, struct catalog *catalog, BOOL *missing )
{
    DWORD serial = registry_get_dword( key, VALUE_SERIAL );
    struct journal *journal = NULL;
    int error;

    error = registry_read_store( key, store, catalog, NULL, missing );
    if (error == WSA_NOT_ENOUGH_MEMORY) return error;
    if (registry_read_journal( key, &journal )) return WSA_NOT_ENOUGH_MEMORY;
    if (journal || registry_get_dword( key, VALUE_SERIAL ) != serial) error = WSATRY_AGAIN;
    free( journal );
    return error;
}

static int try_read( enum catalog_store store, struct catalog *catalog, BOOL *missing )
{
    struct journal *journal;
    LSTATUS status;
    HKEY key;
    int error;

    *missing = FALSE;
    status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, CATALOG_KEY, 0, KEY_READ, &key );
    if (status == ERROR_FILE_NOT_FOUND)
    {
        *missing = TRUE;
        return catalog_add_base_entries( catalog ) ? 0 : WSA_NOT_ENOUGH_MEMORY;
    }
    if (status) return error_from_registry( status );

    if (!(error = registry_read_journal( key, &journal )))
    {
        if (journal) error = read_journal_store( journal, store, catalog );
        else error = read_keys( key, store, catalog, missing );
        free( journal );
    }
    RegCloseKey( key );
    return error;
}

int catalog_read( enum catalog_kind kind, struct catalog **ret )
{
    struct catalog *catalog = NULL;
    unsigned int attempt;
    BOOL missing = FALSE;
    int error = WSATRY_AGAIN;

    for (attempt = 0; error == WSATRY_AGAIN && attempt < READ_ATTEMPTS; ++attempt)
    {
        catalog_free( catalog );
        if (!(catalog = calloc( 1, sizeof(*catalog) ))) return WSA_NOT_ENOUGH_MEMORY;
        error = try_read( store_from_kind( kind ), catalog, &missing );
    }
    if (error)
    {
        WARN( "Cannot read the catalog, error %d after %u attempts.\n", error, attempt );
        catalog_free( catalog );
        return error == WSATRY_AGAIN ? WSANO_RECOVERY : error;
    }

    /* Tools that read the registry find it, too. */
    if (missing) catalog_write_missing();
    *ret = catalog;
    return 0;
}
