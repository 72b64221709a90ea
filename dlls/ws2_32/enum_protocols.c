/*
 * Transport catalog: enumerating
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
#include "app_memory.h"
#include "install.h"

/* Copies the list of protocols of an enumeration, which ends with 0, into *ret, to be freed with free(). NULL, for
 * all protocols, gives NULL. Returns 0, WSAEFAULT or WSA_NOT_ENOUGH_MEMORY. */
static int copy_protocols( const int *protocols, int **ret )
{
    int *list = NULL, *new_list;
    unsigned int count = 0;

    *ret = NULL;
    if (!protocols) return 0;
    do
    {
        if (!(new_list = realloc( list, (count + 1) * sizeof(*list) )))
        {
            free( list );
            return WSA_NOT_ENOUGH_MEMORY;
        }
        list = new_list;
        if (!copy_from_app( &list[count], &protocols[count], sizeof(*list) ))
        {
            free( list );
            return WSAEFAULT;
        }
    }
    while (list[count++]);
    *ret = list;
    return 0;
}

static BOOL is_listed( const int *protocols, const WSAPROTOCOL_INFOW *info )
{
    if (!protocols) return TRUE;
    while (*protocols && *protocols != info->iProtocol) ++protocols;
    return *protocols != 0;
}

/* What WSAEnumProtocols shows: base and chain entries (§16, C-9). */
static BOOL is_public( const WSAPROTOCOL_INFOW *info )
{
    return info->ProtocolChain.ChainLen != LAYERED_PROTOCOL && !(info->dwProviderFlags & PFL_HIDDEN);
}

/* Drops all but the entries that an enumeration asks for: those of the listed protocols, and only public ones
 * unless all is TRUE. */
static void filter_catalog( struct catalog *catalog, const int *protocols, BOOL all )
{
    unsigned int i, count = 0;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (is_listed( protocols, info ) && (all || is_public( info )))
            catalog->entries[count++] = catalog->entries[i];
    }
    catalog->count = count;
}

/* Reads the entries that an enumeration asks for; the caller frees *ret. Returns 0 or an error. */
static int read_filtered( enum catalog_kind kind, const int *app_protocols, BOOL all, struct catalog **ret )
{
    int *protocols, error;

    if ((error = copy_protocols( app_protocols, &protocols ))) return error;
    if (!(error = catalog_read( kind, ret ))) filter_catalog( *ret, protocols, all );
    free( protocols );
    return error;
}

static BOOL put_info_w( const WSAPROTOCOL_INFOW *info, void *buffer, unsigned int index )
{
    return copy_to_app( (WSAPROTOCOL_INFOW *)buffer + index, info, sizeof(*info) );
}

static BOOL put_info_a( const WSAPROTOCOL_INFOW *info, void *buffer, unsigned int index )
{
    WSAPROTOCOL_INFOA infoA;

    memcpy( &infoA, info, offsetof( WSAPROTOCOL_INFOA, szProtocol ) );
    memset( infoA.szProtocol, 0, sizeof(infoA.szProtocol) );
    WideCharToMultiByte( CP_ACP, 0, info->szProtocol, -1, infoA.szProtocol, WSAPROTOCOL_LEN, NULL, NULL );
    return copy_to_app( (WSAPROTOCOL_INFOA *)buffer + index, &infoA, sizeof(infoA) );
}

/* What the enumerating functions share. All or nothing: a buffer that is too small, or NULL, is left alone, and
 * *size becomes the number of bytes that are needed. Returns 0 or an error. */
static int put_entries( const struct catalog *catalog, void *buffer, DWORD *size, size_t info_size,
                        BOOL (*put_info)( const WSAPROTOCOL_INFOW *, void *, unsigned int ) )
{
    DWORD available, needed = catalog->count * info_size;
    unsigned int i;

    if (!copy_from_app( &available, size, sizeof(available) )) return WSAEFAULT;
    if (!buffer || available < needed)
        return copy_to_app( size, &needed, sizeof(needed) ) ? WSAENOBUFS : WSAEFAULT;

    for (i = 0; i < catalog->count; ++i)
        if (!put_info( &catalog->entries[i].info, buffer, i )) return WSAEFAULT;
    return 0;
}

