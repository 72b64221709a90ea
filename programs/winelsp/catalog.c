/*
 * Administration of layered providers: access to the catalogs
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

#include <stdio.h>
#include "winelsp.h"

struct public_catalog catalogs[CATALOG_COUNT] =
{
#ifdef _WIN64
    {.name = L"64-bit"},
#endif
    {.name = L"32-bit"},
};

/* The functions for the catalogs with the same index. */
static struct
{
    int (WSPAPI *enum_protocols)( int *protocols, WSAPROTOCOL_INFOW *infos, DWORD *size, int *error );
    int (WSPAPI *get_path)( GUID *provider, WCHAR *path, int *len, int *error );
    int (WSPAPI *deinstall)( GUID *provider, int *error );
    int (WSPAPI *write_order)( DWORD *ids, DWORD count );
}
functions[CATALOG_COUNT] =
{
    {WSCEnumProtocols, WSCGetProviderPath, WSCDeinstallProvider, WSCWriteProviderOrder},
};

/* Wine's own Winsock has no catalog: its functions report success and do nothing. Those that it lacks tell. */
static BOOL load_functions(void)
{
    HMODULE winsock = GetModuleHandleW( L"ws2_32.dll" );

    if (!GetProcAddress( winsock, "WSCInstallProviderAndChains" )) goto missing;
#ifdef _WIN64
    if (!(functions[1].enum_protocols = (void *)GetProcAddress( winsock, "WSCEnumProtocols32" )) ||
        !(functions[1].get_path = (void *)GetProcAddress( winsock, "WSCGetProviderPath32" )) ||
        !(functions[1].deinstall = (void *)GetProcAddress( winsock, "WSCDeinstallProvider32" )) ||
        !(functions[1].write_order = (void *)GetProcAddress( winsock, "WSCWriteProviderOrder32" )))
        goto missing;
#endif
    return TRUE;

missing:
    error( L"this ws2_32.dll has no provider catalog; is winelsp enabled in this prefix?" );
    return FALSE;
}

void *get_function( unsigned int catalog, const char *name )
{
    char buffer[64];
    void *ret;

    sprintf( buffer, "%s%s", name, catalog ? "32" : "" );
    if ((ret = GetProcAddress( GetModuleHandleW( L"ws2_32.dll" ), buffer ))) return ret;
    error( L"this ws2_32.dll has no %hs; is winelsp enabled in this prefix, in its present version?", buffer );
    return NULL;
}

const WCHAR *describe_error( int code )
{
    switch (code)
    {
    case WSAEINVAL:             return L"it has changed meanwhile";
    case WSAENOBUFS:
    case WSA_NOT_ENOUGH_MEMORY: return L"there is not enough memory";
    case WSANO_RECOVERY:        return L"the registry cannot be used; this needs the rights of an administrator";
    default:                    return L"unexpected error";
    }
}

/* Another program may add entries between the question for the size and the next. */
static WSAPROTOCOL_INFOW *enum_protocols( unsigned int index, int *count )
{
    WSAPROTOCOL_INFOW *infos = allocate( NULL, sizeof(*infos) );
    DWORD size = 0;
    int code = 0;

    while ((*count = functions[index].enum_protocols( NULL, infos, &size, &code )) == SOCKET_ERROR &&
           code == WSAENOBUFS)
    {
        size += sizeof(*infos);
        infos = allocate( infos, size );
    }
    if (*count != SOCKET_ERROR) return infos;

    error( L"cannot read the catalog of %ls programs: %ls (%d)", catalogs[index].name, describe_error( code ), code );
    free( infos );
    return NULL;
}

static BOOL read_catalog( unsigned int index )
{
    struct public_catalog *catalog = &catalogs[index];
    WSAPROTOCOL_INFOW *infos;
    int i, j, len, code, count;

    if (!(infos = enum_protocols( index, &count ))) return FALSE;

    catalog->count = count;
    catalog->entries = allocate( catalog->entries, (count + 1) * sizeof(*catalog->entries) );
    for (i = 0; i < count; ++i)
    {
        catalog->entries[i].info = infos[i];
        for (j = 0; j < i && !IsEqualGUID( &infos[j].ProviderId, &infos[i].ProviderId ); ++j) {}
        len = MAX_PATH;
        /* A provider has one path; each question for it makes Winsock read the catalog. */
        if (j < i) wcscpy( catalog->entries[i].path, catalog->entries[j].path );
        else if (functions[index].get_path( &infos[i].ProviderId, catalog->entries[i].path, &len, &code ))
            wcscpy( catalog->entries[i].path, L"(path unknown)" );
    }
    free( infos );
    return TRUE;
}

BOOL find_catalogs(void)
{
    WSAPROTOCOL_INFOW *infos;
    unsigned int i;
    int count;

    if (!load_functions()) return FALSE;
    for (i = 0; i < CATALOG_COUNT; ++i)
    {
        if (!(infos = enum_protocols( i, &count ))) return FALSE;
        free( infos );
    }
    return TRUE;
}

BOOL read_catalogs(void)
{
    unsigned int i;

    if (!load_functions()) return FALSE;
    for (i = 0; i < CATALOG_COUNT; ++i) if (!read_catalog( i )) return FALSE;
    return TRUE;
}

const struct entry *find_id( const struct public_catalog *catalog, DWORD id )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
        if (catalog->entries[i].info.dwCatalogEntryId == id) return &catalog->entries[i];
    return NULL;
}

const WCHAR *info_kind( const WSAPROTOCOL_INFOW *info )
{
    switch (info->ProtocolChain.ChainLen)
    {
    case LAYERED_PROTOCOL: return L"layer";
    case BASE_PROTOCOL:    return L"base";
    default:               return L"chain";
    }
}

const WCHAR *entry_kind( const struct entry *entry )
{
    return info_kind( &entry->info );
}

BOOL remove_provider( struct public_catalog *catalog, const GUID *provider )
{
    WCHAR buffer[GUID_CHARS];
    GUID guid = *provider;
    int code = 0;

    if (!functions[catalog - catalogs].deinstall( &guid, &code )) return TRUE;
    error( L"cannot remove %ls from the catalog of %ls programs: %ls (%d)", guid_string( provider, buffer ),
           catalog->name, describe_error( code ), code );
    return FALSE;
}

BOOL write_order( struct public_catalog *catalog, DWORD *ids )
{
    int code = functions[catalog - catalogs].write_order( ids, catalog->count );

    if (!code) return TRUE;
    error( L"cannot order the catalog of %ls programs: %ls (%d)", catalog->name, describe_error( code ), code );
    return FALSE;
}
