/*
 * Name-space catalog: what is a provider
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


#include <stdlib.h>
#include <string.h>

#include "namespace_parse.h"

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

const WCHAR *const namespace_value_names[NAMESPACE_VALUE_COUNT] =
{
    [NAMESPACE_NAME]       = L"DisplayString",
    [NAMESPACE_PATH]       = L"LibraryPath",
    [NAMESPACE_ID]         = L"ProviderId",
    [NAMESPACE_NUMBER]     = L"SupportedNameSpace",
    [NAMESPACE_VERSION]    = L"Version",
    [NAMESPACE_ENABLED]    = L"Enabled",
    [NAMESPACE_CLASS_INFO] = L"StoresServiceClassInfo",
    [NAMESPACE_INFO]       = L"ProviderInfo",
};

static BOOL get_fixed( const struct raw_value *value, DWORD type, void *ret, DWORD size )
{
    if (!value->data || value->type != type || value->size != size) return FALSE;
    memcpy( ret, value->data, size );
    return TRUE;
}

/* A string that fits into count characters. It is not expanded, and has to have its NUL itself. */
static BOOL get_string( const struct raw_value *value, WCHAR *ret, unsigned int count )
{
    unsigned int i;

    if (!value->data || (value->type != REG_SZ && value->type != REG_EXPAND_SZ)) return FALSE;
    for (i = 0; i < count && i < value->size / sizeof(*ret); ++i)
    {
        memcpy( &ret[i], (const char *)value->data + i * sizeof(*ret), sizeof(*ret) );
        if (!ret[i]) return TRUE;
    }
    return FALSE;
}

const char *namespace_provider_parse( const struct raw_value values[NAMESPACE_VALUE_COUNT],
                                      struct namespace_provider *ret )
{
    const struct raw_value *info = &values[NAMESPACE_INFO];
    struct namespace_provider provider = {0};

    if (!get_string( &values[NAMESPACE_NAME], provider.name, ARRAYSIZE(provider.name) ))
        return "its DisplayString is missing or malformed";
    if (!get_string( &values[NAMESPACE_PATH], provider.path, ARRAYSIZE(provider.path) ))
        return "its LibraryPath is missing or malformed";
    if (!get_fixed( &values[NAMESPACE_ID], REG_BINARY, &provider.id, sizeof(provider.id) ))
        return "its ProviderId is missing or malformed";
    if (!get_fixed( &values[NAMESPACE_NUMBER], REG_DWORD, &provider.name_space, sizeof(DWORD) ))
        return "its SupportedNameSpace is missing or malformed";
    if (!get_fixed( &values[NAMESPACE_VERSION], REG_DWORD, &provider.version, sizeof(DWORD) ))
        return "its Version is missing or malformed";
    if (!get_fixed( &values[NAMESPACE_ENABLED], REG_DWORD, &provider.enabled, sizeof(DWORD) ))
        return "its Enabled is missing or malformed";
    if (!get_fixed( &values[NAMESPACE_CLASS_INFO], REG_DWORD, &provider.stores_class_info, sizeof(DWORD) ))
        return "its StoresServiceClassInfo is missing or malformed";
    if (info->data && (info->type != REG_BINARY || info->size > NAMESPACE_INFO_SIZE))
        return "its ProviderInfo is malformed";

    provider.enabled = !!provider.enabled;
    provider.stores_class_info = !!provider.stores_class_info;
    if (info->data && info->size)
    {
        provider.info = (void *)info->data;
        provider.info_size = info->size;
    }
    *ret = provider;
    return NULL;
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
        if (!memcmp( &catalog->providers[i].id, id, sizeof(*id) )) return &catalog->providers[i];
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

const struct namespace_provider *namespace_get_base( unsigned int index )
{
    return index < ARRAYSIZE(base_providers) ? &base_providers[index] : NULL;
}
