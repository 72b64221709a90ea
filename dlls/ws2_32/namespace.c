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

/* What resolves names in a prefix: Wine's own Winsock answers for the DNS. Windows lists it under this name and GUID.
 * Of its other providers none would do anything here: Wine 8.0 has no winrnr.dll (NTDS), and looks up no networks
 * (NLA), e-mail names or peers. */
static const struct namespace_provider base_providers[] =
{
    {
        .id = {0x22059d40, 0x7e9e, 0x11cf, {0xae, 0x5a, 0x00, 0xaa, 0x00, 0xa7, 0x11, 0x2b}},
        .name_space = NS_DNS,
        .enabled = TRUE,
        .name = L"Tcpip",
        .path = L"%SystemRoot%\\System32\\mswsock.dll",
    },
};

int namespace_error( LSTATUS status )
{
    if (!status) return 0;
    if (status == ERROR_ACCESS_DENIED) return WSAEACCES;
    if (status == ERROR_NOT_ENOUGH_MEMORY || status == ERROR_OUTOFMEMORY) return WSA_NOT_ENOUGH_MEMORY;
    return WSASYSCALLFAILURE;
}

void namespace_catalog_clear( struct namespace_catalog *catalog )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i) free( catalog->providers[i].info );
    free( catalog->providers );
    memset( catalog, 0, sizeof(*catalog) );
}

struct namespace_provider *namespace_find( const struct namespace_catalog *catalog, const GUID *id )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
        if (IsEqualGUID( &catalog->providers[i].id, id )) return &catalog->providers[i];
    return NULL;
}

BOOL namespace_add( struct namespace_catalog *catalog, const struct namespace_provider *provider )
{
    struct namespace_provider *providers;

    if (!(providers = realloc( catalog->providers, (catalog->count + 1) * sizeof(*providers) ))) return FALSE;
    catalog->providers = providers;
    catalog->providers[catalog->count++] = *provider;
    return TRUE;
}

static int add_base_providers( struct namespace_catalog *catalog )
{
    unsigned int i;

    for (i = 0; i < ARRAY_SIZE(base_providers); ++i)
        if (!namespace_add( catalog, &base_providers[i] )) return WSA_NOT_ENOUGH_MEMORY;
    return 0;
}

/* Reads a value that has this type and size; otherwise stores its name into *bad, unless one is there already. */
static void read_fixed( HKEY key, const WCHAR *name, DWORD type, void *data, DWORD size, const WCHAR **bad )
{
    DWORD actual_type, actual_size = size;

    if (*bad) return;
    if (RegQueryValueExW( key, name, NULL, &actual_type, data, &actual_size ) || actual_type != type ||
        actual_size != size)
        *bad = name;
}

/* The same for a string that fits into count characters. It is not expanded, and has to have its NUL itself. */
static void read_string( HKEY key, const WCHAR *name, WCHAR *string, DWORD count, const WCHAR **bad )
{
    DWORD type, size = count * sizeof(WCHAR);

    if (*bad) return;
    if (RegQueryValueExW( key, name, NULL, &type, (BYTE *)string, &size ) ||
        (type != REG_SZ && type != REG_EXPAND_SZ) || wcsnlen( string, size / sizeof(WCHAR) ) == size / sizeof(WCHAR))
        *bad = name;
}

/* Reads the values of an entry, of which only ProviderInfo may be missing. *bad becomes the name of one that cannot
 * be right, or NULL. Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int read_provider( HKEY key, struct namespace_provider *provider, const WCHAR **bad )
{
    LSTATUS status;

    *bad = NULL;
    memset( provider, 0, sizeof(*provider) );
    read_fixed( key, VALUE_ID, REG_BINARY, &provider->id, sizeof(provider->id), bad );
    read_fixed( key, VALUE_NAMESPACE, REG_DWORD, &provider->name_space, sizeof(DWORD), bad );
    read_fixed( key, VALUE_VERSION, REG_DWORD, &provider->version, sizeof(DWORD), bad );
    read_fixed( key, VALUE_ENABLED, REG_DWORD, &provider->enabled, sizeof(DWORD), bad );
    read_fixed( key, VALUE_CLASS_INFO, REG_DWORD, &provider->stores_class_info, sizeof(DWORD), bad );
    read_string( key, VALUE_NAME, provider->name, ARRAY_SIZE(provider->name), bad );
    read_string( key, VALUE_PATH, provider->path, ARRAY_SIZE(provider->path), bad );
    if (*bad) return 0;

    provider->enabled = !!provider->enabled;
    provider->stores_class_info = !!provider->stores_class_info;
    status = registry_get_binary( key, VALUE_INFO, &provider->info, &provider->info_size );
    if (status == ERROR_NOT_ENOUGH_MEMORY) return WSA_NOT_ENOUGH_MEMORY;
    if ((status && status != ERROR_FILE_NOT_FOUND) || provider->info_size > NAMESPACE_INFO_SIZE)
    {
        free( provider->info );
        *bad = VALUE_INFO;
    }
    return 0;
}

/* Appends the provider of a key, or leaves it out if it cannot be one: other programs write to the registry, too.
 * Returns 0 or WSA_NOT_ENOUGH_MEMORY. */
static int add_entry( HKEY entries, const WCHAR *name, struct namespace_catalog *catalog )
{
    struct namespace_provider provider;
    LSTATUS status;
    const WCHAR *bad;
    HKEY key;
    int error;

    if ((status = RegOpenKeyExW( entries, name, 0, KEY_READ, &key )))
    {
        WARN( "Passing over name space %s: it cannot be opened, error %ld.\n", debugstr_w(name), status );
        return 0;
    }
    error = read_provider( key, &provider, &bad );
    RegCloseKey( key );
    if (error) return error;

    if (bad)
    {
        WARN( "Passing over name space %s: its %s is missing or malformed.\n", debugstr_w(name), debugstr_w(bad) );
        return 0;
    }
    if (namespace_find( catalog, &provider.id ))
    {
        WARN( "Passing over name space %s: an entry before it has %s.\n", debugstr_w(name),
              debugstr_guid(&provider.id) );
        free( provider.info );
        return 0;
    }
    if (namespace_add( catalog, &provider )) return 0;
    free( provider.info );
    return WSA_NOT_ENOUGH_MEMORY;
}

/* The keys come in the order of their names, which is that of the catalog. Their number counts, not the value beside
 * them, as in the transport catalog. */
static int read_entries( HKEY entries, struct namespace_catalog *catalog )
{
    WCHAR name[256];
    LSTATUS status;
    DWORD i, len;
    int error;

    for (i = 0;; ++i)
    {
        len = ARRAY_SIZE(name);
        if ((status = RegEnumKeyExW( entries, i, name, &len, NULL, NULL, NULL, NULL ))) break;
        if (!is_entry_key_name( name )) WARN( "Passing over %s: its name is not of 12 digits.\n", debugstr_w(name) );
        else if ((error = add_entry( entries, name, catalog ))) return error;
    }
    return status == ERROR_NO_MORE_ITEMS ? 0 : namespace_error( status );
}

int namespace_read_store( HKEY key, enum catalog_store store, struct namespace_catalog *catalog, BOOL *missing )
{
    HKEY entries;
    LSTATUS status;
    int error = 0;

    status = RegOpenKeyExW( key, store_names[store].entries, 0, KEY_READ, &entries );
    if (status && status != ERROR_FILE_NOT_FOUND) return namespace_error( status );
    if (!status)
    {
        error = read_entries( entries, catalog );
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

    error = namespace_read_store( key, store, catalog, missing );
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
