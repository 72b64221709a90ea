/*
 * Name-space catalog: reading and finding
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

int namespace_error( LSTATUS status )
{
    if (!status) return 0;
    if (status == ERROR_ACCESS_DENIED) return WSAEACCES;
    if (status == ERROR_NOT_ENOUGH_MEMORY || status == ERROR_OUTOFMEMORY) return WSA_NOT_ENOUGH_MEMORY;
    return WSASYSCALLFAILURE;
}

static int add_base_providers( struct namespace_catalog *catalog )
{
    const struct namespace_provider *base;
    unsigned int i;

    for (i = 0; (base = namespace_get_base( i )); ++i)
        if (!namespace_add( catalog, base )) return WSA_NOT_ENOUGH_MEMORY;
    return 0;
}

/* Reads what there is of the values of a provider, which the caller frees, also after an error. Returns 0 or
 * WSA_NOT_ENOUGH_MEMORY. */
static int read_values( HKEY key, struct raw_value values[NAMESPACE_VALUE_COUNT] )
{
    LSTATUS status;
    unsigned int i;
    void *data;

    for (i = 0; i < NAMESPACE_VALUE_COUNT; ++i)
    {
        status = registry_get_value( key, namespace_value_names[i], &values[i].type, &data, &values[i].size );
        values[i].data = data;
        if (status == ERROR_NOT_ENOUGH_MEMORY) return WSA_NOT_ENOUGH_MEMORY;
    }
    return 0;
}

/* Appends the provider of a key, or tells the reason why it is none. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int add_provider( HKEY key, struct namespace_catalog *catalog, const char **reason )
{
    struct raw_value values[NAMESPACE_VALUE_COUNT] = {0};
    struct namespace_provider provider;
    unsigned int i;
    int error;

    if (!(error = read_values( key, values )) && !(*reason = namespace_provider_parse( values, &provider )))
    {
        if (namespace_find( catalog, &provider.id )) *reason = REASON_GUID_TAKEN;
        else if (!namespace_add( catalog, &provider )) error = WSA_NOT_ENOUGH_MEMORY;
        else if (provider.info) values[NAMESPACE_INFO].data = NULL;     /* it is the catalog's now */
    }
    for (i = 0; i < NAMESPACE_VALUE_COUNT; ++i) free( (void *)values[i].data );
    return error;
}

/* Appends the provider of a key, or leaves it out if it cannot be one: other programs write to the registry, too.
 * Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int read_entry( HKEY entries, const WCHAR *name, struct namespace_catalog *catalog,
                       struct malformed_keys *malformed )
{
    const char *reason = NULL;
    LSTATUS status;
    int error = 0;
    HKEY key;

    if ((status = RegOpenKeyExW( entries, name, 0, KEY_READ, &key )))
        reason = status == ERROR_ACCESS_DENIED ? "it may not be read" : "it cannot be opened";
    else
    {
        error = add_provider( key, catalog, &reason );
        RegCloseKey( key );
    }
    if (!reason) return error;

    WARN( "Passing over name space %s: %s.\n", debugstr_w(name), reason );
    return malformed ? malformed_keys_add( malformed, name ) : 0;
}

/* The keys come in the order of their names, which is that of the catalog. Their number counts, not the value beside
 * them, as in the transport catalog. */
static int read_entries( HKEY entries, struct namespace_catalog *catalog, struct malformed_keys *malformed )
{
    WCHAR name[256];
    LSTATUS status;
    DWORD i, len;
    int error;

    for (i = 0;; ++i)
    {
        len = ARRAY_SIZE(name);
        if ((status = RegEnumKeyExW( entries, i, name, &len, NULL, NULL, NULL, NULL ))) break;
        if (!is_entry_key_name( name ))
            WARN( "Passing over name space %s: its name is not of %u digits.\n", debugstr_w(name),
                  ENTRY_KEY_NAME_LEN );
        else if ((error = read_entry( entries, name, catalog, malformed )))
            return error;
    }
    return status == ERROR_NO_MORE_ITEMS ? 0 : namespace_error( status );
}