static int wsc_enum_protocols( enum catalog_kind kind, const int *protocols, WSAPROTOCOL_INFOW *buffer,
                               DWORD *size, int *ret_error )
{
    struct catalog *catalog = NULL;
    int error, count = 0;
    DWORD needed;

    if (!(error = read_filtered( kind, protocols, TRUE, &catalog )))
    {
        count = catalog->count;
        error = put_entries( catalog, buffer, size, sizeof(*buffer), put_info_w );
        /* Documented as the minimum size, without saying that this is for failures only (§10.1). */
        needed = count * sizeof(*buffer);
        if (!error && !copy_to_app( size, &needed, sizeof(needed) )) error = WSAEFAULT;
        catalog_free( catalog );
    }
    return error ? wsc_result( error, ret_error ) : count;
}

/***********************************************************************
 *      WSCEnumProtocols   (ws2_32.117)
 */
int WINAPI WSCEnumProtocols( int *protocols, WSAPROTOCOL_INFOW *buffer, DWORD *size, int *error )
{
    TRACE( "protocols %p, buffer %p, size %p, error %p\n", protocols, buffer, size, error );

    return wsc_enum_protocols( CATALOG_NATIVE, protocols, buffer, size, error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCEnumProtocols32   (ws2_32.@)
 */
int WINAPI WSCEnumProtocols32( int *protocols, WSAPROTOCOL_INFOW *buffer, DWORD *size, int *error )
{
    TRACE( "protocols %p, buffer %p, size %p, error %p\n", protocols, buffer, size, error );

    return wsc_enum_protocols( CATALOG_32, protocols, buffer, size, error );
}
#endif

static int wsa_enum_protocols( const int *protocols, void *buffer, DWORD *size, size_t info_size,
                               BOOL (*put_info)( const WSAPROTOCOL_INFOW *, void *, unsigned int ) )
{
    struct catalog *catalog = NULL;
    int error, count = 0;

    if (!ensure_started()) return SOCKET_ERROR;

    if (!(error = read_filtered( CATALOG_NATIVE, protocols, FALSE, &catalog )))
    {
        count = catalog->count;
        error = put_entries( catalog, buffer, size, info_size, put_info );
        catalog_free( catalog );
    }
    if (!error) return count;
    SetLastError( error );
    return SOCKET_ERROR;
}

/***********************************************************************
 *      WSAEnumProtocolsA   (ws2_32.50)
 */
int WINAPI WSAEnumProtocolsA( int *protocols, WSAPROTOCOL_INFOA *buffer, DWORD *size )
{
    TRACE( "protocols %p, buffer %p, size %p\n", protocols, buffer, size );

    return wsa_enum_protocols( protocols, buffer, size, sizeof(*buffer), put_info_a );
}

/***********************************************************************
 *      WSAEnumProtocolsW   (ws2_32.58)
 */
int WINAPI WSAEnumProtocolsW( int *protocols, WSAPROTOCOL_INFOW *buffer, DWORD *size )
{
    TRACE( "protocols %p, buffer %p, size %p\n", protocols, buffer, size );

    return wsa_enum_protocols( protocols, buffer, size, sizeof(*buffer), put_info_w );
}

static int get_provider_path( enum catalog_kind kind, const GUID *app_provider, WCHAR *path, int *len )
{
    const struct catalog_entry *entry;
    struct catalog *catalog;
    int error, available, needed;
    GUID provider;

    if (!copy_from_app( &provider, app_provider, sizeof(provider) ) ||
        !copy_from_app( &available, len, sizeof(available) ))
        return WSAEFAULT;

    if ((error = catalog_read( kind, &catalog ))) return error;
    if (!(entry = catalog_find_provider( catalog, &provider ))) error = WSAEINVAL;
    else
    {
        needed = wcslen( entry->path ) + 1;
        if (!copy_to_app( len, &needed, sizeof(needed) ) || available < needed ||
            !copy_to_app( path, entry->path, needed * sizeof(WCHAR) ))
            error = WSAEFAULT;
    }
    catalog_free( catalog );
    return error;
}

/***********************************************************************
 *      WSCGetProviderPath   (ws2_32.119)
 */
int WINAPI WSCGetProviderPath( GUID *provider, WCHAR *path, int *len, int *error )
{
    TRACE( "provider %s, path %p, len %p, error %p\n", debugstr_guid(provider), path, len, error );

    return wsc_result( get_provider_path( CATALOG_NATIVE, provider, path, len ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCGetProviderPath32   (ws2_32.@)
 */
int WINAPI WSCGetProviderPath32( GUID *provider, WCHAR *path, int *len, int *error )
{
    TRACE( "provider %s, path %p, len %p, error %p\n", debugstr_guid(provider), path, len, error );

    return wsc_result( get_provider_path( CATALOG_32, provider, path, len ), error );
}
#endif
