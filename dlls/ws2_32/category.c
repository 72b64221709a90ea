/*
 * Categories of layered providers
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
#include "category.h"

#define GUID_STRING_LEN 38

/* The keys below Protocol_Catalog9. They are ours: Windows has none. */
static const WCHAR *const category_keys[STORE_COUNT] =
{
    [STORE_32] = L"Lsp_Categories",
    [STORE_64] = L"Lsp_Categories64",
};

BOOL category_permits( DWORD permitted, DWORD category )
{
    if (!category || (category & ~permitted)) return FALSE;
    return !(permitted & LSP_SYSTEM) || (category & LSP_SYSTEM);
}

static void guid_to_string( const GUID *guid, WCHAR string[GUID_STRING_LEN + 1] )
{
    swprintf( string, GUID_STRING_LEN + 1, L"{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", guid->Data1,
              guid->Data2, guid->Data3, guid->Data4[0], guid->Data4[1], guid->Data4[2], guid->Data4[3],
              guid->Data4[4], guid->Data4[5], guid->Data4[6], guid->Data4[7] );
}

/* ERROR_FILE_NOT_FOUND: no layer of this catalog was ever given a category. */
static LSTATUS open_categories( enum catalog_kind kind, HKEY *ret )
{
    LSTATUS status;
    HKEY key;

    if ((status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, CATALOG_KEY, 0, KEY_READ, &key ))) return status;
    status = RegOpenKeyExW( key, category_keys[store_from_kind( kind )], 0, KEY_READ, ret );
    RegCloseKey( key );
    return status;
}

static DWORD get_category( HKEY categories, const GUID *provider )
{
    WCHAR name[GUID_STRING_LEN + 1];

    guid_to_string( provider, name );
    return registry_get_dword( categories, name );
}

int category_read( enum catalog_kind kind, const GUID *provider, DWORD *ret )
{
    LSTATUS status;
    HKEY key;

    *ret = 0;
    status = open_categories( kind, &key );
    if (status == ERROR_FILE_NOT_FOUND) return 0;
    if (status) return error_from_registry( status );

    *ret = get_category( key, provider );
    RegCloseKey( key );
    return 0;
}

int category_read_all( enum catalog_kind kind, const struct catalog *catalog, DWORD *ret )
{
    LSTATUS status;
    unsigned int i;
    HKEY key;

    memset( ret, 0, catalog->count * sizeof(*ret) );
    status = open_categories( kind, &key );
    if (status == ERROR_FILE_NOT_FOUND) return 0;
    if (status) return error_from_registry( status );

    for (i = 0; i < catalog->count; ++i)
    {
        const WSAPROTOCOL_INFOW *info = &catalog->entries[i].info;

        if (info->ProtocolChain.ChainLen == LAYERED_PROTOCOL) ret[i] = get_category( key, &info->ProviderId );
    }
    RegCloseKey( key );
    return 0;
}

int category_write( enum catalog_kind kind, const GUID *provider, DWORD category )
{
    WCHAR name[GUID_STRING_LEN + 1];
    HKEY key, categories;
    LSTATUS status;

    guid_to_string( provider, name );
    if ((status = RegOpenKeyExW( HKEY_LOCAL_MACHINE, CATALOG_KEY, 0, KEY_WRITE, &key )))
        return error_from_registry( status );
    if (!(status = RegCreateKeyExW( key, category_keys[store_from_kind( kind )], 0, NULL, 0, KEY_SET_VALUE, NULL,
                                    &categories, NULL )))
    {
        registry_set_dword( categories, name, category, &status );
        RegCloseKey( categories );
    }
    RegCloseKey( key );
    if (status) WARN( "Cannot write the category of %s, error %ld.\n", debugstr_guid(provider), status );
    return error_from_registry( status );
}

/* Whether a value belongs to the provider of an entry. */
static BOOL is_used( const WCHAR *name, const struct packed_entry *entries, unsigned int count )
{
    UNICODE_STRING string;
    unsigned int i;
    GUID guid;

    RtlInitUnicodeString( &string, name );
    if (RtlGUIDFromString( &string, &guid )) return FALSE;
    for (i = 0; i < count; ++i)
        if (IsEqualGUID( &entries[i].info.ProviderId, &guid )) return TRUE;
    return FALSE;
}

LSTATUS category_delete_unused( HKEY key, enum catalog_store store, const struct packed_entry *entries,
                                unsigned int count )
{
    HKEY categories;
    WCHAR name[256];
    DWORD i, len;
    LSTATUS status;

    status = RegOpenKeyExW( key, category_keys[store], 0, KEY_READ | KEY_SET_VALUE, &categories );
    if (status) return status == ERROR_FILE_NOT_FOUND ? 0 : status;

    for (i = 0; !status;)
    {
        len = ARRAY_SIZE(name);
        status = RegEnumValueW( categories, i, name, &len, NULL, NULL, NULL, NULL );
        /* None of ours has a name as long as that. */
        if (status == ERROR_MORE_DATA) status = 0, ++i;
        else if (!status && is_used( name, entries, count )) ++i;
        else if (!status) status = RegDeleteValueW( categories, name );
    }
    RegCloseKey( categories );
    return status == ERROR_NO_MORE_ITEMS ? 0 : status;
}
