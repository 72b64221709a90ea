/*
 * The catalogs, as the installer needs them
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


#include "installer.h"

#ifdef _WIN64

/* The functions that reach the catalog of 32-bit programs. They are looked up and not linked, since a Winsock without
 * them can still have the own catalog. */
static BOOL init_catalog32( struct catalog *catalog )
{
    HMODULE module = GetModuleHandleW( L"ws2_32" );

    catalog->name = L"32-bit";
    catalog->enum_protocols = (void *)GetProcAddress( module, "WSCEnumProtocols32" );
    catalog->get_path = (void *)GetProcAddress( module, "WSCGetProviderPath32" );
    catalog->deinstall = (void *)GetProcAddress( module, "WSCDeinstallProvider32" );
    catalog->write_order = (void *)GetProcAddress( module, "WSCWriteProviderOrder32" );
    return catalog->enum_protocols && catalog->get_path && catalog->deinstall && catalog->write_order;
}

static int install_into_both( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *entry )
{
    int (WSPAPI *func)( GUID *, const WCHAR *, WSAPROTOCOL_INFOW *const, DWORD, int * );
    int error;

    func = (void *)GetProcAddress( GetModuleHandleW( L"ws2_32" ), "WSCInstallProvider64_32" );
    if (!func) return fail( L"this Winsock has no WSCInstallProvider64_32; run a tracelsp for each kind of programs." );
    return func( provider, path, entry, 1, &error ) ? fail_call( L"WSCInstallProvider64_32", error ) : 0;
}

#else

static BOOL init_catalog32( struct catalog *catalog )
{
    (void)catalog;
    return FALSE;
}

static int install_into_both( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *entry )
{
    return install_entry( provider, path, entry, FALSE );
}

#endif

int catalogs_init( struct catalog *catalogs )
{
    memset( catalogs, 0, MAX_CATALOGS * sizeof(*catalogs) );
    catalogs[0].name = sizeof(void *) == 8 ? L"64-bit" : L"32-bit";
    catalogs[0].enum_protocols = WSCEnumProtocols;
    catalogs[0].get_path = WSCGetProviderPath;
    catalogs[0].deinstall = WSCDeinstallProvider;
    catalogs[0].write_order = WSCWriteProviderOrder;
    return init_catalog32( &catalogs[1] ) ? 2 : 1;
}

/* The catalog may grow between the call that tells its size and the one that reads it. */
int catalog_read( struct catalog *catalog )
{
    DWORD size = 0;
    int error;

    free( catalog->entries );
    catalog->entries = NULL;
    while ((catalog->count = catalog->enum_protocols( NULL, catalog->entries, &size, &error )) == SOCKET_ERROR)
    {
        free( catalog->entries );
        catalog->entries = NULL;
        catalog->count = 0;
        if (error != WSAENOBUFS) return fail_call( L"WSCEnumProtocols", error );
        if (!(catalog->entries = malloc( size ))) return fail( L"not enough memory." );
    }
    return 0;
}

void catalogs_free( struct catalog *catalogs, int count )
{
    int i;

    for (i = 0; i < count; ++i) free( catalogs[i].entries );
}

WSAPROTOCOL_INFOW *catalog_find_id( const struct catalog *catalog, DWORD id )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
        if (catalog->entries[i].dwCatalogEntryId == id) return &catalog->entries[i];
    return NULL;
}

WSAPROTOCOL_INFOW *catalog_find_provider( const struct catalog *catalog, const GUID *provider )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
        if (IsEqualGUID( &catalog->entries[i].ProviderId, provider )) return &catalog->entries[i];
    return NULL;
}

WSAPROTOCOL_INFOW *catalog_find_name( const struct catalog *catalog, const WCHAR *name )
{
    int i;

    for (i = 0; i < catalog->count; ++i)
        if (!wcscmp( catalog->entries[i].szProtocol, name )) return &catalog->entries[i];
    return NULL;
}

BOOL catalog_is_ours( const struct catalog *catalog, const WSAPROTOCOL_INFOW *entry )
{
    WCHAR path[MAX_PATH], *name;
    GUID provider = entry->ProviderId;
    int len = MAX_PATH, error;

    if (catalog->get_path( &provider, path, &len, &error )) return FALSE;
    name = wcsrchr( path, '\\' );
    return !_wcsicmp( name ? name + 1 : path, LSP_DLL );
}

int install_entry( GUID *provider, const WCHAR *path, WSAPROTOCOL_INFOW *entry, BOOL both )
{
    int error;

    if (both) return install_into_both( provider, path, entry );
    return WSCInstallProvider( provider, path, entry, 1, &error ) ? fail_call( L"WSCInstallProvider", error ) : 0;
}