int namespace_read_store( HKEY key, enum catalog_store store, struct namespace_catalog *catalog,
                          struct malformed_keys *malformed, BOOL *missing )
{
    HKEY entries;
    LSTATUS status;
    int error = 0;

    status = RegOpenKeyExW( key, store_names[store].entries, 0, KEY_READ, &entries );
    if (status && status != ERROR_FILE_NOT_FOUND) return namespace_error( status );
    if (!status)
    {
        error = read_entries( entries, catalog, malformed );
        RegCloseKey( entries );
    }
    /* An empty key is a catalog without providers only if the count says so, as in the transport catalog. */
    *missing = status || (!catalog->count && !registry_value_exists( key, store_names[store].count ));
    if (!error && *missing) error = add_base_providers( catalog );
    return error;
}

int namespace_read_journal( HKEY key, struct namespace_state **ret )
{
    LSTATUS status;
    DWORD size;
    void *data;
    int error;

    *ret = NULL;
    if ((status = registry_get_binary( key, VALUE_JOURNAL, &data, &size )))
        return status == ERROR_NOT_ENOUGH_MEMORY ? WSA_NOT_ENOUGH_MEMORY : 0;

    error = namespace_state_unpack( data, size, ret );
    free( data );
    if (error != WSAEINVAL) return error;
    WARN( "Ignoring a damaged Pending_Catalog of %lu bytes.\n", size );
    return 0;
}

/* Reads a store from the keys, of which no journal said otherwise. WSATRY_AGAIN: a writer began or finished
 * meanwhile, and what was read may be a mixture (§14.4). */
static int read_keys( HKEY key, enum catalog_store store, struct namespace_catalog *catalog, BOOL *missing )
{
    DWORD serial = registry_get_dword( key, VALUE_SERIAL );
    struct namespace_state *journal;
    int error, journal_error;

    error = namespace_read_store( key, store, catalog, NULL, missing );
    if (error == WSA_NOT_ENOUGH_MEMORY) return error;
    if ((journal_error = namespace_read_journal( key, &journal ))) return journal_error;
    if (journal || registry_get_dword( key, VALUE_SERIAL ) != serial) error = WSATRY_AGAIN;
    namespace_state_free( journal );
    return error;
}

static int try_read( enum catalog_store store, struct namespace_catalog *catalog, BOOL *missing )
{
    struct namespace_state *journal;
    LSTATUS status;
    HKEY key;
    int error;

    *missing = FALSE;
    status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, NAMESPACE_CATALOG_KEY, 0, KEY_READ, &key );
    if (status == ERROR_FILE_NOT_FOUND)
    {
        *missing = TRUE;
        return add_base_providers( catalog );
    }
    if (status) return namespace_error( status );

    if (!(error = namespace_read_journal( key, &journal )))
    {
        if (!journal) error = read_keys( key, store, catalog, missing );
        else
        {
            *catalog = journal->catalogs[store];
            memset( &journal->catalogs[store], 0, sizeof(*catalog) );
            namespace_state_free( journal );
        }
    }
    RegCloseKey( key );
    return error;
}

int namespace_catalog_read( enum catalog_kind kind, struct namespace_catalog *catalog )
{
    unsigned int attempt;
    BOOL missing = FALSE;
    int error = WSATRY_AGAIN;

    for (attempt = 0; error == WSATRY_AGAIN && attempt < READ_ATTEMPTS; ++attempt)
    {
        namespace_catalog_clear( catalog );
        error = try_read( store_from_kind( kind ), catalog, &missing );
    }
    if (error)
    {
        WARN( "Cannot read the name-space catalog, error %d after %u attempts.\n", error, attempt );
        namespace_catalog_clear( catalog );
        return error == WSATRY_AGAIN ? WSASYSCALLFAILURE : error;
    }

    /* Tools that read the registry find it, too. */
    if (missing) namespace_write_missing();
    return 0;
}
