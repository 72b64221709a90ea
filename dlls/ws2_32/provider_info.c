/*
 * Transport catalog: what is known of a provider beside its entries
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
#include "category.h"
#include "install.h"

/* The own entry of a layer, which is the one that has a category (§10.8). */
static BOOL has_layer( const struct catalog *catalog, const GUID *provider )
{
    unsigned int i;

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen == LAYERED_PROTOCOL && IsEqualGUID( &info->ProviderId, provider ))
            return TRUE;
    }
    WARN( "There is no layer %s.\n", debugstr_guid(provider) );
    return FALSE;
}

static int check_type( WSC_PROVIDER_INFO_TYPE type )
{
    if (type == ProviderInfoLspCategories) return 0;
    return type == ProviderInfoAudit ? ERROR_CALL_NOT_IMPLEMENTED : WSAEINVAL;
}

static int get_category( enum catalog_kind kind, const GUID *provider, BYTE *info, size_t *size )
{
    size_t available, needed = sizeof(DWORD);
    DWORD category;
    int error;

    if (!copy_from_app( &available, size, sizeof(available) ) || !copy_to_app( size, &needed, sizeof(needed) ) ||
        !info || available < needed)
        return WSAEFAULT;
    if ((error = category_read( kind, provider, &category ))) return error;
    return copy_to_app( info, &category, sizeof(category) ) ? 0 : WSAEFAULT;
}

static int get_provider_info( enum catalog_kind kind, const GUID *app_provider, WSC_PROVIDER_INFO_TYPE type,
                              BYTE *info, size_t *size )
{
    struct catalog *catalog;
    GUID provider;
    int error;

    if (!copy_from_app( &provider, app_provider, sizeof(provider) )) return WSAEFAULT;
    if ((error = catalog_read( kind, &catalog ))) return error;
    if (!catalog_find_provider( catalog, &provider )) error = WSANO_RECOVERY;
    else if (!(error = check_type( type )))
        error = has_layer( catalog, &provider ) ? get_category( kind, &provider, info, size ) : WSAEINVALIDPROVIDER;
    catalog_free( catalog );
    return error;
}

/***********************************************************************
 *      WSCGetProviderInfo   (ws2_32.118)
 *
 * Gives the category of a layer: 0 if none was set. Without a buffer, or with one that is too small, it fails with
 * WSAEFAULT, and gives the size. Other codes: WSAEINVAL for an unknown type, ERROR_CALL_NOT_IMPLEMENTED for
 * ProviderInfoAudit, WSAEINVALIDPROVIDER if the GUID is that of other entries than a layer's own,
 * WSA_NOT_ENOUGH_MEMORY, WSANO_RECOVERY. That is what an unknown GUID gives, before anything else is looked at: so
 * Windows does it, by Wine's tests. The documentation does not say what the flags are for (§10.8); they are ignored.
 */
int WINAPI WSCGetProviderInfo( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t *size, DWORD flags,
                               int *error )
{
    TRACE( "provider %s, type %d, info %p, size %p, flags %#lx, error %p\n", debugstr_guid(provider), type, info,
           size, flags, error );

    return wsc_result( get_provider_info( CATALOG_NATIVE, provider, type, info, size ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCGetProviderInfo32   (ws2_32.@)
 */
int WINAPI WSCGetProviderInfo32( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t *size, DWORD flags,
                                 int *error )
{
    TRACE( "provider %s, type %d, info %p, size %p, flags %#lx, error %p\n", debugstr_guid(provider), type, info,
           size, flags, error );

    return wsc_result( get_provider_info( CATALOG_32, provider, type, info, size ), error );
}
#endif

static int set_provider_info( enum catalog_kind kind, const GUID *app_provider, WSC_PROVIDER_INFO_TYPE type,
                              const BYTE *info, size_t size )
{
    struct catalog_edit *edit;
    DWORD category;
    GUID provider;
    int error;

    if ((error = check_type( type ))) return error;
    if (!copy_from_app( &provider, app_provider, sizeof(provider) ) || !info) return WSAEFAULT;
    if (size != sizeof(category)) return WSAEINVAL;
    if (!copy_from_app( &category, info, sizeof(category) )) return WSAEFAULT;

    if ((error = begin_edit( &edit ))) return error;
    if (!has_layer( catalog_edit_get( edit, kind ), &provider )) error = WSAEINVAL;
    else error = category_write( kind, &provider, category );
    if (!error) error = catalog_edit_touch( edit );
    catalog_edit_end( edit );
    return error;
}

/***********************************************************************
 *      WSCSetProviderInfo   (ws2_32.@)
 *
 * Sets the category of a layer, in place of the one that it had. Fails with WSAEFAULT; WSAEINVAL for an unknown type,
 * a size that is not that of a DWORD, or a GUID that is not that of a layer's own entry, for which the documentation
 * has no other code here (§10.8); ERROR_CALL_NOT_IMPLEMENTED for ProviderInfoAudit; WSA_NOT_ENOUGH_MEMORY;
 * WSANO_RECOVERY.
 */
int WINAPI WSCSetProviderInfo( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t size, DWORD flags,
                               int *error )
{
    TRACE( "provider %s, type %d, info %p, size %Iu, flags %#lx, error %p\n", debugstr_guid(provider), type, info,
           size, flags, error );

    return wsc_result( set_provider_info( CATALOG_NATIVE, provider, type, info, size ), error );
}

#ifdef _WIN64
/***********************************************************************
 *      WSCSetProviderInfo32   (ws2_32.@)
 */
int WINAPI WSCSetProviderInfo32( GUID *provider, WSC_PROVIDER_INFO_TYPE type, BYTE *info, size_t size, DWORD flags,
                                 int *error )
{
    TRACE( "provider %s, type %d, info %p, size %Iu, flags %#lx, error %p\n", debugstr_guid(provider), type, info,
           size, flags, error );

    return wsc_result( set_provider_info( CATALOG_32, provider, type, info, size ), error );
}
#endif
